namespace SocialRegistry.Contracts;

/// <summary>
/// Who belongs to which group, and what happens to households. Groups themselves are registrants of kind <c>group</c>. Every change is one
/// transaction with entries in the change logs of all records it concerns. Permission <c>registrants:write</c>, and memberships in the
/// caller's fields.
/// </summary>
public interface IGroups
{
    /// <summary>Stores a new group with its first members.</summary>
    Task<Outcome<RegistrantView>> CreateAsync(
        NewGroup group,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Puts an individual into a group. At most one open head per group, and one membership of a person in it at any time.</summary>
    Task<Outcome<MembershipView>> AddMemberAsync(
        MembershipView membership,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Changes kinds or period of an open membership.</summary>
    Task<Outcome<MembershipView>> ChangeMemberAsync(
        RegistrantId group,
        RegistrantId member,
        MembershipPatch patch,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Ends an open membership: the person leaves the group.</summary>
    Task<Outcome<GroupChangeView>> EndMemberAsync(
        RegistrantId group,
        RegistrantId member,
        MembershipEnd end,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Changes several memberships of a group at once, all or none: for large groups, which no household operation takes.</summary>
    Task<Outcome<GroupChangeView>> ChangeMembersAsync(
        RegistrantId group,
        MembersChange change,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Moves a person from this group to another.</summary>
    Task<Outcome<GroupChangeView>> MoveMemberAsync(
        RegistrantId group,
        MemberMove move,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Some members leave this group and make a new one.</summary>
    Task<Outcome<GroupChangeView>> SplitAsync(
        RegistrantId group,
        GroupSplit split,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>All members of another group come into this one; the other gets the status <c>merged</c> and says into which.</summary>
    Task<Outcome<GroupChangeView>> MergeAsync(
        RegistrantId group,
        GroupMerge merge,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Another member becomes head; the head before stays a member.</summary>
    Task<Outcome<GroupChangeView>> ChangeHeadAsync(
        RegistrantId group,
        HeadChange change,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Ends all memberships; the group gets the status <c>inactive</c>.</summary>
    Task<Outcome<GroupChangeView>> DissolveAsync(
        RegistrantId group,
        GroupDissolution dissolution,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Memberships of a group, or of an individual, in the order in which they were stored (to the millisecond). Permission <c>registrants:read</c>.</summary>
    Task<Outcome<Page<MembershipView>>> MembershipsAsync(
        RegistrantId id,
        MembershipQuery query,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );
}

/// <summary>Short forms of calls.</summary>
public static class GroupCalls
{
    /// <summary>Puts an individual into a group, without conditions.</summary>
    public static Task<Outcome<MembershipView>> AddMemberAsync(
        this IGroups groups,
        MembershipView membership,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(groups);
        return groups.AddMemberAsync(membership, GroupCommand.Plain, caller, cancellationToken);
    }
}
