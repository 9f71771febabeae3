using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class GroupsService(IGroups groups) : V1.Groups.GroupsBase
{
    public override async Task<V1.CreateGroupReply> Create(V1.CreateGroupRequest request, ServerCallContext context)
    {
        var outcome = await groups.CreateAsync(
            request.ToRequest(),
            request.Command.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.CreateGroupReply { Registrant = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.AddMemberReply> AddMember(V1.AddMemberRequest request, ServerCallContext context)
    {
        var outcome = await groups.AddMemberAsync(
            request.Membership.ToView(),
            request.Command.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.AddMemberReply { Membership = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.ChangeMemberReply> ChangeMember(
        V1.ChangeMemberRequest request,
        ServerCallContext context
    )
    {
        var outcome = await groups.ChangeMemberAsync(
            request.GroupId.ToRegistrantId("group_id"),
            request.MemberId.ToRegistrantId("member_id"),
            request.ToRequest(),
            request.Command.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.ChangeMemberReply { Membership = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.GroupChangeReply> EndMember(V1.EndMemberRequest request, ServerCallContext context)
    {
        var outcome = await groups.EndMemberAsync(
            request.GroupId.ToRegistrantId("group_id"),
            request.MemberId.ToRegistrantId("member_id"),
            request.ToRequest(),
            request.Command.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.GroupChangeReply> ChangeMembers(
        V1.ChangeMembersRequest request,
        ServerCallContext context
    )
    {
        var outcome = await groups.ChangeMembersAsync(
            request.GroupId.ToRegistrantId("group_id"),
            request.ToRequest(),
            request.Command.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.GroupChangeReply> ChangeHead(V1.ChangeHeadRequest request, ServerCallContext context)
    {
        var outcome = await groups.ChangeHeadAsync(
            request.GroupId.ToRegistrantId("group_id"),
            request.ToRequest(),
            request.Command.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.GroupChangeReply> Dissolve(V1.DissolveGroupRequest request, ServerCallContext context)
    {
        var outcome = await groups.DissolveAsync(
            request.GroupId.ToRegistrantId("group_id"),
            request.ToRequest(),
            request.Command.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.GroupChangeReply> Split(V1.SplitGroupRequest request, ServerCallContext context)
    {
        var outcome = await groups.SplitAsync(
            request.GroupId.ToRegistrantId("group_id"),
            request.ToRequest(),
            request.Command.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.GroupChangeReply> Merge(V1.MergeGroupsRequest request, ServerCallContext context)
    {
        var outcome = await groups.MergeAsync(
            request.GroupId.ToRegistrantId("group_id"),
            request.ToRequest(),
            request.Command.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.GroupChangeReply> MoveMember(V1.MoveMemberRequest request, ServerCallContext context)
    {
        var outcome = await groups.MoveMemberAsync(
            request.GroupId.ToRegistrantId("group_id"),
            request.ToRequest(),
            request.Command.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.ListMembershipsReply> Memberships(
        V1.ListMembershipsRequest request,
        ServerCallContext context
    )
    {
        var outcome = await groups.MembershipsAsync(
            request.Id.ToRegistrantId("id"),
            request.ToRequest(),
            request.Page.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }
}
