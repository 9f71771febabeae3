using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Access.Partners;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Http;
using SocialRegistry.Protection;

namespace SocialRegistry.Access.Tokens;

/// <summary>Checks <c>private_key_jwt</c> (RFC 7523 §3) against the partner's keys; an assertion counts once.</summary>
internal sealed class ClientAssertions(
    IDbContextFactory<AccessDbContext> contexts,
    PublicAddress address,
    TimeProvider time
)
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);
    private const int MaxJti = 256;

    private static JsonDocument? Parse(byte[] payload)
    {
        try
        {
            return JsonDocument.Parse(
                payload,
                new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false }
            );
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    public async Task<bool> AcceptAsync(Partner partner, JwsToken assertion, CancellationToken cancellationToken)
    {
        if (partner.Jwks is null || !IsSigned(assertion, PartnerKeys.Read(partner.Jwks)))
        {
            return false;
        }

        using var payload = Parse(assertion.Payload);
        if (payload is null)
        {
            return false;
        }

        var claims = payload.RootElement;
        var now = time.GetUtcNow();

        // 1, 2: issuer and subject are the client. 3: we are the only audience.
        if (
            claims.Text("iss") != partner.Id
            || claims.Text("sub") != partner.Id
            || !(claims.IsFor(address.Url) || claims.IsFor(address.At(TokenEndpoint.Path)))
        )
        {
            return false;
        }

        // 4: not over, and short-lived. 5, 6: neither from the future.
        if (
            claims.Moment("exp") is not { } expires
            || now >= expires + Skew
            || expires > now + LongestLife + Skew
            || IsAhead("nbf")
            || IsAhead("iat")
        )
        {
            return false;
        }

        // 7: used once.
        return claims.Text("jti") is { Length: > 0 and <= MaxJti } jti
            && await UseAsync(partner.Id, jti, expires + Skew, now, cancellationToken);

        bool IsAhead(string name) =>
            claims.TryGetProperty(name, out _) && !(claims.Moment(name) is { } moment && moment <= now + Skew);
    }

    private static bool IsSigned(JwsToken assertion, IReadOnlyList<Jwk> keys)
    {
        if (
            !Signatures.Algorithms.Contains(assertion.Algorithm)
            || assertion.Text("typ") is not (null or "JWT" or "jwt" or "client-authentication+jwt")
        )
        {
            return false;
        }

        var kid = assertion.Text("kid");
        return keys.Any(key =>
            (kid is null || key.Kid == kid)
            && key.Use is null or "sig"
            && (
                key.Alg is null
                || key.Alg == assertion.Algorithm
                || (key.Alg == "Ed25519" && assertion.Algorithm == "EdDSA")
            )
            && Signatures.Verify(assertion, key)
        );
    }

    /// <summary>False when it was used before: the primary key decides, also between processes.</summary>
    private async Task<bool> UseAsync(
        string partner,
        string jti,
        DateTimeOffset until,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var hash = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(jti)));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.UsedAssertions.Where(used => used.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken);
        if (await db.UsedAssertions.AnyAsync(u => u.Partner == partner && u.JtiHash == hash, cancellationToken))
        {
            return false;
        }

        db.UsedAssertions.Add(new UsedAssertion(partner, hash, until));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException)
        {
            // Two at the same moment: the other one counts. Anything else that failed shows itself here.
            db.ChangeTracker.Clear();
            return await db.UsedAssertions.AnyAsync(u => u.Partner == partner && u.JtiHash == hash, cancellationToken)
                ? false
                : throw new InvalidOperationException("A used assertion could not be stored.");
        }
    }
}
