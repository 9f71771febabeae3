using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Credentials.Persistence;
using SocialRegistry.Credentials.Protocol;

namespace SocialRegistry.Credentials.Offers;

/// <summary>An offer that can still be taken up, by the reference in its address.</summary>
internal sealed class FindOffer(
    IDbContextFactory<CredentialsDbContext> contexts,
    CredentialIssuer issuer,
    KeyedHashes hashes,
    TimeProvider time
)
{
    private const int ReferenceLength = 43;

    public async Task<Outcome<OfferAnswer>> HandleAsync(string reference, CancellationToken cancellationToken)
    {
        if (reference.Length != ReferenceLength)
        {
            return OfferProblems.NoOffer;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var hash = hashes.Of("offer", reference);
        var offer = await db
            .Offers.AsNoTracking()
            .SingleOrDefaultAsync(offer => offer.ReferenceHash == hash, cancellationToken);
        if (offer is not { State: OfferStates.Open } || offer.ExpiresAt <= time.GetUtcNow())
        {
            return OfferProblems.NoOffer;
        }

        var txCode = offer.TxCodeHash is null
            ? null
            : new TxCodeDescription(
                "numeric",
                CreateOffer.TxCodeLength,
                "The six digits you were given with the offer"
            );
        return new OfferAnswer(
            issuer.Url,
            offer.ConfigurationIds(),
            new OfferGrants(new PreAuthorizedGrant(hashes.CodeOf(reference), txCode))
        );
    }
}
