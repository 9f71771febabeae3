using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace SocialRegistry.Api.Groups;

/// <summary>Several memberships of one group, changed together: first ends, then changes of kinds, then joins. 1 to 500 in all.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChangeMembersRequest
{
    /// <summary>Who leaves.</summary>
    [MaxLength(500)]
    public IReadOnlyList<MemberEndRequest> End { get; init; } = [];

    /// <summary>The whole new kinds of open members.</summary>
    [MaxLength(500)]
    public IReadOnlyList<MemberKindsRequest> Change { get; init; } = [];

    /// <summary>Who joins.</summary>
    [MaxLength(500)]
    public IReadOnlyList<AddMemberRequest> Add { get; init; } = [];

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    [MaxLength(500)]
    public string? Reason { get; init; }

    /// <summary>The day on which those leave whose end names none; today when absent.</summary>
    public DateOnly? EffectiveOn { get; init; }
}

/// <summary>One of several who leave.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MemberEndRequest
{
    /// <summary>The person's registrant id.</summary>
    [Required, MaxLength(36)]
    public required string Member { get; init; }

    /// <summary>A code of the list <c>membership_end_reason</c>.</summary>
    [MaxLength(60)]
    public string? EndReason { get; init; }

    /// <summary>The first day on which the person does not belong any more.</summary>
    public DateOnly? EndedOn { get; init; }
}
