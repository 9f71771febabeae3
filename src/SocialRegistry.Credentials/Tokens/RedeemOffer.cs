using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialRegistry.Credentials.Offers;
using SocialRegistry.Credentials.Persistence;
using SocialRegistry.Credentials.Types;

namespace SocialRegistry.Credentials.Tokens;

/// <summary>Turns a pre-authorized code into an access token, once.</summary>
internal sealed partial class RedeemOffer(
    IDbContextFactory<CredentialsDbContext> contexts,
    CredentialTypes types,
    CredentialSecrets secrets,
    Nonces nonces,
    IOptions<CredentialsOptions> options,
    TimeProvider time,
    ILogger<RedeemOffer> logger
)
{
    private const string Unusable = "The pre-authorized code is unknown, used, expired or burnt. Ask for a new offer.";

    public async Task<WalletOutcome<WalletTokenResponse>> HandleAsync(
        WalletTokenRequest request,
        CancellationToken cancellationToken
    )
    {
        var hash = secrets.CodeHash(request.Code);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var offer = await db.Offers.AsNoTracking().SingleOrDefaultAsync(o => o.CodeHash == hash, cancellationToken);
        if (offer is null)
        {
            return WalletError.InvalidGrant(Unusable);
        }

        if (offer.TxCodeHash is null != request.TxCode is null)
        {
            return WalletError.InvalidRequest(
                request.TxCode is null
                    ? "tx_code is missing: this offer needs one."
                    : "tx_code was sent, but this offer has none."
            );
        }

        var configurations = offer.Configurations.Split(' ');
        IReadOnlyList<string>? asked = null;
        if (request.AuthorizationDetails is not null)
        {
            var details = AuthorizationDetails.Read(request.AuthorizationDetails, configurations);
            if (details.Failed)
            {
                return details.Error!;
            }

            asked = details.Value;
        }

        return await RedeemAsync(
            db,
            offer,
            request.TxCode,
            asked ?? configurations,
            asked is not null,
            cancellationToken
        );
    }

    private async Task<WalletOutcome<WalletTokenResponse>> RedeemAsync(
        CredentialsDbContext db,
        Offer offer,
        string? txCode,
        IReadOnlyList<string> configurations,
        bool identifiers,
        CancellationToken cancellationToken
    )
    {
        // The try is counted before the code is compared: requests that come at once wait for each other at this row.
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var counted = await db
            .Offers.Where(o => o.Id == offer.Id && o.RedeemedAt == null && o.TriesLeft > 0 && o.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.TriesLeft, o => o.TriesLeft - 1), cancellationToken);
        if (counted == 0)
        {
            return WalletError.InvalidGrant(Unusable);
        }

        if (
            offer.TxCodeHash is { } expected
            && !CryptographicOperations.FixedTimeEquals(expected, secrets.TxCodeHash(offer.Id, txCode!))
        )
        {
            var left = await db
                .Offers.Where(o => o.Id == offer.Id)
                .Select(o => o.TriesLeft)
                .SingleAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            Log.WrongTxCode(logger, offer.Id, left);
            return WalletError.InvalidGrant(
                left == 0
                    ? "The tx_code is wrong, and was for the last time: the offer is burnt. Ask for a new one."
                    : $"The tx_code is wrong; tries left: {left}."
            );
        }

        var token = CredentialSecrets.NewReference();
        var lifetime = TimeSpan.FromMinutes(options.Value.AccessTokenMinutes);
        await db
            .Offers.Where(o => o.Id == offer.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.RedeemedAt, now), cancellationToken);
        db.Grants.Add(
            new Grant
            {
                TokenHash = secrets.TokenHash(token),
                Offer = offer.Id,
                Registrant = offer.Registrant,
                Configurations = string.Join(' ', configurations),
                Identifiers = identifiers,
                ExpiresAt = now + lifetime,
            }
        );
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.Redeemed(logger, offer.Id);
        return new WalletTokenResponse
        {
            AccessToken = token,
            ExpiresIn = (int)lifetime.TotalSeconds,
            Nonce = nonces.New(),
            NonceExpiresIn = nonces.ExpiresIn,
            AuthorizationDetails = identifiers ? [.. configurations.Select(Granted)] : null,
        };
    }

    private GrantedDetail Granted(string id) =>
        new() { ConfigurationId = id, Identifiers = [types.Find(id)?.Identifier ?? id] };

    private static partial class Log
    {
        [LoggerMessage(EventId = 4010, Level = LogLevel.Information, Message = "Offer {Offer} redeemed")]
        public static partial void Redeemed(ILogger logger, Guid offer);

        [LoggerMessage(
            EventId = 4011,
            Level = LogLevel.Warning,
            Message = "Wrong tx_code for offer {Offer}, {Left} tries left"
        )]
        public static partial void WrongTxCode(ILogger logger, Guid offer, int left);
    }
}
