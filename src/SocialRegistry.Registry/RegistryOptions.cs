using System.ComponentModel.DataAnnotations;

namespace SocialRegistry.Registry;

/// <summary>When an active household with open members must have a head. That it has at most one is always so.</summary>
public enum HeadRule
{
    /// <summary>It need not have one.</summary>
    Never,

    /// <summary>It may be built member by member; once it has a head, it is never without one again.</summary>
    Kept,

    /// <summary>From its first member on: the head comes first, or in the same call.</summary>
    Always,
}

/// <summary>Settings of the core (configuration section <c>Registry</c>).</summary>
public sealed record RegistryOptions
{
    /// <summary>Name of this registry, bound into every protected value; never changed once records stand. Lower-case letters, digits, hyphens.</summary>
    [Required, RegularExpression("^[a-z0-9-]{1,40}$")]
    public string Tenant { get; init; } = "default";

    /// <summary>JSON file of the field catalogue; absent means the one that comes with the module.</summary>
    public string? CatalogueFile { get; init; }

    /// <summary>How long a repeated request with the same idempotency key is recognised, in days.</summary>
    [Range(1, 365)]
    public int IdempotencyDays { get; init; } = 7;

    /// <summary>From which status of an attestation to which one may go. Set, it replaces the whole table.</summary>
    public Dictionary<string, string[]> AttestationTransitions { get; init; } = [];

    /// <summary>When an active household with open members must have a head. <see cref="HeadRule.Kept"/> lets files and forms bring members in any order.</summary>
    public HeadRule HouseholdNeedsHead { get; init; } = HeadRule.Kept;

    /// <summary>Codes of the list <c>group_type</c> to which <see cref="HouseholdNeedsHead"/> applies; absent means 2 (household) and 3 (family).</summary>
    public string[]? HouseholdTypes { get; init; }
}
