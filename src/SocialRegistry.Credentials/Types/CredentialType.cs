using SocialRegistry.Credentials.Formats;

namespace SocialRegistry.Credentials.Types;

/// <summary>A kind of credential as data (<c>Types/*.json</c>): which fields become which claims, and the forms in which it is issued.</summary>
internal sealed record CredentialType
{
    /// <summary>Letters and digits; last part of the <c>vct</c> and type of the W3C credential.</summary>
    public required string Name { get; init; }

    /// <summary>Kind of registrant it is about.</summary>
    public required string Kind { get; init; }

    public required IReadOnlyList<TypeDisplay> Display { get; init; }

    /// <summary>Claims in their order.</summary>
    public required IReadOnlyList<ClaimMapping> Claims { get; init; }

    /// <summary>Every other attestable field of the kind that the catalogue gives a claim name becomes a claim too, behind those above.</summary>
    public bool OtherAttestableFields { get; init; }

    public required IReadOnlyList<TypeConfiguration> Configurations { get; init; }
}

/// <summary>One claim ← field.</summary>
internal sealed record ClaimMapping
{
    /// <summary>Field id.</summary>
    public required string Field { get; init; }

    /// <summary>Claim name; absent takes the catalogue's, then the field's id.</summary>
    public string? Claim { get; init; }

    /// <summary>Without it no credential is issued.</summary>
    public bool Required { get; init; }
}

/// <summary>How a wallet shows it.</summary>
internal sealed record TypeDisplay
{
    public required string Name { get; init; }

    /// <summary>BCP 47.</summary>
    public required string Locale { get; init; }

    public required string Description { get; init; }

    public required string BackgroundColor { get; init; }

    public required string TextColor { get; init; }
}

/// <summary>One form of the type, by the id that offers and requests name.</summary>
internal sealed record TypeConfiguration(string Id, CredentialFormat Format);
