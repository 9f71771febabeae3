using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class ChangeRequestsService(IChangeRequests requests) : V1.ChangeRequests.ChangeRequestsBase
{
    public override async Task<V1.ChangeRequestReply> Create(
        V1.CreateChangeRequestRequest request,
        ServerCallContext context
    )
    {
        var outcome = await requests.CreateAsync(
            request.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToReply();
    }

    public override async Task<V1.ChangeRequestReply> Update(
        V1.UpdateChangeRequestRequest request,
        ServerCallContext context
    )
    {
        var outcome = await requests.UpdateAsync(
            request.Id.ToChangeRequestId("id"),
            request.ToEdit(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToReply();
    }

    public override async Task<V1.ChangeRequestReply> Act(
        V1.ActOnChangeRequestRequest request,
        ServerCallContext context
    )
    {
        var outcome = await requests.ActAsync(
            request.Id.ToChangeRequestId("id"),
            request.ToStep(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToReply();
    }

    public override async Task<V1.ChangeRequestReply> Get(V1.GetChangeRequestRequest request, ServerCallContext context)
    {
        var outcome = await requests.GetAsync(
            request.Id.ToChangeRequestId("id"),
            request.Fields?.Items,
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToReply();
    }

    public override async Task<V1.ListChangeRequestsReply> List(
        V1.ListChangeRequestsRequest request,
        ServerCallContext context
    )
    {
        var outcome = await requests.ListAsync(
            request.ToQuery(),
            request.Page.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }
}
