using System.ComponentModel.DataAnnotations;

namespace SocialRegistry.Registry;

/// <summary>Settings of the core (configuration section <c>Registry</c>).</summary>
public sealed record RegistryOptions
{
    /// <summary>Name of this registry, bound into every protected value; never changed once records stand. Lower-case letters, digits, hyphens.</summary>
    [Required, RegularExpression("^[a-z0-9-]{1,40}$")]
    public string Tenant { get; init; } = "default";

    /// <summary>JSON file from which the field catalogue is seeded at the first start; absent means the one that comes with the module.</summary>
    public string? CatalogueFile { get; init; }

    /// <summary>How often the catalogue is looked at for changes of other processes, in seconds.</summary>
    [Range(1, 60)]
    public int CataloguePollSeconds { get; init; } = 2;

    /// <summary>How long a repeated request with the same idempotency key is recognised, in days.</summary>
    [Range(1, 365)]
    public int IdempotencyDays { get; init; } = 7;

    /// <summary>How long the database may work on one search; 10 seconds unless set. Above 0, at most 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan SearchTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>From which status of an attestation to which one may go. Set, it replaces the whole table.</summary>
    public Dictionary<string, string[]> AttestationTransitions { get; init; } = [];
}
