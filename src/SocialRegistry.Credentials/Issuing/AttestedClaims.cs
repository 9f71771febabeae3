using SocialRegistry.Contracts;
using SocialRegistry.Credentials.Formats;
using SocialRegistry.Credentials.Offers;
using SocialRegistry.Credentials.Types;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>What the registry attests about a registrant, as claims. Whatever is not ATTESTED is left out.</summary>
internal sealed class AttestedClaims(
    IRegistrants registrants,
    IAttestations attestations,
    IFieldCatalogue catalogue,
    TimeProvider time
)
{
    private const string Channel = "credentials";
    private const string Purpose = "credential issuance";

    /// <summary>Checks that a credential of the types could be issued now. Only the states of fields are read, no values.</summary>
    /// <param name="caller">Who offers: its rules on which registrants it may see hold here too.</param>
    public async Task<Outcome<Done>> CheckAsync(
        RegistrantId registrant,
        IReadOnlyList<CredentialType> types,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var fields = await catalogue.GetAsync(cancellationToken);
        var mapped = types.Distinct().SelectMany(type => CredentialTypes.Claims(type, fields)).ToList();
        var listed = await attestations.ListAsync(registrant, Narrow(caller, mapped), cancellationToken);
        if (!listed.Succeeded)
        {
            return listed.Problem.Kind == ProblemKind.NotFound ? OfferProblems.UnknownRegistrant : listed.Problem;
        }

        var missing = Missing(types, mapped, listed.Value);
        return missing.Count == 0 ? default(Done) : OfferProblems.NotAttested(missing);
    }

    /// <summary>The claims and who attested them. The values are disclosed to the wallet that proved its right to them.</summary>
    public async Task<Outcome<AttestedContent>> ReadAsync(
        RegistrantId registrant,
        CredentialConfiguration configuration,
        string? requestId,
        CancellationToken cancellationToken
    )
    {
        var type = configuration.Type;
        var mapped = CredentialTypes.Claims(configuration, await catalogue.GetAsync(cancellationToken));
        var wallet = Narrow(Caller.System("wallet", Channel) with { RequestId = requestId }, mapped);
        var options = new ReadOptions { Fields = [.. mapped.Select(claim => claim.Field.Id)], Attestations = true };
        var read = await registrants.GetAsync(registrant, options, wallet, cancellationToken);
        if (!read.Succeeded)
        {
            return read.Problem;
        }

        if (read.Value.Kind != type.Kind)
        {
            return OfferProblems.WrongKind(type.Kind);
        }

        var missing = Missing([type], mapped, read.Value.Attestations);
        if (missing.Count > 0)
        {
            return OfferProblems.NotAttested(missing);
        }

        var good = Good(read.Value.Attestations);
        var claims = mapped
            .Where(claim => good.ContainsKey(claim.Field.Id) && read.Value.Values.ContainsKey(claim.Field.Id))
            .ToList();
        return new AttestedContent([.. claims.Select(claim => Claim(claim, read.Value))], Evidence(claims, good));
    }

    private static CredentialClaim Claim(MappedClaim claim, RegistrantView record) =>
        new(claim.Claim, ClaimValue.From(claim.Field, record.Values[claim.Field.Id]));

    private static Caller Narrow(Caller caller, IReadOnlyList<MappedClaim> claims) =>
        caller with
        {
            Channel = Channel,
            Purpose = Purpose,
            Permissions = new HashSet<string> { Permissions.ReadRegistrants },
            Fields = FieldScope.Of(claims.Select(claim => claim.Field.Id)),
            Filters = FieldScope.None,
        };

    private List<string> Missing(
        IReadOnlyList<CredentialType> types,
        IReadOnlyList<MappedClaim> mapped,
        IReadOnlyList<AttestationView> states
    )
    {
        var good = Good(states);
        return
        [
            .. types
                .SelectMany(type => type.Claims)
                .Where(claim => claim.Required)
                .Select(claim => claim.Field)
                .Distinct()
                .Where(field => !good.ContainsKey(field) || mapped.All(claim => claim.Field.Id != field)),
        ];
    }

    private Dictionary<string, AttestationView> Good(IReadOnlyList<AttestationView> states)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return states
            .Where(state => state.Status == AttestationStatuses.Attested && (state.ValidUntil ?? today) >= today)
            .ToDictionary(state => state.Field, StringComparer.Ordinal);
    }

    // One statement for all fields that the same attestor attested in the same second by the same method.
    private static IReadOnlyList<CredentialEvidence> Evidence(
        List<MappedClaim> claims,
        Dictionary<string, AttestationView> good
    ) =>
        [
            .. claims
                .GroupBy(claim =>
                {
                    var state = good[claim.Field.Id];
                    return (state.AttestedBy, At: state.AttestedAt?.ToUnixTimeSeconds(), state.Method);
                })
                .Select(group => new CredentialEvidence
                {
                    Claims = [.. group.Select(claim => claim.Claim)],
                    AttestedBy = group.Key.AttestedBy,
                    AttestedAt = group.Key.At is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null,
                    Method = group.Key.Method,
                }),
        ];
}

/// <summary>Content of a credential before it has an id, dates and a holder.</summary>
internal sealed record AttestedContent(
    IReadOnlyList<CredentialClaim> Claims,
    IReadOnlyList<CredentialEvidence> Evidence
);
