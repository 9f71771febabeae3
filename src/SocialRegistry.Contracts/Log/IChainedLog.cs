namespace SocialRegistry.Contracts;

/// <summary>
/// A log that a module keeps beside the registry's own, such as who may do what. Its entries are chained by their hashes; the registry
/// seals them with its own log, and <c>verify-log</c> compares both.
/// </summary>
public interface IChainedLog
{
    /// <summary>One lower-case word, never changed: the log's entries are sealed under it.</summary>
    string Name { get; }

    /// <summary>The entries behind a number, in their order.</summary>
    /// <param name="after">0 for all.</param>
    IAsyncEnumerable<ChainedEntry> ReadAsync(long after, CancellationToken cancellationToken);
}

/// <summary>An entry of a chained log, without its content.</summary>
/// <param name="Number">From 1 without gaps.</param>
/// <param name="Hash">SHA-256, as it is stored with the entry.</param>
/// <param name="Holds">True when the hash follows from the stored content.</param>
/// <param name="Follows">True when it continues the entry before.</param>
public sealed record ChainedEntry(long Number, byte[] Hash, bool Holds, bool Follows);
