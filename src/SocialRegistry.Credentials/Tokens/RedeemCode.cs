using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialRegistry.Credentials.Nonces;
using SocialRegistry.Credentials.Offers;
using SocialRegistry.Credentials.Persistence;
using SocialRegistry.Credentials.Protocol;

namespace SocialRegistry.Credentials.Tokens;

/// <summary>Exchanges a pre-authorized code for an access token, once (OpenID4VCI 1.0 §6).</summary>
internal sealed partial class RedeemCode(
    IDbContextFactory<CredentialsDbContext> contexts,
    KeyedHashes hashes,
    NonceMint nonces,
    IOptions<CredentialsOptions> options,
    TimeProvider time,
    ILogger<RedeemCode> logger
)
{
    private static readonly WalletError Unknown = WalletError.InvalidGrant(
        "This offer is unknown, was taken up already or has ended. Ask for a new one."
    );

    public async Task<Reply<TokenAnswer>> HandleAsync(TokenRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var hash = hashes.Of("code", request.Code);
        var offer = await db
            .Offers.AsNoTracking()
            .SingleOrDefaultAsync(offer => offer.CodeHash == hash, cancellationToken);
        if (offer is not { State: OfferStates.Open, TriesLeft: > 0 } || offer.ExpiresAt <= now)
        {
            return Unknown;
        }

        if (offer.TxCodeHash is null != request.TxCode is null)
        {
            return WalletError.InvalidRequest(
                request.TxCode is null
                    ? "This offer needs its transaction code (tx_code)."
                    : "This offer has no transaction code; do not send tx_code."
            );
        }

        if (request.Details?.Except(offer.ConfigurationIds()).Any() == true)
        {
            return new WalletError(
                "invalid_authorization_details",
                "The authorization_details name a credential configuration that is not in the offer."
            );
        }

        if (request.TxCode is not null && !IsRight(offer, request))
        {
            return await CountWrongAsync(db, offer, now, cancellationToken);
        }

        // One statement decides between racing requests: only one finds the offer open, and none after the last try was used up.
        var token = KeyedHashes.NewSecret();
        var tokenHash = hashes.Of("token", token);
        var expires = now.AddSeconds(options.Value.TokenSeconds);
        var rows = await StillOpen(db, offer.Id, now)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, OfferStates.Redeemed)
                        .SetProperty(row => row.TokenHash, tokenHash)
                        .SetProperty(row => row.TokenExpiresAt, expires),
                cancellationToken
            );
        if (rows != 1)
        {
            return Unknown;
        }

        Log.Redeemed(logger, offer.Id);
        return new TokenAnswer(
            token,
            "Bearer",
            options.Value.TokenSeconds,
            nonces.New(),
            nonces.LifeSeconds,
            request.Details is null
                ? null
                : [.. request.Details.Distinct().Select(id => new AuthorizationDetail("openid_credential", id, [id]))]
        );
    }

    private async Task<WalletError> CountWrongAsync(
        CredentialsDbContext db,
        Offer offer,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await StillOpen(db, offer.Id, now)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.TriesLeft, row => row.TriesLeft - 1)
                        .SetProperty(
                            row => row.State,
                            row => row.TriesLeft <= 1 ? OfferStates.Burnt : OfferStates.Open
                        ),
                cancellationToken
            );
        var left = await db
            .Offers.Where(row => row.Id == offer.Id)
            .Select(row => row.TriesLeft)
            .SingleOrDefaultAsync(cancellationToken);
        Log.WrongTxCode(logger, offer.Id, left);
        return WalletError.InvalidGrant(
            left > 0
                ? $"The transaction code is wrong. Tries left: {left}."
                : "The transaction code was wrong too often and the offer has ended. Ask for a new one."
        );
    }

    private bool IsRight(Offer offer, TokenRequest request) =>
        CryptographicOperations.FixedTimeEquals(
            offer.TxCodeHash,
            hashes.Of("tx-code", request.Code + "\n" + request.TxCode)
        );

    private static IQueryable<Offer> StillOpen(CredentialsDbContext db, Guid id, DateTimeOffset now) =>
        db.Offers.Where(row =>
            row.Id == id && row.State == OfferStates.Open && row.TriesLeft > 0 && row.ExpiresAt > now
        );

    private static partial class Log
    {
        [LoggerMessage(4010, LogLevel.Information, "Offer {Offer} was taken up")]
        public static partial void Redeemed(ILogger logger, Guid offer);

        [LoggerMessage(4011, LogLevel.Warning, "Offer {Offer}: wrong transaction code, {Left} tries left")]
        public static partial void WrongTxCode(ILogger logger, Guid offer, int left);
    }
}
