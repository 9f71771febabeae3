using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>What was altered, by whom, why; and the record as it stood.</summary>
public interface IVersions
{
    /// <summary>The versions of one registrant, newest first. Permission <c>versions:read</c>.</summary>
    Task<Outcome<Page<VersionView>>> ListAsync(
        RegistrantId id,
        HistoryFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// The entries of one registrant's change log, newest first: changes of values with old and new, and what became of its attestations,
    /// memberships, relationships and documents. Permission <c>versions:read</c>.
    /// </summary>
    Task<Outcome<Page<ChangeView>>> ChangesAsync(
        RegistrantId id,
        HistoryFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>What differs between two states of one registrant, field by field; of a group its members too. Permission <c>versions:read</c>.</summary>
    Task<Outcome<VersionDifference>> CompareAsync(
        RegistrantId id,
        VersionPoint from,
        VersionPoint to,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// The members of a group at a moment, each as its own record stood then, with its membership in this group. In the order of ids; at
    /// most 100 a page. Permissions <c>registrants:read</c> and <c>versions:read</c>.
    /// </summary>
    Task<Outcome<Page<RegistrantView>>> MembersAsync(
        RegistrantId group,
        ReadOptions options,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>To whom the registrant's data were shown, newest first; old showings as counts of a month. Permission <c>disclosures:read</c>, or the person herself.</summary>
    Task<Outcome<Page<DisclosureView>>> DisclosuresAsync(
        RegistrantId id,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );
}

public static class VersionLists
{
    /// <summary>All versions.</summary>
    public static Task<Outcome<Page<VersionView>>> ListAsync(
        this IVersions versions,
        RegistrantId id,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => versions.ListAsync(id, HistoryFilter.None, page, caller, cancellationToken);
}

/// <summary>Which part of a history is wanted; what is absent does not narrow it.</summary>
public sealed record HistoryFilter
{
    /// <summary>Recorded at this moment or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Recorded before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>A field of the catalogue that changed, <c>identifiers</c>, <c>status</c>; of changes also <c>memberships</c> and <c>relationships</c>.</summary>
    public string? Field { get; init; }

    /// <summary>Who changed it, as it stands in <see cref="VersionView.ChangedBy"/>.</summary>
    public string? Actor { get; init; }

    /// <summary>Through which door: <c>api</c>, <c>import</c>, <c>feedback</c>, …</summary>
    public string? Channel { get; init; }

    /// <summary>The version with which the record is in this named version.</summary>
    public string? NamedVersion { get; init; }

    public static HistoryFilter None { get; } = new();
}

/// <summary>One version.</summary>
/// <param name="Number">1 is the first.</param>
/// <param name="RecordedAt">When it was stored (UTC). Never before the version before it, whatever the clock said.</param>
/// <param name="EffectiveOn">Since when it holds in life, as exact as it was told.</param>
/// <param name="ChangedFields">Field ids, and <c>identifiers</c> or <c>status</c>.</param>
public sealed record VersionView(
    long Number,
    DateTimeOffset RecordedAt,
    PartialDate EffectiveOn,
    string ChangedBy,
    string Channel,
    string? Reason,
    string? RequestId,
    IReadOnlyList<string> ChangedFields
)
{
    /// <summary>Named versions in which the record stands with this version.</summary>
    public IReadOnlyList<string> NamedVersions { get; init; } = [];
}

/// <summary>One entry of a change log.</summary>
public sealed record ChangeView
{
    /// <summary>1 is the record's first entry.</summary>
    public required long Sequence { get; init; }

    /// <summary>Such as <c>created</c>, <c>updated</c>, <c>status_changed</c>, <c>attested</c>, <c>member_added</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The version that stood after it.</summary>
    public required long Version { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Since when it holds in life; the first day of what was told.</summary>
    public required DateOnly EffectiveOn { get; init; }

    public required string ChangedBy { get; init; }

    public required string Channel { get; init; }

    public string? Reason { get; init; }

    public string? RequestId { get; init; }

    /// <summary>Those that the caller may see.</summary>
    public IReadOnlyList<FieldChange> Fields { get; init; } = [];
}

/// <summary>A field before and after.</summary>
/// <param name="Field">Field id, <c>identifiers</c>, <c>status</c>, <c>memberships</c>, or <c>attestations.</c> with a field id.</param>
/// <param name="Old">Absent when there was none.</param>
/// <param name="New">Absent when there is none any more.</param>
/// <param name="Masked">Both stand here in a masked form.</param>
public sealed record FieldChange(string Field, JsonElement? Old, JsonElement? New, bool Masked);

/// <summary>A state of a record that is compared: a version number, a named version, or a moment of recorded time.</summary>
public sealed record VersionPoint
{
    public long? Number { get; init; }

    public string? Name { get; init; }

    public DateTimeOffset? At { get; init; }
}

/// <summary>What differs between two states.</summary>
public sealed record VersionDifference
{
    public required VersionState From { get; init; }

    public required VersionState To { get; init; }

    /// <summary>Fields that differ, in the order of the catalogue, then <c>identifiers</c> and <c>status</c>.</summary>
    public required IReadOnlyList<FieldChange> Fields { get; init; }

    /// <summary>Memberships that are there at <see cref="To"/> only. Absent when the caller may not see memberships.</summary>
    public IReadOnlyList<MembershipView> Joined { get; init; } = [];

    /// <summary>Memberships that were there at <see cref="From"/> only.</summary>
    public IReadOnlyList<MembershipView> Left { get; init; } = [];

    /// <summary>Memberships that are another at both, as they are at <see cref="To"/>: other kinds or days.</summary>
    public IReadOnlyList<MembershipView> Changed { get; init; } = [];
}

/// <summary>Which version stood.</summary>
public sealed record VersionState(long Version, DateTimeOffset RecordedAt, PartialDate EffectiveOn);

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

    /// <summary>How many showings this stands for: 1, or those of a month.</summary>
    public long Count { get; init; } = 1;

    /// <summary>
    /// Of showings that are older than the deployment keeps one by one: the first day of the calendar month (UTC) in which
    /// <see cref="Count"/> of them were. Door, ground and fields are then not there.
    /// </summary>
    public DateOnly? Month { get; init; }
}
