using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>Under which conditions a group is changed.</summary>
public sealed record GroupCommand
{
    /// <summary>The group's version that the caller has seen; another one that stands is <see cref="ProblemKind.PreconditionFailed"/>. Absent: any. Each change of memberships moves it.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>The same key with the same content answers as the first time; other content is a conflict. Up to 100 characters.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>All checks run and the answer says what would be; nothing is stored. Ids of new records are made up.</summary>
    public bool DryRun { get; init; }

    /// <summary>Why, for the change logs. Up to 500 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>The day from which it holds in life, at most tomorrow; today when absent.</summary>
    public DateOnly? EffectiveOn { get; init; }

    public static GroupCommand Plain { get; } = new();
}

/// <summary>A group to be stored.</summary>
public sealed record NewGroup
{
    /// <summary>Values by field id.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>At most 500.</summary>
    public IReadOnlyList<NewMember> Members { get; init; } = [];
}

/// <summary>A person who joins.</summary>
public sealed record NewMember
{
    public required RegistrantId Member { get; init; }

    /// <summary>Codes of the list <c>membership_kind</c>; <c>member</c> when empty.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    public DateOnly? StartedOn { get; init; }
}

/// <summary>A change of an open membership; what is absent stays.</summary>
public sealed record MembershipPatch
{
    /// <summary>The whole new list.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    public DateOnly? StartedOn { get; init; }

    /// <summary>Set: the membership is no longer open.</summary>
    public DateOnly? EndedOn { get; init; }
}

/// <summary>A person leaves a group.</summary>
public sealed record MembershipEnd
{
    /// <summary>A code of the list <c>membership_end_reason</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>The first day on which she does not belong any more; the command's day when absent.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>When the head leaves: the member who is head from then on.</summary>
    public RegistrantId? NewHead { get; init; }
}

/// <summary>A person goes to another group, on the command's day.</summary>
public sealed record MemberMove
{
    public required RegistrantId Member { get; init; }

    public required RegistrantId ToGroup { get; init; }

    /// <summary>Her kinds there; <c>member</c> when empty. Those of the group she leaves are not taken along.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>When the head goes: who is head of those who stay.</summary>
    public RegistrantId? NewHead { get; init; }
}

/// <summary>Members leave and make a group of their own, on the command's day.</summary>
public sealed record GroupSplit
{
    /// <summary>Who leaves: 1 to 500, not all. Kinds are those in the new group; <c>member</c> when empty.</summary>
    public required IReadOnlyList<MemberKinds> Members { get; init; }

    /// <summary>One of them, head of the new group. Households need one.</summary>
    public RegistrantId? Head { get; init; }

    /// <summary>When the head leaves: who is head of those who stay.</summary>
    public RegistrantId? NewHead { get; init; }

    /// <summary>Values of the new group by field id.</summary>
    public IReadOnlyDictionary<string, JsonElement> Values { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>Fields whose value is taken along where <see cref="Values"/> says nothing; absent: <c>group_type</c> and <c>area</c>.</summary>
    public IReadOnlyList<string>? Take { get; init; }

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];
}

/// <summary>Two groups become one, on the command's day.</summary>
public sealed record GroupMerge
{
    /// <summary>The group that ends.</summary>
    public required RegistrantId Other { get; init; }

    /// <summary>A member of either, head afterwards. Needed when either has a head.</summary>
    public RegistrantId? Head { get; init; }

    /// <summary>Kinds in the one group, for members whose kinds do not stay as they are.</summary>
    public IReadOnlyList<MemberKinds> Kinds { get; init; } = [];
}

/// <summary>Another member becomes head.</summary>
public sealed record HeadChange
{
    public required RegistrantId Head { get; init; }

    /// <summary>Kinds of members whose kinds do not stay as they are: <c>spouse</c> and <c>child</c> are said of the head. Without an entry the former head keeps her other kinds, or is a <c>member</c>.</summary>
    public IReadOnlyList<MemberKinds> Kinds { get; init; } = [];
}

/// <summary>A group ends.</summary>
public sealed record GroupDissolution
{
    /// <summary>A code of the list <c>membership_end_reason</c>; <c>dissolved</c> when absent.</summary>
    public string? Reason { get; init; }
}

/// <summary>
/// Several memberships of one group, changed in one call: first those end that end, then kinds change, then the others join. At most 500
/// in all, whatever the size of the group.
/// </summary>
public sealed record MembersChange
{
    /// <summary>Who leaves.</summary>
    public IReadOnlyList<MemberEnd> End { get; init; } = [];

    /// <summary>The whole new kinds of open members.</summary>
    public IReadOnlyList<MemberKinds> Change { get; init; } = [];

    /// <summary>Who joins.</summary>
    public IReadOnlyList<NewMember> Add { get; init; } = [];
}

/// <summary>The end of one open membership among several.</summary>
public sealed record MemberEnd
{
    public required RegistrantId Member { get; init; }

    /// <summary>A code of the list <c>membership_end_reason</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>The first day on which she does not belong any more; the command's day when absent.</summary>
    public DateOnly? EndedOn { get; init; }
}

/// <summary>The kinds of one member.</summary>
public sealed record MemberKinds
{
    public required RegistrantId Member { get; init; }

    public IReadOnlyList<string> Kinds { get; init; } = [];
}

/// <summary>Which memberships are wanted: the open ones when nothing is said.</summary>
public sealed record MembershipQuery
{
    /// <summary>Those that held on this day.</summary>
    public DateOnly? At { get; init; }

    /// <summary>Past ones too; not together with <see cref="At"/>.</summary>
    public bool All { get; init; }
}

/// <summary>What a change of groups did, or would do.</summary>
public sealed record GroupChangeView
{
    /// <summary>The groups concerned as they stand afterwards.</summary>
    public required IReadOnlyList<GroupStateView> Groups { get; init; }

    /// <summary>The memberships that ended, changed or began.</summary>
    public required IReadOnlyList<MembershipView> Memberships { get; init; }

    /// <summary>After a split: the group that was made.</summary>
    public RegistrantId? NewGroup { get; init; }

    public bool DryRun { get; init; }
}

/// <summary>How a group stands.</summary>
/// <param name="Id">The group.</param>
/// <param name="Version">The <c>ETag</c> of its record.</param>
/// <param name="Status">The status of its record.</param>
/// <param name="MergedInto">With the status <c>merged</c>: the group that its members are in now.</param>
public sealed record GroupStateView(RegistrantId Id, long Version, string Status, RegistrantId? MergedInto);
