using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class RelationTypesService(IRelationTypes types) : V1.RelationTypes.RelationTypesBase
{
    public override async Task<V1.ListRelationTypesReply> List(
        V1.ListRelationTypesRequest request,
        ServerCallContext context
    )
    {
        var listed = await types.ListAsync(context.CancellationToken);
        return new V1.ListRelationTypesReply { Types_ = { listed.Select(t => t.ToWire()) } };
    }

    public override async Task<V1.SaveRelationTypeReply> Save(
        V1.SaveRelationTypeRequest request,
        ServerCallContext context
    )
    {
        var outcome = await types.SaveAsync(
            request.Type.ToView(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.SaveRelationTypeReply { Type = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.ListRelationTypeHistoryReply> ListHistory(
        V1.ListRelationTypeHistoryRequest request,
        ServerCallContext context
    ) =>
        (
            await types.ListHistoryAsync(
                request.Code,
                request.Page.ToRequest(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        )
            .OrRefuse()
            .ToWire();
}
