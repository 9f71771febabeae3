namespace SocialRegistry.Contracts;

/// <summary>What was altered, by whom, why; and the record as it stood.</summary>
public interface IVersions
{
    /// <summary>The versions of one registrant, newest first. Permission <c>versions:read</c>.</summary>
    Task<Outcome<Page<VersionView>>> ListAsync(
        RegistrantId id,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>To whom the registrant's data were shown, newest first. Permission <c>disclosures:read</c>, or the person herself.</summary>
    Task<Outcome<Page<DisclosureView>>> DisclosuresAsync(
        RegistrantId id,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );
}

/// <summary>One version.</summary>
/// <param name="Number">1 is the first.</param>
/// <param name="RecordedAt">When it was stored (UTC).</param>
/// <param name="EffectiveOn">Since when it holds in life.</param>
/// <param name="ChangedFields">Field ids, and <c>identifiers</c> or <c>status</c>.</param>
public sealed record VersionView(
    long Number,
    DateTimeOffset RecordedAt,
    DateOnly EffectiveOn,
    string ChangedBy,
    string Channel,
    string? Reason,
    string? RequestId,
    IReadOnlyList<string> ChangedFields
);

/// <summary>A logged act of showing someone's data.</summary>
/// <param name="ShownTo">Who read: the partner's client id, or the user.</param>
/// <param name="Channel">The door: <c>api</c>, <c>dci</c>, <c>credentials</c>, <c>export</c>, …</param>
/// <param name="Fields">Field ids, and <c>identifiers</c>, <c>memberships</c>, <c>relationships</c>, <c>attestations</c>, <c>versions</c>, …; <c>masked:</c> before what was shown masked.</param>
public sealed record DisclosureView(
    DateTimeOffset At,
    string ShownTo,
    string Channel,
    string? Purpose,
    string? LegalGround,
    IReadOnlyList<string> Fields
)
{
    /// <summary><c>staff</c>, <c>partner</c>, <c>person</c> or <c>system</c>.</summary>
    public string ReaderKind { get; init; } = "";

    /// <summary>The organisation behind the reader.</summary>
    public string Institution { get; init; } = "";

    /// <summary>Ids of the consents that covered it, separated by spaces; absent when none was needed.</summary>
    public string? Consent { get; init; }

    /// <summary>True when somebody read past her own rights, for a reason that she had to state.</summary>
    public bool BreakGlass { get; init; }
}
