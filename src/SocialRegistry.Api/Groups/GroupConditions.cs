using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Groups;

/// <summary>Under which conditions a group is changed: headers and the dry run.</summary>
public sealed record GroupConditions
{
    /// <summary>The group's ETag: each change of its values or members gives it another. Required; stale is 412 with the one that stands.</summary>
    [FromHeader(Name = "If-Match")]
    public string? IfMatch { get; init; }

    /// <summary>The same key with the same content answers as the first time. Up to 100 characters.</summary>
    [FromHeader(Name = "Idempotency-Key")]
    public string? IdempotencyKey { get; init; }

    /// <summary>All checks run and the answer says what would be; nothing is stored.</summary>
    [FromQuery(Name = "dryRun")]
    public bool? DryRun { get; init; }

    internal Outcome<GroupCommand> ToCommand(string? reason, DateOnly? effectiveOn)
    {
        return Requests
            .ExpectedVersion(IfMatch)
            .Map(version => new GroupCommand
            {
                ExpectedVersion = version,
                IdempotencyKey = IdempotencyKey,
                DryRun = DryRun == true,
                Reason = reason,
                EffectiveOn = effectiveOn,
            });
    }
}

/// <summary>Under which conditions a group is stored.</summary>
public sealed record NewGroupConditions
{
    /// <summary>The same key with the same content answers as the first time. Up to 100 characters.</summary>
    [FromHeader(Name = "Idempotency-Key")]
    public string? IdempotencyKey { get; init; }

    /// <summary>All checks run and the answer says what would be; nothing is stored.</summary>
    [FromQuery(Name = "dryRun")]
    public bool? DryRun { get; init; }
}

/// <summary>Which memberships: the open ones when nothing is said.</summary>
public sealed record MembershipsQuery
{
    /// <summary>Those that held on this day, <c>YYYY-MM-DD</c>.</summary>
    [FromQuery(Name = "at")]
    public DateOnly? At { get; init; }

    /// <summary>Past ones too; not together with <c>at</c>.</summary>
    [FromQuery(Name = "all")]
    public bool? All { get; init; }

    internal MembershipQuery ToQuery() => new() { At = At, All = All == true };
}

/// <summary>Which fields of the members are wanted beside their memberships.</summary>
public sealed record MemberFieldsQuery
{
    /// <summary>Field ids, separated by commas; absent: memberships only.</summary>
    [FromQuery(Name = "fields"), MaxLength(2000)]
    public string? Fields { get; init; }

    internal IReadOnlyList<string>? ToFields() =>
        Fields?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A person leaves.</summary>
public sealed record EndMemberQuery
{
    /// <summary>A code of the list <c>membership_end_reason</c>.</summary>
    [FromQuery(Name = "reason"), RegularExpression("^[a-z_]{1,60}$")]
    public string? Reason { get; init; }

    /// <summary>The first day on which she does not belong any more; today when absent.</summary>
    [FromQuery(Name = "endedOn")]
    public DateOnly? EndedOn { get; init; }

    /// <summary>When the head leaves: the member who is head from then on.</summary>
    [FromQuery(Name = "newHead"), MaxLength(36)]
    public string? NewHead { get; init; }
}
