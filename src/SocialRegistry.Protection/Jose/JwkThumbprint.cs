using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SocialRegistry.Protection;

/// <summary>JWK thumbprints (RFC 7638; OKP: RFC 8037 §2).</summary>
public static class JwkThumbprint
{
    /// <summary>Base64url SHA-256 over the required members in lexicographic order, 43 characters.</summary>
    /// <exception cref="ArgumentException">A member is missing, or an unknown key type.</exception>
    public static string Thumbprint(this Jwk key)
    {
        (string Name, string? Value)[] members = key.Kty switch
        {
            "EC" => [("crv", key.Crv), ("kty", key.Kty), ("x", key.X), ("y", key.Y)],
            "OKP" => [("crv", key.Crv), ("kty", key.Kty), ("x", key.X)],
            "RSA" => [("e", key.E), ("kty", key.Kty), ("n", key.N)],
            _ => throw new ArgumentException("Unknown key type.", nameof(key)),
        };
        var json = new StringBuilder("{");
        foreach (var (name, value) in members)
        {
            if (value is null)
            {
                throw new ArgumentException($"The key has no member {name}.", nameof(key));
            }

            json.Append(json.Length > 1 ? "," : "")
                .Append('"')
                .Append(name)
                .Append("\":\"")
                .Append(JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))
                .Append('"');
        }

        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(json.Append('}').ToString())));
    }
}
