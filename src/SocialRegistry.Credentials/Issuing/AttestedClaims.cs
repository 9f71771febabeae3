using SocialRegistry.Contracts;
using SocialRegistry.Credentials.Offers;
using SocialRegistry.Credentials.Protocol;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>What may be put into a credential: values of fields whose attestation stands today, and nothing else.</summary>
internal sealed class AttestedClaims(IRegistrants registrants, IFieldCatalogue fields, TimeProvider time)
{
    private const string Channel = "credentials";

    private static readonly HashSet<string> ReadOnly = [Permissions.ReadRegistrants];

    /// <summary>Why a credential of this type cannot be offered about the registrant; <c>null</c> when it can. Asked as the caller, for the required fields only.</summary>
    public async Task<Problem?> RefuseOfferAsync(
        CredentialType type,
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var catalogue = await fields.GetAsync(cancellationToken);
        var known = type.Required.Where(field => catalogue.Field(type.Kind, field) is not null).ToList();
        var read = await registrants.GetAsync(
            registrant,
            new ReadOptions { Fields = known, Attestations = true },
            caller with
            {
                Channel = Channel,
                Permissions = ReadOnly,
                Fields = FieldScope.Of(known),
                Purpose = "credential offer",
            },
            cancellationToken
        );
        if (!read.Succeeded)
        {
            return read.Problem.Kind == ProblemKind.NotFound ? OfferProblems.NoRegistrant : read.Problem;
        }

        if (read.Value.Kind != type.Kind)
        {
            return OfferProblems.OtherKind(type.Kind);
        }

        return read.Value.Status != "active" ? OfferProblems.NotActive
            : Missing(type, Standing(read.Value)) is { Count: > 0 } missing ? OfferProblems.NotAttested(missing)
            : null;
    }

    /// <summary>The claims as they stand now, read in the name of the credential service; the reading is logged as a disclosure.</summary>
    public async Task<Reply<RecordClaims>> ReadAsync(
        CredentialType type,
        Offer offer,
        CancellationToken cancellationToken
    )
    {
        var catalogue = await fields.GetAsync(cancellationToken);
        var claims = catalogue.ClaimsOf(type);
        var wanted = claims
            .Select(claim => claim.Field.Id)
            .Union(type.Required.Where(field => catalogue.Field(type.Kind, field) is not null))
            .ToList();
        var read = await registrants.GetAsync(
            new RegistrantId(offer.RegistrantId),
            new ReadOptions { Fields = wanted, Attestations = true },
            new Caller
            {
                Kind = CallerKind.System,
                Id = "credential-service",
                Channel = Channel,
                Permissions = ReadOnly,
                Fields = FieldScope.Of(wanted),
                Purpose = "credential issuance",
                RequestId = "offer " + offer.Id.ToString("D"),
            },
            cancellationToken
        );
        if (!read.Succeeded || read.Value.Kind != type.Kind || read.Value.Status != "active")
        {
            return WalletError.Denied(
                "The record is not open to credentials any more. Ask the office that made the offer."
            );
        }

        var standing = Standing(read.Value);
        return Missing(type, standing).Count > 0
            ? WalletError.Denied(
                "The record was changed after the offer was made and has to be attested again. Ask the office that made the offer."
            )
            : Take(read.Value, claims, standing);
    }

    private static RecordClaims Take(
        RegistrantView record,
        IReadOnlyList<CatalogueClaim> claims,
        Dictionary<string, AttestationView> standing
    )
    {
        var taken = claims
            .Where(claim => standing.ContainsKey(claim.Field.Id) && record.Values.ContainsKey(claim.Field.Id))
            .ToList();
        return new RecordClaims(
            record.Version,
            [.. taken.Select(claim => new CredentialClaim(claim.Claim, record.Values[claim.Field.Id]))],
            [
                .. taken
                    .GroupBy(claim => Finding(standing[claim.Field.Id]), claim => claim.Claim)
                    .Select(group => group.Key with { Claims = [.. group] }),
            ]
        );
    }

    private static ClaimAttestation Finding(AttestationView view) =>
        new(
            [],
            view.AttestedBy,
            view.AttestedAt is { } at ? DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds()) : null,
            view.Method,
            view.ValidUntil
        );

    private Dictionary<string, AttestationView> Standing(RegistrantView record)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return record
            .Attestations.Where(view =>
                view.Status == AttestationStatuses.Attested && (view.ValidUntil is not { } until || until >= today)
            )
            .ToDictionary(view => view.Field);
    }

    private static List<string> Missing(CredentialType type, Dictionary<string, AttestationView> standing) =>
        [.. type.Required.Where(field => !standing.ContainsKey(field))];
}

/// <summary>The attested claims of a record at one version.</summary>
internal sealed record RecordClaims(
    long Version,
    IReadOnlyList<CredentialClaim> Claims,
    IReadOnlyList<ClaimAttestation> Attestations
);
