using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialRegistry.Credentials;

/// <summary>How this module reads and writes JSON, whatever the host has set for its own API.</summary>
internal static class CredentialJson
{
    /// <summary>Names as the standards spell them (snake_case), no members without a value, <c>+</c> and <c>'</c> as they are.</summary>
    public static JsonSerializerOptions Options { get; } =
        new(JsonSerializerDefaults.Web)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = 32,
            AllowDuplicateProperties = false,
        };

    /// <summary>What is asked of JSON that others send.</summary>
    public static JsonDocumentOptions Strict { get; } = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>A member when it is a string.</summary>
    public static string? Text(this JsonElement value, string name)
    {
        try
        {
            return
                value.ValueKind == JsonValueKind.Object
                && value.TryGetProperty(name, out var member)
                && member.ValueKind == JsonValueKind.String
                ? member.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no text.
            return null;
        }
    }

    /// <summary>A member when it is a whole or fractional number of seconds since 1970 (NumericDate, RFC 7519 §2).</summary>
    public static DateTimeOffset? Time(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty(name, out var member)
        && member.ValueKind == JsonValueKind.Number
        && member.TryGetDouble(out var seconds)
        && seconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : null;

    public static bool Has(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out _);
}
