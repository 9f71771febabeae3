using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;
using SocialRegistry.Credentials.Issuer;
using SocialRegistry.Credentials.Issuing;
using SocialRegistry.Credentials.Persistence;
using SocialRegistry.Credentials.Types;

namespace SocialRegistry.Credentials.Offers;

/// <summary>Makes offers by reference, and reads them for wallets.</summary>
internal sealed partial class MakeOffer(
    IDbContextFactory<CredentialsDbContext> contexts,
    CredentialTypes types,
    AttestedClaims claims,
    CredentialSecrets secrets,
    IssuerIdentity issuer,
    IOptions<CredentialsOptions> options,
    TimeProvider time,
    ILogger<MakeOffer> logger
)
{
    /// <summary>Where offers are read, below the public address.</summary>
    public const string Path = "/credentials/offers/";

    private const int MaxReference = 64;

    public async Task<Outcome<CredentialOfferResponse>> HandleAsync(
        CredentialOfferRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var configurations = request.Configurations.Select(types.Find).ToList();
        if (configurations.Contains(null))
        {
            return OfferProblems.UnknownConfiguration(types.Configurations.Select(c => c.Id));
        }

        if (configurations.Distinct().Count() != configurations.Count)
        {
            return OfferProblems.RepeatedConfiguration;
        }

        if (!RegistrantId.TryParse(request.Registrant, out var registrant))
        {
            return OfferProblems.UnknownRegistrant;
        }

        var possible = await claims.CheckAsync(
            registrant,
            [.. configurations.Select(c => c!.Type)],
            caller,
            cancellationToken
        );
        return possible.Succeeded ? await StoreAsync(request, registrant, caller, cancellationToken) : possible.Problem;
    }

    /// <summary>The offer of a reference while it can be accepted.</summary>
    public async Task<CredentialOffer?> ReadAsync(string reference, CancellationToken cancellationToken)
    {
        if (reference.Length > MaxReference)
        {
            return null;
        }

        var hash = secrets.ReferenceHash(reference);
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db
            .Offers.Where(o => o.ReferenceHash == hash && o.RedeemedAt == null && o.TriesLeft > 0 && o.ExpiresAt > now)
            .Select(o => new { o.Configurations, HasTxCode = o.TxCodeHash != null })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : new CredentialOffer
            {
                CredentialIssuer = issuer.Url,
                CredentialConfigurationIds = found.Configurations.Split(' '),
                Grants = new OfferGrants
                {
                    PreAuthorized = new PreAuthorizedGrant
                    {
                        Code = secrets.PreAuthorizedCode(reference),
                        TxCode = found.HasTxCode ? TxCodeHint.SixDigits : null,
                    },
                },
            };
    }

    /// <summary>What a wallet opens.</summary>
    public string OfferUri(string reference) =>
        "openid-credential-offer://?credential_offer_uri=" + Uri.EscapeDataString(issuer.Url + Path + reference);

    private async Task<CredentialOfferResponse> StoreAsync(
        CredentialOfferRequest request,
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var reference = CredentialSecrets.NewReference();
        var txCode = request.TxCode ? CredentialSecrets.NewTxCode() : null;
        var offer = new Offer(
            id,
            secrets.ReferenceHash(reference),
            secrets.CodeHash(secrets.PreAuthorizedCode(reference)),
            txCode is null ? null : secrets.TxCodeHash(id, txCode),
            registrant.Value
        )
        {
            Configurations = string.Join(' ', request.Configurations),
            OfferedBy = caller.Id,
            CreatedAt = now,
            ExpiresAt = now.AddHours(request.ValidHours ?? options.Value.OfferHours),
        };
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Offers.Add(offer);
        await db.SaveChangesAsync(cancellationToken);
        Log.Made(logger, id, request.Configurations.Count);
        return new CredentialOfferResponse
        {
            Id = reference,
            OfferUri = OfferUri(reference),
            TxCode = txCode,
            ExpiresAt = offer.ExpiresAt,
            Qr = issuer.Url + Path + reference + "/qr",
        };
    }

    private static partial class Log
    {
        // The row's id, not the reference: that opens the offer.
        [LoggerMessage(
            EventId = 4001,
            Level = LogLevel.Information,
            Message = "Offer {Offer} of {Configurations} configurations made"
        )]
        public static partial void Made(ILogger logger, Guid offer, int configurations);
    }
}
