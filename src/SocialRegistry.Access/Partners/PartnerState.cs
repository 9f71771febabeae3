namespace SocialRegistry.Access.Partners;

/// <summary>What the log of changes says of a partner: no secret, of keys only their ids.</summary>
internal sealed record PartnerState
{
    public const string Active = "active";
    public const string Suspended = "suspended";
    public const string Retired = "retired";

    public required string Status { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required IReadOnlyList<string> Attributes { get; init; }

    public required IReadOnlyList<string> Filters { get; init; }

    public required string? Population { get; init; }

    public required IReadOnlyList<string> Purposes { get; init; }

    public required IReadOnlyList<string> CallbackHosts { get; init; }

    public required string Signature { get; init; }

    public required string Dialect { get; init; }

    public string? Name { get; init; }

    public string? LegalGround { get; init; }

    public required string Consent { get; init; }

    /// <summary>Key ids of the JWK set, or their number where keys have none.</summary>
    public required IReadOnlyList<string> Keys { get; init; }

    public required DateTimeOffset? SecretSetAt { get; init; }

    public static PartnerState Of(Partner partner) =>
        new()
        {
            Status = StatusOf(partner),
            Scopes = partner.Scopes,
            Attributes = partner.Attributes,
            Filters = partner.Filters,
            Population = partner.Population,
            Purposes = partner.Purposes,
            CallbackHosts = partner.CallbackHosts,
            Signature = partner.Signature,
            Dialect = partner.Dialect,
            Name = partner.Name,
            LegalGround = partner.LegalGround,
            Consent = partner.Consent,
            Keys = partner.Jwks is null
                ? []
                : [.. PartnerKeys.Read(partner.Jwks).Select((key, index) => key.Kid ?? $"key {index + 1}")],
            SecretSetAt = partner.SecretSetAt,
        };

    public static string StatusOf(Partner partner) =>
        partner.Retired ? Retired
        : partner.Suspended ? Suspended
        : Active;
}
