using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteChangeLog(RemoteCalls calls) : IChangeLog
{
    private readonly V1.ChangeLog.ChangeLogClient client = calls.Channel.ChangeLog;

    public Task<Outcome<LogCheckpointView>> LatestAsync(Caller caller, CancellationToken cancellationToken) =>
        calls.AskAsync(
            o => client.LatestAsync(new V1.LatestCheckpointRequest(), o),
            reply => reply.Checkpoint.ToView(),
            caller,
            cancellationToken
        );

    public Task<Outcome<Page<LogCheckpointView>>> CheckpointsAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ListCheckpointsRequest { Page = page.ToWire() };
        return calls.AskAsync(
            o => client.CheckpointsAsync(request, o),
            reply => reply.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<IReadOnlyList<string>>> KeysAsync(Caller caller, CancellationToken cancellationToken) =>
        calls.AskAsync<V1.ListLogKeysReply, IReadOnlyList<string>>(
            o => client.KeysAsync(new V1.ListLogKeysRequest(), o),
            reply => [.. reply.Keys],
            caller,
            cancellationToken
        );

    public Task<Outcome<InclusionProof>> ProveLeafAsync(
        long index,
        long? size,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ProveLeafRequest { Index = index };
        if (size is { } there)
        {
            request.Size = there;
        }

        return calls.AskAsync(
            o => client.ProveLeafAsync(request, o),
            reply => reply.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<InclusionProof>> ProveEntryAsync(
        RegistrantId id,
        long sequence,
        long? size,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ProveEntryRequest { RegistrantId = id.ToString(), Sequence = sequence };
        if (size is { } there)
        {
            request.Size = there;
        }

        return calls.AskAsync(
            o => client.ProveEntryAsync(request, o),
            reply => reply.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<ConsistencyProof>> ProveConsistencyAsync(
        long from,
        long? to,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ProveConsistencyRequest { From = from };
        if (to is { } there)
        {
            request.To = there;
        }

        return calls.AskAsync(
            o => client.ProveConsistencyAsync(request, o),
            reply => reply.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<Page<string>>> EntriesAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ListLogEntriesRequest { Page = page.ToWire() };
        return calls.AskAsync(o => client.EntriesAsync(request, o), reply => reply.ToView(), caller, cancellationToken);
    }
}
