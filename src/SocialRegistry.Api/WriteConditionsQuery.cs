using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api;

/// <summary>Whether a write is only tried.</summary>
public sealed record DryRunQuery
{
    /// <summary>All checks run and the answer says what would be; nothing is stored.</summary>
    [FromQuery(Name = "dryRun")]
    public bool? DryRun { get; init; }

    internal bool IsDryRun => DryRun == true;

    internal WriteConditions ToConditions() => new() { DryRun = IsDryRun };
}

/// <summary>The same of a write that may be sent again.</summary>
public sealed record RepeatableQuery
{
    /// <summary>The same key with the same content answers as the first time. Up to 100 characters.</summary>
    [FromHeader(Name = "Idempotency-Key")]
    public string? IdempotencyKey { get; init; }

    /// <summary>All checks run and the answer says what would be; nothing is stored.</summary>
    [FromQuery(Name = "dryRun")]
    public bool? DryRun { get; init; }

    internal bool IsDryRun => DryRun == true;

    internal WriteConditions ToConditions() => new() { IdempotencyKey = IdempotencyKey, DryRun = IsDryRun };
}
