using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace SocialRegistry.LinkedData;

/// <summary>The DID method <c>did:jwk</c>: the identifier is the base64url of a public JWK.</summary>
public static class DidJwk
{
    private const string Prefix = "did:jwk:";
    private const int MaxLength = 4096;

    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

    /// <summary>The DID of a key, with the JWK's members in lexicographic order.</summary>
    public static string Encode(PublicKeyParts key)
    {
        var members = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["kty"] = key.Kty,
            ["crv"] = key.Crv,
            ["x"] = key.X,
        };
        if (key.Y is not null)
        {
            members["y"] = key.Y;
        }

        return Prefix + Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(members));
    }

    /// <summary>The id of the one verification method.</summary>
    public static string VerificationMethod(string did) => did + "#0";

    /// <summary>The key of a DID, or of the URL of its verification method <c>#0</c>.</summary>
    /// <returns>False for anything else: another method or fragment, a private or damaged key, a curve that is not known here.</returns>
    public static bool TryResolve(string? didOrUrl, out PublicKeyParts key)
    {
        key = default!;
        if (didOrUrl is not { Length: <= MaxLength } || !didOrUrl.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = didOrUrl[Prefix.Length..].Split('#');
        if (
            parts.Length > 2
            || (parts.Length == 2 && parts[1] != "0")
            || !Multibase.TryDecode("u" + parts[0], out var json)
        )
        {
            return false;
        }

        try
        {
            using var document = JsonDocument.Parse(
                json,
                new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false }
            );
            return TryRead(document.RootElement, out key);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool TryRead(JsonElement jwk, out PublicKeyParts key)
    {
        key = default!;
        if (
            jwk.ValueKind != JsonValueKind.Object
            || PrivateMembers.Any(name => jwk.TryGetProperty(name, out _))
            || Text(jwk, "kty") is not { } kty
            || Text(jwk, "crv") is not { } crv
            || Text(jwk, "x") is not { } x
        )
        {
            return false;
        }

        var read = new PublicKeyParts(kty, crv, x, Text(jwk, "y"));
        if (!Coordinates.IsKey(read))
        {
            return false;
        }

        key = read;
        return true;
    }

    private static string? Text(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
