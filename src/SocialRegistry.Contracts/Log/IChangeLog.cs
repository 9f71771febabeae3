namespace SocialRegistry.Contracts;

/// <summary>
/// The signed log over all that is recorded: change entries, disclosures, the catalogue and areas, as a Merkle tree (RFC 6962) with
/// checkpoints (C2SP <c>tlog-checkpoint</c>). It holds hashes and no value of anybody. Permission <c>log:read</c>, for callers that may
/// know of every record; never for a person.
/// </summary>
public interface IChangeLog
{
    /// <summary>The newest checkpoint; not found before the first.</summary>
    Task<Outcome<LogCheckpointView>> LatestAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>All checkpoints, newest first.</summary>
    Task<Outcome<Page<LogCheckpointView>>> CheckpointsAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Keys that verify checkpoints, as <c>name+id+key</c>, the one that signs now first.</summary>
    Task<Outcome<IReadOnlyList<string>>> KeysAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>A leaf and the proof that the tree of this size holds it.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="size">Leaves of the tree; absent means the newest checkpoint.</param>
    Task<Outcome<InclusionProof>> ProveLeafAsync(
        long index,
        long? size,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>The same for an entry of a record's change log; not found until it is sealed.</summary>
    /// <param name="sequence">1 for the first entry of the record.</param>
    Task<Outcome<InclusionProof>> ProveEntryAsync(
        RegistrantId id,
        long sequence,
        long? size,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>The proof that the tree of one size begins the tree of another.</summary>
    /// <param name="from">At least 1.</param>
    /// <param name="to">At least <paramref name="from"/>; absent means the newest checkpoint.</param>
    Task<Outcome<ConsistencyProof>> ProveConsistencyAsync(
        long from,
        long? to,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// The log in its order, as lines of JSON for an export: what the log is and its keys first, then leaves with what their hashes are made
    /// of, and checkpoints between them. May be verified without the registry.
    /// </summary>
    /// <param name="page">At most 500 leaves; a page may have fewer.</param>
    Task<Outcome<Page<string>>> EntriesAsync(PageRequest page, Caller caller, CancellationToken cancellationToken);
}

/// <summary>A signed tree head.</summary>
/// <param name="Size">Leaves of the tree.</param>
/// <param name="Root">Root hash, base64.</param>
/// <param name="At">When it was signed (UTC); no part of what is signed.</param>
/// <param name="Note">The signed note.</param>
public sealed record LogCheckpointView(long Size, string Root, DateTimeOffset At, string Note);

/// <summary>A leaf.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Kind"><c>change</c>, <c>disclosures</c>, <c>catalogue</c> or <c>area</c>.</param>
/// <param name="Owner">The registrant of a change, the batch of disclosures.</param>
/// <param name="Number">Sequence of the change in the record's log, version of the area; 0 otherwise.</param>
/// <param name="Data">What is hashed, base64: one byte of kind, owner (16), number (8, big-endian), hash of the entry (32).</param>
/// <param name="Hash">SHA-256 over a zero byte and the data, base64.</param>
public sealed record LogLeafView(long Index, string Kind, Guid Owner, long Number, string Data, string Hash);

/// <summary>Proves that a tree holds a leaf (RFC 9162 §2.1.3).</summary>
/// <param name="Size">Leaves of the tree.</param>
/// <param name="Root">Its root, base64.</param>
/// <param name="Hashes">From the leaf to the root, base64.</param>
/// <param name="Checkpoint">The signed note, when there is one of this size.</param>
public sealed record InclusionProof(
    LogLeafView Leaf,
    long Size,
    string Root,
    IReadOnlyList<string> Hashes,
    string? Checkpoint
);

/// <summary>Proves that a tree begins another (RFC 9162 §2.1.4).</summary>
/// <param name="FromRoot">Root of the smaller tree, base64.</param>
/// <param name="ToRoot">Root of the larger tree, base64.</param>
public sealed record ConsistencyProof(long From, string FromRoot, long To, string ToRoot, IReadOnlyList<string> Hashes);
