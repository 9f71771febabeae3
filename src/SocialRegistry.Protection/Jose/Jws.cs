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

    /// <summary>Signs a payload; <c>alg</c> is set from the signer.</summary>
    public static string Sign(ISigner signer, JsonObject header, ReadOnlySpan<byte> payload)
    {
        header["alg"] = signer.Algorithm;
        var input =
            Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(header))
            + "."
            + Base64Url.EncodeToString(payload);
        return input + "." + Base64Url.EncodeToString(signer.Sign(Encoding.ASCII.GetBytes(input)));
    }

    /// <summary>Parses without checking the signature; false for anything that is not three base64url parts with a JSON object first, or that has a <c>crit</c> header.</summary>
    public static bool TryParse(string? compact, out JwsToken token)
    {
        token = default!;
        if (compact is null || compact.Length > MaxLength)
        {
            return false;
        }

        var parts = compact.Split('.');
        if (parts.Length != 3)
        {
            return false;
        }

        try
        {
            using var header = JsonDocument.Parse(
                Base64Url.DecodeFromChars(parts[0]),
                new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false }
            );
            if (
                header.RootElement.ValueKind != JsonValueKind.Object
                || header.RootElement.TryGetProperty("crit", out _)
            )
            {
                return false;
            }

            token = new JwsToken(
                header.RootElement.Clone(),
                Base64Url.DecodeFromChars(parts[1]),
                Encoding.ASCII.GetBytes(compact, 0, parts[0].Length + 1 + parts[1].Length),
                Base64Url.DecodeFromChars(parts[2])
            );
            return true;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return false;
        }
    }
}

/// <summary>A parsed, not yet checked JWS.</summary>
public sealed record JwsToken(JsonElement Header, byte[] Payload, byte[] SigningInput, byte[] Signature)
{
    /// <summary>The <c>alg</c> header, or the empty string.</summary>
    public string Algorithm => Text("alg") ?? "";

    /// <summary>A header member when it is a string.</summary>
    public string? Text(string name) =>
        Header.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
