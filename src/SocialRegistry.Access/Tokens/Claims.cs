using System.Text.Json;

namespace SocialRegistry.Access.Tokens;

/// <summary>Reads claims of the expected JSON type; anything else counts as absent.</summary>
internal static class Claims
{
    private const long LatestMoment = 253_402_300_799;

    public static string? Text(this JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>A NumericDate (RFC 7519 §2) between 1970 and 9999; fractions are cut off.</summary>
    public static DateTimeOffset? Moment(this JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDouble(out var seconds)
        && seconds is >= 0 and <= LatestMoment
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    /// <summary><c>aud</c> is this string, or an array that holds it alone.</summary>
    public static bool IsFor(this JsonElement claims, string audience) =>
        claims.TryGetProperty("aud", out var aud)
        && (aud.ValueKind == JsonValueKind.Array && aud.GetArrayLength() == 1 ? aud[0] : aud)
            is { ValueKind: JsonValueKind.String } only
        && only.GetString() == audience;
}
