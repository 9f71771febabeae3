using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Http;
using SocialRegistry.Protection;

namespace SocialRegistry.Access.Tokens;

/// <summary>A checked access token.</summary>
internal sealed record AccessToken(
    string Partner,
    IReadOnlyList<string> Scopes,
    string KeyId,
    DateTimeOffset NotBefore,
    DateTimeOffset ExpiresAt
);

/// <summary>Access tokens of partners: ES256 JWTs (RFC 9068) without personal data, issued and accepted by this deployment alone.</summary>
internal sealed class AccessTokens(IKeyRing keys, PublicAddress address, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3600);

    private const string Type = "at+jwt";
    private const int MaxLength = 8 * 1024;
    private const int MaxRemembered = 10_000;

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private static readonly string[] Header = ["alg", "typ", "kid"];

    /// <summary>Tokens whose signature was good, by their hash: the signature of a token is checked once, all else every time.</summary>
    private readonly ConcurrentDictionary<string, AccessToken> remembered = new(StringComparer.Ordinal);

    public string Issue(string partner, IEnumerable<string> scopes)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var signer = keys.Signer(KeyPurpose.TokenSigning);
        var claims = new JsonObject
        {
            ["iss"] = address.Url,
            ["sub"] = partner,
            ["client_id"] = partner,
            ["aud"] = address.Url,
            ["scope"] = string.Join(' ', scopes),
            ["iat"] = now,
            ["exp"] = now + (long)Lifetime.TotalSeconds,
            ["jti"] = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
        };
        return Jws.Sign(
            signer,
            new JsonObject { ["typ"] = Type, ["kid"] = signer.KeyId },
            JsonSerializer.SerializeToUtf8Bytes(claims)
        );
    }

    /// <summary>The token when everything about it is right, else <c>null</c>: one answer for every fault.</summary>
    public AccessToken? Check(string text)
    {
        if (text.Length > MaxLength)
        {
            return null;
        }

        var hash = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var known = remembered.TryGetValue(hash, out var token);
        token ??= CheckSignature(text);
        if (token is null)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (now >= token.ExpiresAt + Skew || now < token.NotBefore - Skew || FindKey(token.KeyId) is null)
        {
            remembered.TryRemove(hash, out _);
            return null;
        }

        if (!known)
        {
            if (remembered.Count >= MaxRemembered)
            {
                remembered.Clear();
            }

            remembered[hash] = token;
        }

        return token;
    }

    private AccessToken? CheckSignature(string text)
    {
        if (
            !Jws.TryParse(text, out var jws)
            || jws.Algorithm != "ES256"
            || jws.Text("typ") != Type
            || jws.Header.EnumerateObject().Any(member => !Header.Contains(member.Name))
            || jws.Text("kid") is not { } kid
            || FindKey(kid) is not { } key
            || !Signatures.IsCanonical(text, jws)
            || !Signatures.Verify(jws, key)
        )
        {
            return null;
        }

        try
        {
            using var payload = JsonDocument.Parse(
                jws.Payload,
                new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false }
            );
            return Read(payload.RootElement, kid);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private AccessToken? Read(JsonElement claims, string kid)
    {
        if (
            claims.ValueKind != JsonValueKind.Object
            || claims.Text("iss") != address.Url
            || claims.Text("aud") != address.Url
            || claims.Text("sub") is not { Length: > 0 } partner
            || claims.Text("client_id") != partner
            || claims.Text("scope") is not { } scope
            || claims.Text("jti") is null
            || claims.Moment("iat") is not { } issuedAt
            || claims.Moment("exp") is not { } expiresAt
            || (claims.TryGetProperty("nbf", out _) && claims.Moment("nbf") is null)
        )
        {
            return null;
        }

        return new AccessToken(
            partner,
            scope.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            kid,
            claims.Moment("nbf") is { } notBefore && notBefore > issuedAt ? notBefore : issuedAt,
            expiresAt
        );
    }

    private Jwk? FindKey(string kid)
    {
        foreach (var key in keys.PublicKeys(KeyPurpose.TokenSigning))
        {
            if (key.Kid == kid)
            {
                return key;
            }
        }

        return null;
    }
}
