using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Relationships;

/// <summary>
/// Under which conditions a relationship is written. Relationships make no version of a record, so each carries an ETag of its own: its
/// revision, <c>"0"</c> as long as nothing is recorded.
/// </summary>
public sealed record RelationshipConditions
{
    /// <summary>The ETag that was read. Required; stale is 412 with the one that stands.</summary>
    [FromHeader(Name = "If-Match")]
    public string? IfMatch { get; init; }

    /// <summary>All checks run and the answer says what would be; nothing is stored.</summary>
    [FromQuery(Name = "dryRun")]
    public bool? DryRun { get; init; }

    internal bool IsDryRun => DryRun == true;

    internal Outcome<WriteConditions> ToConditions() =>
        Requests
            .ExpectedVersion(IfMatch, "relationships")
            .Map(version => new WriteConditions { ExpectedVersion = version, DryRun = IsDryRun });
}

/// <summary>The same where the relationship may be new.</summary>
public sealed record NewOrKnownConditions
{
    /// <summary>The ETag that was read, <c>"0"</c> for what is new. Required unless <c>If-None-Match</c> is sent; stale is 412 with the one that stands.</summary>
    [FromHeader(Name = "If-Match")]
    public string? IfMatch { get; init; }

    /// <summary><c>*</c> in place of <c>If-Match: "0"</c>: nothing is recorded yet.</summary>
    [FromHeader(Name = "If-None-Match")]
    public string? IfNoneMatch { get; init; }

    /// <summary>All checks run and the answer says what would be; nothing is stored.</summary>
    [FromQuery(Name = "dryRun")]
    public bool? DryRun { get; init; }

    internal bool IsDryRun => DryRun == true;

    internal Outcome<long> Expected() => Requests.ExpectedOrNone(IfMatch, IfNoneMatch, "relationships");
}

/// <summary>Under which conditions a relation is added.</summary>
public sealed record AddConditions
{
    /// <summary>The same key with the same content answers as the first time. Up to 100 characters.</summary>
    [FromHeader(Name = "Idempotency-Key")]
    public string? IdempotencyKey { get; init; }

    /// <summary>All checks run and the answer says what would be; nothing is stored.</summary>
    [FromQuery(Name = "dryRun")]
    public bool? DryRun { get; init; }

    internal bool IsDryRun => DryRun == true;
}
