using System.Text.Json;
using System.Text.RegularExpressions;
using SocialRegistry.Contracts;

namespace SocialRegistry.Standards.Dci.Envelope;

/// <summary>A request's <c>header</c> (MsgHeader_V1.0.0), read and checked.</summary>
internal sealed partial record RequestHeader
{
    public required string MessageId { get; init; }

    public required DateTimeOffset MessageTs { get; init; }

    public required string SenderId { get; init; }

    public string? ReceiverId { get; init; }

    public required int TotalCount { get; init; }

    public bool IsMsgEncrypted { get; init; }

    /// <param name="action">The action of the path.</param>
    public static Outcome<RequestHeader> Read(JsonElement element, string action)
    {
        var faults = new Faults();
        var place = new Place(element, "header.", faults);
        var version = place.Text("version");

        // "is_encrypted" is the word of G2P Connect 0.1.0, whose messages differ.
        if ((version is not null && !Version1().IsMatch(version)) || element.TryGetProperty("is_encrypted", out _))
        {
            return DciErrors.WrongVersion;
        }

        var messageId = place.Text("message_id", required: true);
        var messageTs = place.Time("message_ts", required: true);
        var given = place.Text("action", required: true);
        var senderId = place.Text("sender_id", required: true);
        var receiverId = place.Text("receiver_id");
        var totalCount = place.Whole("total_count", least: 0, required: true);
        var isEncrypted = place.Boolean("is_msg_encrypted");
        _ = place.Text("sender_uri", most: 2_000);
        _ = place.Object("meta");
        if (given is not null && given != action)
        {
            faults.Add($"header.action must be {action} on this path.");
        }

        if (faults.First is { } fault)
        {
            return DciErrors.Bad(fault);
        }

        return new RequestHeader
        {
            MessageId = messageId!,
            MessageTs = messageTs!.Value,
            SenderId = senderId!,
            ReceiverId = receiverId,
            TotalCount = totalCount!.Value,
            IsMsgEncrypted = isEncrypted == true,
        };
    }

    [GeneratedRegex("^1(\\.[0-9]{1,3}){0,2}\\z")]
    private static partial Regex Version1();
}
