using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Since when and until when an identifier holds, and who gave it out. Protected like its value.</summary>
internal sealed record IdentifierDetails(DateOnly? IssuedOn, DateOnly? ExpiresOn, string? Issuer)
{
    private const int MaxIssuer = 200;

    private static readonly JsonSerializerOptions Short = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>What an identifier says beside type and value; <c>null</c> when nothing.</summary>
    public static IdentifierDetails? Of(Identifier identifier) =>
        identifier is { IssuedOn: null, ExpiresOn: null, Issuer: null }
            ? null
            : new IdentifierDetails(identifier.IssuedOn, identifier.ExpiresOn, identifier.Issuer);

    /// <param name="place">Where the identifier stands in what was sent.</param>
    public void Check(string place, ValueValidator problems)
    {
        if (!ValueLimits.IsPlausible(IssuedOn))
        {
            problems.Add(place + ".issuedOn", "range", "This date cannot be.");
        }

        if (!ValueLimits.IsPlausible(ExpiresOn))
        {
            problems.Add(place + ".expiresOn", "range", "This date cannot be.");
        }
        else if (ExpiresOn < IssuedOn)
        {
            problems.Add(place + ".expiresOn", "before_issue", "The last day lies before the first.");
        }

        if (Issuer is not null && (Issuer.Length is 0 or > MaxIssuer || Issuer.Any(char.IsControl)))
        {
            problems.Add(place + ".issuer", "text", $"An issuer has 1 to {MaxIssuer} printable characters.");
        }
    }

    public static string? Seal(RecordCipher cipher, string type, IdentifierDetails? details) =>
        details is null ? null : cipher.SealText(Path(type), JsonSerializer.Serialize(details, Short));

    public static IdentifierDetails? Open(RecordCipher cipher, StoredIdentifier stored) =>
        stored.Details is { } tail
            ? JsonSerializer.Deserialize<IdentifierDetails>(cipher.OpenText(Path(stored.Type), tail))
            : null;

    private static string Path(string type) => RecordDraft.IdentifierPath(type) + ".details";
}
