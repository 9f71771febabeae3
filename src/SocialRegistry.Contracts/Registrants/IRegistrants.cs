using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>
/// The persons and groups on the register. Every call checks the caller's permission, clamps fields to its scope,
/// and has the disclosure stored before personal values leave (design section 6).
/// </summary>
public interface IRegistrants
{
    /// <summary>Stores a new record. Permission <c>registrants:write</c>.</summary>
    Task<Outcome<RegistrantView>> CreateAsync(
        NewRegistrant registrant,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>One record. Permission <c>registrants:read</c>.</summary>
    Task<Outcome<RegistrantView>> GetAsync(
        RegistrantId id,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Changes values by merge patch (RFC 7396). Permission <c>registrants:write</c>.</summary>
    Task<Outcome<RegistrantView>> UpdateAsync(
        RegistrantId id,
        RegistrantPatch patch,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Archives a record (soft delete): it is no longer found, its history stays. Permission <c>registrants:write</c>.</summary>
    Task<Outcome<Done>> ArchiveAsync(
        RegistrantId id,
        long expectedVersion,
        string reason,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Changes the status of a record, with a reason and a day. <c>merged</c> comes of merging only; a record that is archived is
    /// restored by staff. Permission <c>registrants:write</c>.
    /// </summary>
    Task<Outcome<RegistrantView>> ChangeStatusAsync(
        RegistrantId id,
        StatusChange change,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// The records, neither archived nor merged, that carry these identifiers, in the order asked, <c>null</c> where there is none or none for this caller.
    /// At most 1,000 a call. An unknown identifier type is a problem, not an empty answer. Permission <c>registrants:read</c>.
    /// </summary>
    Task<Outcome<IReadOnlyList<RegistrantView?>>> FindAsync(
        IReadOnlyList<Identifier> identifiers,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// The records with these ids, in the order asked, <c>null</c> where there is none or none for this caller. One round trip, at most
    /// 1,000 a call; past versions are not read here. Permission <c>registrants:read</c>.
    /// </summary>
    Task<Outcome<IReadOnlyList<RegistrantView?>>> GetManyAsync(
        IReadOnlyList<RegistrantId> ids,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// The records of which a query is true and which the caller may know of, archived ones left out; page by page to the very end, in
    /// an order that other writers do not disturb. Permission <c>registrants:read</c>.
    /// </summary>
    Task<Outcome<SearchPage>> SearchAsync(SearchRequest request, Caller caller, CancellationToken cancellationToken);

    /// <summary>
    /// Brings records in by their identifiers: creates what is missing, changes what differs, leaves the rest alone.
    /// One outcome per row, in order; a bad row never stops the others. At most 1,000 rows a call. Permission <c>imports:run</c>.
    /// </summary>
    Task<Outcome<IReadOnlyList<Outcome<ImportedRegistrant>>>> ImportAsync(
        IReadOnlyList<ImportRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    );
}

/// <summary>A record to be created.</summary>
public sealed record NewRegistrant
{
    /// <summary><see cref="RegistrantKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Values by field id.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>Identifier types of which the registry gives the record a number of its own (<see cref="IIdentifierPool"/>). Up to 5.</summary>
    public IReadOnlyList<string> Generate { get; init; } = [];

    /// <summary>The same key with the same content answers with the record made the first time; other content is a conflict. Up to 100 characters.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Check everything, store nothing; the answer is the record as it would be.</summary>
    public bool DryRun { get; init; }

    public string? Reason { get; init; }

    /// <summary>Since when the values hold in life, as exact as it is known; today when absent.</summary>
    public PartialDate? EffectiveOn { get; init; }

    /// <summary>The open named version that the record joins with what it stands at then. Permission <c>versions:write</c> too.</summary>
    public string? NamedVersion { get; init; }
}

/// <summary>A change of one record.</summary>
public sealed record RegistrantPatch
{
    /// <summary>The version the caller has seen; anything else is refused with <see cref="ProblemKind.PreconditionFailed"/>.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>Values by field id; JSON null removes.</summary>
    public IReadOnlyDictionary<string, JsonElement> Values { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The whole new list of identifiers; absent leaves them.</summary>
    public IReadOnlyList<Identifier>? Identifiers { get; init; }

    /// <summary>Check everything, store nothing; the answer is the record as it would be.</summary>
    public bool DryRun { get; init; }

    public string? Reason { get; init; }

    /// <summary>Since when the change holds in life, as exact as it is known; today when absent.</summary>
    public PartialDate? EffectiveOn { get; init; }

    /// <summary>The open named version that the record joins with what it stands at then, changed or not. Permission <c>versions:write</c> too.</summary>
    public string? NamedVersion { get; init; }
}

/// <summary>A change of a record's status.</summary>
public sealed record StatusChange
{
    /// <summary>The version the caller has seen.</summary>
    public required long ExpectedVersion { get; init; }

    /// <summary>One of <see cref="RegistrantStatuses"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Why, for the history. 1 to 500 printable characters.</summary>
    public required string Reason { get; init; }

    /// <summary>Since when, today when absent. For <c>deceased</c> the day of death: it becomes the value of <c>death_date</c>, or agrees with it.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Check everything, store nothing; the answer is the record as it would be.</summary>
    public bool DryRun { get; init; }
}

/// <summary>How much of a record is wanted.</summary>
public sealed record ReadOptions
{
    /// <summary>Field ids wanted; absent means all the caller may have. An unknown id is a problem.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Of <see cref="Fields"/>: identifiers are shown only when they, or their type, are among them. Otherwise they are shown beside.</summary>
    public bool OnlyNamedIdentifiers { get; init; }

    public bool Attestations { get; init; }

    public bool Memberships { get; init; }

    /// <summary>Parents, guardians, spouses and relations.</summary>
    public bool Relationships { get; init; }

    /// <summary>Of groups: what is computed from their members (fields that are <see cref="FieldView.Computed"/>).</summary>
    public bool Derived { get; init; }

    /// <summary>A past version by number; absent means the current one.</summary>
    public long? Version { get; init; }

    /// <summary>The version with which the record is in this named version.</summary>
    public string? NamedVersion { get; init; }

    /// <summary>The record as the register knew it at this moment (recorded time). Goes together with <see cref="Effective"/>, not with a version.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The record as it was in life on this day, by what the register knows, or knew at <see cref="AsOf"/>.</summary>
    public DateOnly? Effective { get; init; }

    /// <summary>True when something else than what stands now is asked for.</summary>
    public bool IsPast => Version is not null || NamedVersion is not null || AsOf is not null || Effective is not null;

    /// <summary>When records are found by identifiers: only by such as have not expired.</summary>
    public bool CurrentIdentifiersOnly { get; init; }

    public static ReadOptions Default { get; } = new();
}

/// <summary>One row of an import.</summary>
public sealed record ImportRow
{
    public required string Kind { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    /// <summary>At least one; the first finds the record on re-import.</summary>
    public required IReadOnlyList<Identifier> Identifiers { get; init; }

    /// <summary>For an individual: the group she belongs to.</summary>
    public Identifier? Group { get; init; }

    /// <summary>Kinds of the membership in <see cref="Group"/>; <c>member</c> when empty.</summary>
    public IReadOnlyList<string> MembershipKinds { get; init; } = [];

    /// <summary>The open named version that the record joins with what it stands at then, changed or not. Permission <c>versions:write</c> too.</summary>
    public string? NamedVersion { get; init; }
}

/// <summary>What an import did with a row.</summary>
public sealed record ImportedRegistrant(RegistrantId Id, ImportAction Action, long Version);

public enum ImportAction
{
    Created,
    Updated,
    Unchanged,
}
