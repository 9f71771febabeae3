using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteRegistrants(RemoteCalls calls) : IRegistrants
{
    private readonly V1.Registrants.RegistrantsClient client = calls.Channel.Registrants;

    public Task<Outcome<RegistrantView>> CreateAsync(
        NewRegistrant registrant,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = registrant.ToWire();
        return calls.AskAsync(o => client.CreateAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<RegistrantView>> GetAsync(
        RegistrantId id,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.GetRegistrantRequest { Id = id.ToString(), Options = options.ToWire() };
        return calls.AskAsync(o => client.GetAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<RegistrantView>> UpdateAsync(
        RegistrantId id,
        RegistrantPatch patch,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = patch.ToWire(id);
        return calls.AskAsync(o => client.UpdateAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<RegistrantView>> ChangeStatusAsync(
        RegistrantId id,
        StatusChange change,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = change.ToWire(id);
        return calls.AskAsync(o => client.ChangeStatusAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<Done>> ArchiveAsync(
        RegistrantId id,
        long expectedVersion,
        string reason,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ArchiveRegistrantRequest
        {
            Id = id.ToString(),
            ExpectedVersion = expectedVersion,
            Reason = reason,
        };
        return calls.AskAsync(o => client.ArchiveAsync(request, o), _ => default(Done), caller, cancellationToken);
    }

    public Task<Outcome<IReadOnlyList<RegistrantView?>>> FindAsync(
        IReadOnlyList<Identifier> identifiers,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.FindRegistrantsRequest
        {
            Identifiers = { identifiers.Select(i => i.ToWire()) },
            Options = options.ToWire(),
        };
        return calls.CollectAsync(
            o => client.Find(request, o),
            reply => reply.Registrant?.ToView(),
            identifiers.Count,
            GrpcLimits.Deadline,
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<IReadOnlyList<RegistrantView?>>> GetManyAsync(
        IReadOnlyList<RegistrantId> ids,
        ReadOptions options,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.GetRegistrantsRequest
        {
            Ids = { ids.Select(i => i.ToString()) },
            Options = options.ToWire(),
        };
        return calls.CollectAsync(
            o => client.GetMany(request, o),
            reply => reply.Registrant?.ToView(),
            ids.Count,
            GrpcLimits.Deadline,
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<SearchPage>> SearchAsync(
        SearchRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var wire = request.ToWire();
        return calls.GatherAsync(o => client.Search(wire, o), replies => replies.ToPage(), caller, cancellationToken);
    }

    /// <summary>
    /// Rows that are together larger than a message go in several, in order. When one after the first is refused as a whole,
    /// its rows carry that problem: those before are stored, and the answer says so.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<Outcome<ImportedRegistrant>>>> ImportAsync(
        IReadOnlyList<ImportRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var outcomes = new List<Outcome<ImportedRegistrant>>(rows.Count);
        foreach (var request in ImportBatches.Of(rows, dryRun))
        {
            var batch = await calls.CollectAsync(
                o => client.Import(request, o),
                reply => reply.ToView(),
                request.Rows.Count,
                GrpcLimits.ImportDeadline,
                caller,
                cancellationToken
            );
            if (batch.Succeeded)
            {
                outcomes.AddRange(batch.Value);
            }
            else if (outcomes.Count == 0)
            {
                return batch.Problem;
            }
            else
            {
                outcomes.AddRange(request.Rows.Select(_ => (Outcome<ImportedRegistrant>)batch.Problem));
            }
        }

        return outcomes;
    }

    private static RegistrantView Read(V1.RegistrantReply reply) =>
        reply.Registrant?.ToView()
        ?? throw UnreadableMessageException.Of("registrant", "required", "expected a registrant");
}
