using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Credentials.Offers;
using SocialRegistry.Credentials.Persistence;
using SocialRegistry.Credentials.Protocol;

namespace SocialRegistry.Credentials.Tokens;

/// <summary>Finds what an access token was given for. The token is 256 random bits and says nothing about the person.</summary>
internal sealed class AccessTokens(
    IDbContextFactory<CredentialsDbContext> contexts,
    KeyedHashes hashes,
    TimeProvider time
)
{
    private const int TokenLength = 43;

    /// <summary>The offer behind the request's bearer token (RFC 6750 §2.1), with the challenge for the answer when there is none.</summary>
    public async Task<(Offer? Offer, string Challenge)> FindAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var header = request.Headers.Authorization;
        if (
            header.Count != 1
            || header[0] is not { } text
            || !text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        )
        {
            // RFC 6750 §3.1: a request without a token gets no error code.
            return (null, "Bearer");
        }

        const string Invalid = "Bearer error=\"invalid_token\"";
        var token = text["Bearer ".Length..].Trim();
        if (token.Length != TokenLength)
        {
            return (null, Invalid);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var hash = hashes.Of("token", token);
        var offer = await db
            .Offers.AsNoTracking()
            .SingleOrDefaultAsync(row => row.TokenHash == hash, cancellationToken);
        return offer?.TokenExpiresAt > time.GetUtcNow() ? (offer, "") : (null, Invalid);
    }
}
