namespace SocialRegistry.Access.Partners;

/// <summary>What is said of one partner, by the bootstrap file or an administrator, checked.</summary>
internal sealed record PartnerEntry
{
    public required string Id { get; init; }

    public string? Secret { get; init; }

    public string? Jwks { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Canonical field ids, or <c>*</c> alone.</summary>
    public required IReadOnlyList<string> Attributes { get; init; }

    public required IReadOnlyList<string> Filters { get; init; }

    /// <summary>A query as JSON text, checked against the catalogue; absent means every record.</summary>
    public string? Population { get; init; }

    public required IReadOnlyList<string> Purposes { get; init; }

    public required IReadOnlyList<string> CallbackHosts { get; init; }

    public required string Signature { get; init; }

    public required string Dialect { get; init; }

    public string? Name { get; init; }

    public string? LegalGround { get; init; }

    public string Consent { get; init; } = Contracts.PartnerConsent.Off;
}
