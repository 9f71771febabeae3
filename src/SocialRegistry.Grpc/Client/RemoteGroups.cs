using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteGroups(RemoteCalls calls) : IGroups
{
    private readonly V1.Groups.GroupsClient client = calls.Channel.Groups;

    public Task<Outcome<RegistrantView>> CreateAsync(
        NewGroup group,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = group.ToWire(command);
        return calls.AskAsync(
            o => client.CreateAsync(request, o),
            reply =>
                reply.Registrant?.ToView()
                ?? throw UnreadableMessageException.Of("registrant", "required", "expected a registrant"),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<MembershipView>> AddMemberAsync(
        MembershipView membership,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.AddMemberRequest { Membership = membership.ToWire(), Command = command.ToWire() };
        return calls.AskAsync(
            o => client.AddMemberAsync(request, o),
            reply => reply.Membership.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<MembershipView>> ChangeMemberAsync(
        RegistrantId group,
        RegistrantId member,
        MembershipPatch patch,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = patch.ToWire(group, member, command);
        return calls.AskAsync(
            o => client.ChangeMemberAsync(request, o),
            reply => reply.Membership.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<GroupChangeView>> EndMemberAsync(
        RegistrantId group,
        RegistrantId member,
        MembershipEnd end,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = end.ToWire(group, member, command);
        return calls.AskAsync(o => client.EndMemberAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<GroupChangeView>> ChangeMembersAsync(
        RegistrantId group,
        MembersChange change,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = change.ToWire(group, command);
        return calls.AskAsync(o => client.ChangeMembersAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<GroupChangeView>> ChangeHeadAsync(
        RegistrantId group,
        HeadChange change,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = change.ToWire(group, command);
        return calls.AskAsync(o => client.ChangeHeadAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<GroupChangeView>> DissolveAsync(
        RegistrantId group,
        GroupDissolution dissolution,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = dissolution.ToWire(group, command);
        return calls.AskAsync(o => client.DissolveAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<GroupChangeView>> SplitAsync(
        RegistrantId group,
        GroupSplit split,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = split.ToWire(group, command);
        return calls.AskAsync(o => client.SplitAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<GroupChangeView>> MergeAsync(
        RegistrantId group,
        GroupMerge merge,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = merge.ToWire(group, command);
        return calls.AskAsync(o => client.MergeAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<GroupChangeView>> MoveMemberAsync(
        RegistrantId group,
        MemberMove move,
        GroupCommand command,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = move.ToWire(group, command);
        return calls.AskAsync(o => client.MoveMemberAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<Page<MembershipView>>> MembershipsAsync(
        RegistrantId id,
        MembershipQuery query,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = query.ToWire(id, page);
        return calls.AskAsync(
            o => client.MembershipsAsync(request, o),
            reply => reply.ToView(),
            caller,
            cancellationToken
        );
    }

    private static GroupChangeView Read(V1.GroupChangeReply reply) => reply.ToView();
}
