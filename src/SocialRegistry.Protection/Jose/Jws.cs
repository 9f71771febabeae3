using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SocialRegistry.Protection;

/// <summary>Compact JWS (RFC 7515), written and parsed by hand: byte-exact and fast.</summary>
public static class Jws
{
    /// <summary>Longest token parsed, in characters.</summary>
    public const int MaxLength = 1_000_000;

    private static readonly JsonDocumentOptions HeaderOptions = new()
    {
        MaxDepth = 16,
        AllowDuplicateProperties = false,
    };

    /// <summary>Signs a payload; <c>alg</c> is set from the signer.</summary>
    public static string Sign(ISigner signer, JsonObject header, ReadOnlySpan<byte> payload)
    {
        header["alg"] = signer.Algorithm;
        return Sign(signer, EncodeHeader(header), payload);
    }

    /// <summary>A header to be used for many tokens; it must already hold the signer's <c>alg</c>.</summary>
    public static string EncodeHeader(JsonObject header) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(header));

    /// <summary>Signs a payload under a header that was encoded before.</summary>
    /// <param name="encodedHeader">From <see cref="EncodeHeader"/>.</param>
    public static string Sign(ISigner signer, string encodedHeader, ReadOnlySpan<byte> payload)
    {
        const int signatureLength = 86;
        var input = encodedHeader.Length + 1 + Base64Url.GetEncodedLength(payload.Length);
        var token = new byte[input + 1 + signatureLength];
        Encoding.ASCII.GetBytes(encodedHeader, token);
        token[encodedHeader.Length] = (byte)'.';
        Base64Url.EncodeToUtf8(payload, token.AsSpan(encodedHeader.Length + 1));
        token[input] = (byte)'.';
        Base64Url.EncodeToUtf8(signer.Sign(token.AsSpan(0, input)), token.AsSpan(input + 1));
        return Encoding.ASCII.GetString(token);
    }

    /// <summary>
    /// Parses without checking the signature; false for anything that is not three strict base64url parts with a JSON object first, or
    /// that has a <c>crit</c> header, as no extension is understood.
    /// </summary>
    public static bool TryParse(string? compact, out JwsToken token)
    {
        token = default!;
        if (compact is null || compact.Length > MaxLength)
        {
            return false;
        }

        Span<Range> parts = stackalloc Range[4];
        var text = compact.AsSpan();
        if (
            text.Split(parts, '.') != 3
            || !StrictBase64Url.TryDecode(text[parts[0]], out var header)
            || !StrictBase64Url.TryDecode(text[parts[1]], out var payload)
            || !StrictBase64Url.TryDecode(text[parts[2]], out var signature)
            || !TryParseHeader(header, out var parsed)
        )
        {
            return false;
        }

        var input = new byte[parts[1].End.Value];
        Encoding.ASCII.GetBytes(text[..input.Length], input);
        token = new JwsToken(parsed, payload, input, signature);
        return true;
    }

    private static bool TryParseHeader(byte[] json, out JsonElement header)
    {
        header = default;
        try
        {
            using var document = JsonDocument.Parse(json, HeaderOptions);
            if (
                document.RootElement.ValueKind != JsonValueKind.Object
                || document.RootElement.TryGetProperty("crit", out _)
            )
            {
                return false;
            }

            header = document.RootElement.Clone();
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The parser answers half a surrogate pair in a name with the latter.
            return false;
        }
    }
}
