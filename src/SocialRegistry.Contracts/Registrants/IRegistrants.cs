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
    /// The active records that carry these identifiers, in the order asked, <c>null</c> where there is none or none for this caller.
    /// At most 1,000 a call. An unknown identifier type is a problem, not an empty answer. Permission <c>registrants:read</c>.
    /// </summary>
    Task<Outcome<IReadOnlyList<RegistrantView?>>> FindAsync(
        IReadOnlyList<Identifier> identifiers,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    );

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

    public string? Reason { get; init; }

    /// <summary>Since when the values hold in life; today when absent.</summary>
    public DateOnly? EffectiveOn { get; init; }
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

    public string? Reason { get; init; }

    public DateOnly? EffectiveOn { get; init; }
}

/// <summary>How much of a record is wanted.</summary>
public sealed record ReadOptions
{
    /// <summary>Field ids wanted; absent means all the caller may have. An unknown id is a problem.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    public bool Attestations { get; init; }

    public bool Memberships { get; init; }

    /// <summary>A past version by number; absent means the current one.</summary>
    public long? Version { get; init; }

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
}

/// <summary>What an import did with a row.</summary>
public sealed record ImportedRegistrant(RegistrantId Id, ImportAction Action, long Version);

public enum ImportAction
{
    Created,
    Updated,
    Unchanged,
}
