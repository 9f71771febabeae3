using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;

namespace SocialRegistry.Grpc.Calls;

/// <summary>
/// Caller tokens: a compact JWS (ES256, the deployment's key for internal calls) that holds the whole caller for one minute.
/// The signature is the only reason why a role believes another who calls.
/// </summary>
internal sealed class CallerTokens(IKeyRing keys, TimeProvider time)
{
    public const string Audience = "socialregistry.v1";

    /// <summary>RFC 8725 §3.11: no other token of the deployment passes for one.</summary>
    public const string Type = "caller+jwt";

    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    /// <summary>How far the clocks of two machines may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    /// <summary>In characters; metadata of a call must stay below the 32 KiB that the server reads.</summary>
    public const int MaxLength = 24 * 1024;

    /// <summary>A token for one call, or a problem when the caller is described by more text than metadata can carry.</summary>
    public Outcome<string> Mint(Caller caller)
    {
        var signer = keys.Signer(KeyPurpose.InternalCalls);
        var claims = CallerClaims.Of(caller, Audience, time.GetUtcNow(), Lifetime);
        var token = Jws.Sign(
            signer,
            new JsonObject { ["typ"] = Type, ["kid"] = signer.KeyId },
            JsonSerializer.SerializeToUtf8Bytes(claims, CallerClaims.Json)
        );
        return token.Length <= MaxLength
            ? token
            : new Problem(
                "grpc.caller_too_large",
                ProblemKind.TooLarge,
                "The caller's purpose, scopes, rows and request id are together longer than a call can carry."
            );
    }

    /// <summary>The caller of a token that stands now, or why there is none.</summary>
    public (Caller? Caller, TokenRefusal? Refusal) Check(string? token)
    {
        if (token is null || token.Length > MaxLength || !Jws.TryParse(token, out var jws))
        {
            return (null, TokenRefusal.Malformed);
        }

        // The algorithm is ours, not the token's: "none" or anything else never reaches the key.
        if (jws.Algorithm != "ES256" || jws.Text("typ") != Type)
        {
            return (null, TokenRefusal.WrongType);
        }

        var key = keys.PublicKeys(KeyPurpose.InternalCalls).FirstOrDefault(k => k.Kid == jws.Text("kid"));
        if (key is null || !JwsVerifier.Verify(jws, key))
        {
            return (null, TokenRefusal.WrongSignature);
        }

        CallerClaims? claims;
        try
        {
            claims = JsonSerializer.Deserialize<CallerClaims>(jws.Payload, CallerClaims.Json);
        }
        catch (JsonException)
        {
            claims = null;
        }

        if (claims is null || HasNulls(claims))
        {
            return (null, TokenRefusal.Malformed);
        }

        if (claims.Audience != Audience)
        {
            return (null, TokenRefusal.WrongAudience);
        }

        var now = time.GetUtcNow().ToUnixTimeSeconds();
        if (
            claims.ExpiresAt <= now
            || claims.IssuedAt > now + (long)Skew.TotalSeconds
            || claims.ExpiresAt - claims.IssuedAt > (long)Lifetime.TotalSeconds
        )
        {
            return (null, TokenRefusal.Expired);
        }

        return claims.ToCaller() is { } caller ? (caller, null) : (null, TokenRefusal.Malformed);
    }

    /// <summary>JSON null in a list is not seen by the nullable annotations.</summary>
    private static bool HasNulls(CallerClaims claims) =>
        claims.Audience is null
        || claims.Kind is null
        || claims.Id is null
        || claims.Channel is null
        || claims.Permissions?.Contains(null!) != false
        || claims.Roles?.Contains(null!) == true
        || claims.Fields?.Ids?.Contains(null!) != false
        || claims.Filters?.Ids?.Contains(null!) != false
        || (claims.Masked is { } masked && masked.Ids?.Contains(null!) != false)
        || claims.Rows?.Areas?.Contains(null!) == true;
}

/// <summary>Why a token was refused: for the server's log; the caller is told nothing more than that it was.</summary>
internal enum TokenRefusal
{
    Malformed,
    WrongType,
    WrongSignature,
    WrongAudience,
    Expired,
}
