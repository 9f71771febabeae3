namespace SocialRegistry.Contracts;

/// <summary>The systems that may call: what each may ask and receive.</summary>
public interface IPartners
{
    /// <summary>The partner, or <c>null</c> when unknown or suspended.</summary>
    Task<PartnerView?> FindAsync(string id, CancellationToken cancellationToken);
}

/// <summary>A partner as onboarded (design section 8, bootstrap file).</summary>
public sealed record PartnerView
{
    public required string Id { get; init; }

    public required IReadOnlySet<string> Scopes { get; init; }

    /// <summary>Field ids it may receive.</summary>
    public required FieldScope Attributes { get; init; }

    /// <summary>Field ids and identifier types it may filter by.</summary>
    public required FieldScope Filters { get; init; }

    /// <summary>Records it may know of.</summary>
    public RowScope Rows { get; init; } = RowScope.All;

    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary><c>required</c>, <c>optional</c> or <c>off</c>: signatures on DCI messages.</summary>
    public string Signature { get; init; } = "optional";

    /// <summary><c>dci-2025-12</c>, <c>dci-2025-01</c>, <c>g2pconnect-1.0.0</c> or <c>openg2p</c>.</summary>
    public string Dialect { get; init; } = "dci-2025-12";

    /// <summary>The partner's public keys as a JWK set (JSON text); absent when none were given.</summary>
    public string? Jwks { get; init; }
}
