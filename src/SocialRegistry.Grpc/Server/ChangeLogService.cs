using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class ChangeLogService(IChangeLog log) : V1.ChangeLog.ChangeLogBase
{
    public override async Task<V1.LatestCheckpointReply> Latest(
        V1.LatestCheckpointRequest request,
        ServerCallContext context
    )
    {
        var outcome = await log.LatestAsync(CallerFeature.Of(context), context.CancellationToken);
        return new V1.LatestCheckpointReply { Checkpoint = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.ListCheckpointsReply> Checkpoints(
        V1.ListCheckpointsRequest request,
        ServerCallContext context
    ) =>
        (await log.CheckpointsAsync(request.Page.ToRequest(), CallerFeature.Of(context), context.CancellationToken))
            .OrRefuse()
            .ToWire();

    public override async Task<V1.ListLogKeysReply> Keys(V1.ListLogKeysRequest request, ServerCallContext context)
    {
        var outcome = await log.KeysAsync(CallerFeature.Of(context), context.CancellationToken);
        return new V1.ListLogKeysReply { Keys = { outcome.OrRefuse() } };
    }

    public override async Task<V1.InclusionReply> ProveLeaf(V1.ProveLeafRequest request, ServerCallContext context) =>
        (
            await log.ProveLeafAsync(
                request.Index,
                request.HasSize ? request.Size : null,
                CallerFeature.Of(context),
                context.CancellationToken
            )
        )
            .OrRefuse()
            .ToWire();

    public override async Task<V1.InclusionReply> ProveEntry(V1.ProveEntryRequest request, ServerCallContext context) =>
        (
            await log.ProveEntryAsync(
                request.RegistrantId.ToRegistrantId("registrant_id"),
                request.Sequence,
                request.HasSize ? request.Size : null,
                CallerFeature.Of(context),
                context.CancellationToken
            )
        )
            .OrRefuse()
            .ToWire();

    public override async Task<V1.ConsistencyReply> ProveConsistency(
        V1.ProveConsistencyRequest request,
        ServerCallContext context
    ) =>
        (
            await log.ProveConsistencyAsync(
                request.From,
                request.HasTo ? request.To : null,
                CallerFeature.Of(context),
                context.CancellationToken
            )
        )
            .OrRefuse()
            .ToWire();

    public override async Task<V1.ListLogEntriesReply> Entries(
        V1.ListLogEntriesRequest request,
        ServerCallContext context
    ) =>
        (await log.EntriesAsync(request.Page.ToRequest(), CallerFeature.Of(context), context.CancellationToken))
            .OrRefuse()
            .ToWire();
}
