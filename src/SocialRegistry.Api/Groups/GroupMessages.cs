using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Groups;

/// <summary>A group to be stored, with its first members.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateGroupRequest
{
    /// <summary>Values by field id. What is computed, such as <c>group_size</c>, is refused.</summary>
    [Required]
    public required Dictionary<string, JsonElement> Values { get; init; }

    [MaxLength(20)]
    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    [MaxLength(500)]
    public IReadOnlyList<AddMemberRequest> Members { get; init; } = [];

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    [MaxLength(500)]
    public string? Reason { get; init; }

    /// <summary>Since when it holds in life; today when absent.</summary>
    public DateOnly? EffectiveOn { get; init; }
}

/// <summary>A person who joins a group.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AddMemberRequest
{
    /// <summary>The person's registrant id.</summary>
    [Required, MaxLength(36)]
    public required string Member { get; init; }

    /// <summary>Codes of the list <c>membership_kind</c> such as <c>head</c>, <c>recipient</c>; <c>member</c> when empty.</summary>
    [MaxLength(5)]
    public IReadOnlyList<string> Kinds { get; init; } = [];

    public DateOnly? StartedOn { get; init; }

    /// <summary>The first day after it, for a membership of the past. Not when a group is stored.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>A code of the list <c>membership_end_reason</c>; with <c>endedOn</c> only.</summary>
    [MaxLength(60)]
    public string? EndReason { get; init; }
}

/// <summary>A change of an open membership; what is absent stays.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChangeMemberRequest
{
    /// <summary>The whole new list.</summary>
    [MaxLength(5)]
    public IReadOnlyList<string>? Kinds { get; init; }

    public DateOnly? StartedOn { get; init; }

    /// <summary>The first day on which the person does not belong any more.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    [MaxLength(500)]
    public string? Reason { get; init; }
}

/// <summary>A person leaves a group.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ExitRequest
{
    [Required, MaxLength(36)]
    public required string Member { get; init; }

    /// <summary>A code of the list <c>membership_end_reason</c>.</summary>
    [MaxLength(60)]
    public string? EndReason { get; init; }

    /// <summary>The first day on which the person does not belong any more; today when absent.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>When the head leaves: the member who is head from then on.</summary>
    [MaxLength(36)]
    public string? NewHead { get; init; }

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    [MaxLength(500)]
    public string? Reason { get; init; }
}

/// <summary>A person goes to another group.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MoveRequest
{
    [Required, MaxLength(36)]
    public required string Member { get; init; }

    /// <summary>The group's registrant id.</summary>
    [Required, MaxLength(36)]
    public required string ToGroup { get; init; }

    /// <summary>Kinds in the new group; <c>member</c> when empty.</summary>
    [MaxLength(5)]
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>When the head goes: who is head of those who stay.</summary>
    [MaxLength(36)]
    public string? NewHead { get; init; }

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    [MaxLength(500)]
    public string? Reason { get; init; }

    /// <summary>The day of the move; today when absent.</summary>
    public DateOnly? EffectiveOn { get; init; }
}

/// <summary>The kinds of one member.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MemberKindsRequest
{
    [Required, MaxLength(36)]
    public required string Member { get; init; }

    [MaxLength(5)]
    public IReadOnlyList<string> Kinds { get; init; } = [];
}

/// <summary>Members leave and make a new group.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SplitRequest
{
    /// <summary>Who leaves, with their kinds in the new group.</summary>
    [Required, MinLength(1), MaxLength(500)]
    public required IReadOnlyList<MemberKindsRequest> Members { get; init; }

    /// <summary>One of them, head of the new group. Households need one.</summary>
    [MaxLength(36)]
    public string? Head { get; init; }

    /// <summary>When the head leaves: who is head of those who stay.</summary>
    [MaxLength(36)]
    public string? NewHead { get; init; }

    /// <summary>Values of the new group by field id.</summary>
    public Dictionary<string, JsonElement> Values { get; init; } = [];

    /// <summary>Fields whose value is taken along where <c>values</c> says nothing; absent: <c>group_type</c> and <c>area</c>.</summary>
    [MaxLength(100)]
    public IReadOnlyList<string>? Take { get; init; }

    /// <summary>Identifiers of the new group.</summary>
    [MaxLength(20)]
    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    [MaxLength(500)]
    public string? Reason { get; init; }

    /// <summary>The day of the split; today when absent.</summary>
    public DateOnly? EffectiveOn { get; init; }
}

/// <summary>Another group comes into this one.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MergeRequest
{
    /// <summary>The group that ends: its registrant id.</summary>
    [Required, MaxLength(36)]
    public required string Other { get; init; }

    /// <summary>A member of either, head afterwards. Needed when either has a head.</summary>
    [MaxLength(36)]
    public string? Head { get; init; }

    /// <summary>Kinds of members whose kinds do not stay as they are.</summary>
    [MaxLength(500)]
    public IReadOnlyList<MemberKindsRequest> Kinds { get; init; } = [];

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    [MaxLength(500)]
    public string? Reason { get; init; }

    /// <summary>The day of the merger; today when absent.</summary>
    public DateOnly? EffectiveOn { get; init; }
}

/// <summary>Another member becomes head.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChangeHeadRequest
{
    [Required, MaxLength(36)]
    public required string Head { get; init; }

    /// <summary>Kinds of members whose kinds do not stay as they are: <c>spouse</c> and <c>child</c> are said of the head.</summary>
    [MaxLength(500)]
    public IReadOnlyList<MemberKindsRequest> Kinds { get; init; } = [];

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    [MaxLength(500)]
    public string? Reason { get; init; }

    /// <summary>Since when; today when absent.</summary>
    public DateOnly? EffectiveOn { get; init; }
}

/// <summary>A group ends.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DissolveRequest
{
    /// <summary>A code of the list <c>membership_end_reason</c>; <c>dissolved</c> when absent.</summary>
    [MaxLength(60)]
    public string? EndReason { get; init; }

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    [MaxLength(500)]
    public string? Reason { get; init; }

    /// <summary>The day of the end; today when absent.</summary>
    public DateOnly? EffectiveOn { get; init; }
}
