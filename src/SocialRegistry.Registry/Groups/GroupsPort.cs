using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Groups;

/// <summary>The port: each call goes to its action.</summary>
internal sealed class GroupsPort(
    CreateGroup create,
    ChangeMembers members,
    ChangeManyMembers many,
    SplitGroup split,
    MergeGroups merge,
    ChangeHead head,
    DissolveGroup dissolve,
    ListMemberships list
) : IGroups
{
    public Task<Outcome<RegistrantView>> CreateAsync(
        NewGroup group,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) => create.HandleAsync(group, command, caller, cancellationToken);

    public Task<Outcome<MembershipView>> AddMemberAsync(
        MembershipView membership,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) => members.AddAsync(membership, command, caller, cancellationToken);

    public Task<Outcome<MembershipView>> ChangeMemberAsync(
        RegistrantId group,
        RegistrantId member,
        MembershipPatch patch,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) => members.ChangeAsync(group, member, patch, command, caller, cancellationToken);

    public Task<Outcome<GroupChangeView>> EndMemberAsync(
        RegistrantId group,
        RegistrantId member,
        MembershipEnd end,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) => members.EndAsync(group, member, end, command, caller, cancellationToken);

    public Task<Outcome<GroupChangeView>> ChangeMembersAsync(
        RegistrantId group,
        MembersChange change,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) => many.HandleAsync(group, change, command, caller, cancellationToken);

    public Task<Outcome<GroupChangeView>> MoveMemberAsync(
        RegistrantId group,
        MemberMove move,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) => members.MoveAsync(group, move, command, caller, cancellationToken);

    public Task<Outcome<GroupChangeView>> SplitAsync(
        RegistrantId group,
        GroupSplit groupSplit,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) => split.HandleAsync(group, groupSplit, command, caller, cancellationToken);

    public Task<Outcome<GroupChangeView>> MergeAsync(
        RegistrantId group,
        GroupMerge groupMerge,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) => merge.HandleAsync(group, groupMerge, command, caller, cancellationToken);

    public Task<Outcome<GroupChangeView>> ChangeHeadAsync(
        RegistrantId group,
        HeadChange change,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) => head.HandleAsync(group, change, command, caller, cancellationToken);

    public Task<Outcome<GroupChangeView>> DissolveAsync(
        RegistrantId group,
        GroupDissolution dissolution,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    ) => dissolve.HandleAsync(group, dissolution, command, caller, cancellationToken);

    public Task<Outcome<Page<MembershipView>>> MembershipsAsync(
        RegistrantId id,
        MembershipQuery query,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => list.HandleAsync(id, query, page, caller, cancellationToken);
}
