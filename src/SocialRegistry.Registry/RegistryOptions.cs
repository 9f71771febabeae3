using System.ComponentModel.DataAnnotations;

namespace SocialRegistry.Registry;

/// <summary>When an active household with open members must have a head. That it has at most one is always so.</summary>
public enum HeadRule
{
    /// <summary>It need not have one.</summary>
    Never,

    /// <summary>It may be built member by member; once it has a head, it is never without one again.</summary>
    Kept,

    /// <summary>From its first member on: the head comes first, or in the same call. An empty household is one that is being made.</summary>
    Always,
}

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

    /// <summary>How often this process seals what was written into the signed log, in seconds; 2 unless set.</summary>
    [Range(1, 3600)]
    public int SealSeconds { get; init; } = 2;

    /// <summary>False leaves sealing to other processes on the same database.</summary>
    public bool SealLog { get; init; } = true;

    /// <summary>Name of the signed log, such as <c>registry.example.org/log</c>; absent means host and path of <c>PublicUrl</c> with <c>/log</c>. Fixed with the first checkpoint.</summary>
    [RegularExpression(@"^[^\s+\p{C}]{1,300}$")]
    public string? LogOrigin { get; init; }

    /// <summary>How long a repeated request with the same idempotency key is recognised, in days.</summary>
    [Range(1, 365)]
    public int IdempotencyDays { get; init; } = 7;

    /// <summary>How long the database may work on one search; 10 seconds unless set. Above 0, at most 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan SearchTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// With more records than this, a search by a field whose index is still being made is refused (503); 50,000 unless set. 0 refuses
    /// from the first record on.
    /// </summary>
    [Range(0, 100_000_000)]
    public int UnindexedSearchLimit { get; init; } = 50_000;

    /// <summary>From which status of an attestation to which one may go. Set, it replaces the whole table.</summary>
    public Dictionary<string, string[]> AttestationTransitions { get; init; } = [];

    /// <summary>Kinds of named versions; absent means survey, feedback, import and manual. <c>feedback</c> is always one.</summary>
    public string[]? NamedVersionKinds { get; init; }

    /// <summary>How many records one call of a search as of a moment looks at, at most; it goes on at its cursor. 10,000 unless set.</summary>
    [Range(100, 1_000_000)]
    public int PastSearchRecords { get; init; } = 10_000;

    /// <summary>How many years a parent is older than the child at least. Birth dates that are not known pass.</summary>
    [Range(0, 60)]
    public int MinParentYears { get; init; } = 12;

    /// <summary>How many years a parent is older than the child at most.</summary>
    [Range(20, 150)]
    public int MaxParentYears { get; init; } = 70;

    /// <summary>What becomes of a marriage of somebody who is married to another at that time. The same pair twice at a time is always refused.</summary>
    [EnumDataType(typeof(SpouseOverlap))]
    public SpouseOverlap SpouseOverlap { get; init; } = SpouseOverlap.Allow;

    /// <summary>
    /// When an active household with open members must have a head. <see cref="HeadRule.Kept"/> lets files and forms bring members in any order,
    /// so that households may stand without a head until one is named.
    /// </summary>
    public HeadRule HouseholdNeedsHead { get; init; } = HeadRule.Always;

    /// <summary>Codes of the list <c>group_type</c> to which <see cref="HouseholdNeedsHead"/> applies; absent means 2 (household) and 3 (family).</summary>
    public string[]? HouseholdTypes { get; init; }
}

/// <summary>A policy for marriages with several at a time.</summary>
public enum SpouseOverlap
{
    /// <summary>Taken: the law of the country allows them.</summary>
    Allow,

    /// <summary>Taken; the answer names the rule in its warnings.</summary>
    Warn,

    /// <summary>Refused.</summary>
    Refuse,
}
