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

    /// <summary>The organisation's name, as the disclosure log keeps it; absent means the id.</summary>
    public string? Name { get; init; }

    /// <summary>The law or agreement on which data are shown to it, as the disclosure log keeps it.</summary>
    public string? LegalGround { get; init; }

    /// <summary>
    /// <c>off</c>; <c>required</c>: it gets only fields that a valid consent covers; <c>required-record</c>: a record without one is
    /// not there for it either.
    /// </summary>
    public string Consent { get; init; } = PartnerConsent.Off;

    /// <summary><c>required</c>, <c>optional</c> or <c>off</c>: signatures on DCI messages.</summary>
    public string Signature { get; init; } = "optional";

    /// <summary><c>dci-2025-12</c>, <c>dci-2025-01</c>, <c>g2pconnect-1.0.0</c> or <c>openg2p</c>.</summary>
    public string Dialect { get; init; } = "dci-2025-12";

    /// <summary>The partner's public keys as a JWK set (JSON text); absent when none were given.</summary>
    public string? Jwks { get; init; }
}

/// <summary>Whether a partner needs the person's consent.</summary>
public static class PartnerConsent
{
    public const string Off = "off";

    public const string Required = "required";

    public const string RequiredRecord = "required-record";

    public static IReadOnlyList<string> All { get; } = [Off, Required, RequiredRecord];
}
