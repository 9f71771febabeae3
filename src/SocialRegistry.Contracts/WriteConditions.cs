namespace SocialRegistry.Contracts;

/// <summary>
/// Under which conditions something is written; those of groups are <see cref="GroupCommand"/>. Where a call's own message states the version
/// that was seen, that one counts.
/// </summary>
public sealed record WriteConditions
{
    /// <summary>The version or revision that the caller has seen; another one that stands is <see cref="ProblemKind.PreconditionFailed"/>. Absent: any.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>The same key with the same content answers as the first time; other content is a conflict. Up to 100 characters.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>All checks run and the answer says what would be; nothing is stored.</summary>
    public bool DryRun { get; init; }

    /// <summary>No conditions.</summary>
    public static WriteConditions None { get; } = new();
}
