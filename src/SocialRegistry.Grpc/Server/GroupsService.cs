using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class GroupsService(IGroups groups) : V1.Groups.GroupsBase
{
    public override async Task<V1.AddMemberReply> AddMember(V1.AddMemberRequest request, ServerCallContext context)
    {
        var outcome = await groups.AddMemberAsync(
            request.Membership.ToView(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.AddMemberReply { Membership = outcome.OrRefuse().ToWire() };
    }
}
