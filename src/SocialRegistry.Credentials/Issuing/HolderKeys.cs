using System.Text.Json;
using SocialRegistry.LinkedData;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>A wallet's public key with the DID under which it was named.</summary>
/// <param name="Did">Absent when the key came as <c>jwk</c>.</param>
internal sealed record HolderKey(Jwk Key, string? Did);

/// <summary>The key in the header of a key proof: exactly one of <c>jwk</c>, or <c>kid</c> as <c>did:jwk</c> or <c>did:key</c>.</summary>
internal static class HolderKeys
{
    private const int MaxDid = 4096;
    private const string DidJwkPrefix = "did:jwk:";

    public static HolderKey? Read(JsonElement header)
    {
        if (header.Has("x5c") || header.Has("jwk") == header.Has("kid"))
        {
            return null;
        }

        if (header.TryGetProperty("jwk", out var element))
        {
            return Jwk.TryParse(element, out var key) && MaySign(key) ? new HolderKey(Bare(key), null) : null;
        }

        return header.Text("kid") is { Length: <= MaxDid } kid ? Resolve(kid) : null;
    }

    private static HolderKey? Resolve(string kid)
    {
        if (kid.StartsWith(DidJwkPrefix, StringComparison.Ordinal))
        {
            // RSA keys come this way too, and some wallets pad or leave the fragment out.
            var parts = kid.Split('#');
            var encoded = parts[0][DidJwkPrefix.Length..].TrimEnd('=');
            return parts is [_] or [_, "0"] && ParseJwk(encoded) is { } key
                ? new HolderKey(key, DidJwkPrefix + encoded)
                : null;
        }

        return DidKey.TryResolve(kid, out var found)
            ? new HolderKey(
                new Jwk
                {
                    Kty = found.Kty,
                    Crv = found.Crv,
                    X = found.X,
                    Y = found.Y,
                },
                kid.Split('#')[0]
            )
            : null;
    }

    private static Jwk? ParseJwk(string encoded)
    {
        if (!StrictBase64Url.TryDecode(encoded, out var json))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json, CredentialJson.Strict);
            return Jwk.TryParse(document.RootElement, out var key) && MaySign(key) ? Bare(key) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool MaySign(Jwk key) => key.Use is null or "sig";

    private static Jwk Bare(Jwk key) => key with { Alg = null, Use = null, Kid = null };
}
