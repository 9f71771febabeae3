using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class ErasuresService(IErasures erasures) : V1.Erasures.ErasuresBase
{
    public override async Task<V1.ErasureReply> Request(V1.RequestErasureRequest request, ServerCallContext context)
    {
        var outcome = await erasures.RequestAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            new NewErasure { Ground = request.Ground, Reason = request.Reason },
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.ErasureReply> Confirm(V1.ErasureRequest request, ServerCallContext context) =>
        (await erasures.ConfirmAsync(Id(request), CallerFeature.Of(context), context.CancellationToken))
            .OrRefuse()
            .ToWire();

    public override async Task<V1.ErasureReply> Refuse(V1.ErasureRequest request, ServerCallContext context) =>
        (await erasures.RefuseAsync(Id(request), CallerFeature.Of(context), context.CancellationToken))
            .OrRefuse()
            .ToWire();

    public override async Task<V1.ErasureReply> Get(V1.ErasureRequest request, ServerCallContext context) =>
        (await erasures.GetAsync(Id(request), CallerFeature.Of(context), context.CancellationToken))
            .OrRefuse()
            .ToWire();

    private static RegistrantId Id(V1.ErasureRequest request) => request.RegistrantId.ToRegistrantId("registrant_id");
}
