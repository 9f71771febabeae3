using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Verification;

/// <summary>Compact JWS with one spelling only: strict base64url, so that no character can be changed without a trace.</summary>
internal static class CompactJws
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Parses without checking the signature; the payload must be a JSON object.</summary>
    public static bool TryParse(string? compact, out JwsToken token, out JsonElement payload)
    {
        payload = default;
        token = default!;
        return compact is not null
            && compact.Length <= Jws.MaxLength
            && compact.Split('.') is [{ Length: > 0 } header, { Length: > 0 } body, { Length: > 0 } signature]
            && StrictBase64Url.TryDecode(header, out _)
            && StrictBase64Url.TryDecode(body, out _)
            && StrictBase64Url.TryDecode(signature, out _)
            && Jws.TryParse(compact, out token)
            && TryParseJson(token.Payload, out payload)
            && payload.ValueKind == JsonValueKind.Object;
    }

    /// <summary>JSON without duplicate members, not deeper than 32, and nothing behind it.</summary>
    public static bool TryParseJson(ReadOnlyMemory<byte> json, out JsonElement element)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            element = document.RootElement.Clone();
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The parser answers half a surrogate pair in a name with the latter.
            element = default;
            return false;
        }
    }

    /// <summary>A member when it is a string of valid text.</summary>
    public static bool TryText(this JsonElement element, string name, [NotNullWhen(true)] out string? text)
    {
        text = null;
        try
        {
            text =
                element.ValueKind == JsonValueKind.Object
                && element.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String
                    ? value.GetString()
                    : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no text.
        }

        return text is not null;
    }

    /// <summary>A NumericDate (RFC 7519 §2) between the years 1970 and 9999; fractions are cut.</summary>
    public static bool TryMoment(this JsonElement element, string name, out DateTimeOffset moment)
    {
        moment = default;
        if (
            element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty(name, out var value)
            || value.ValueKind != JsonValueKind.Number
            || !value.TryGetDouble(out var seconds)
            || seconds is not (>= 0 and <= 253_402_300_799)
        )
        {
            return false;
        }

        moment = DateTimeOffset.FromUnixTimeSeconds((long)seconds);
        return true;
    }

    public static bool Has(this JsonElement element, string name) => element.TryGetProperty(name, out _);
}
