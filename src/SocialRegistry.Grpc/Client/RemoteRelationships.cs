using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteRelationships(RemoteCalls calls) : IRelationships
{
    private readonly V1.Relationships.RelationshipsClient client = calls.Channel.Relationships;

    public Task<Outcome<ParentsView>> GetParentsAsync(
        RegistrantId child,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.GetParentsRequest { ChildId = child.ToString() };
        return calls.AskAsync(o => client.GetParentsAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<ParentsView>> SetParentsAsync(
        RegistrantId child,
        ParentsChange change,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = change.ToWire(child);
        return calls.AskAsync(o => client.SetParentsAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<Done>> RemoveParentsAsync(
        RegistrantId child,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.RemoveParentsRequest { ChildId = child.ToString(), DryRun = conditions.DryRun };
        if (conditions.ExpectedVersion is { } revision)
        {
            request.ExpectedRevision = revision;
        }

        if (conditions.IdempotencyKey is { } key)
        {
            request.IdempotencyKey = key;
        }

        return calls.AskAsync(
            o => client.RemoveParentsAsync(request, o),
            _ => default(Done),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<IReadOnlyList<SpouseView>>> ListSpousesAsync(
        RegistrantId person,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ListSpousesRequest { PersonId = person.ToString() };
        return calls.AskAsync<V1.ListSpousesReply, IReadOnlyList<SpouseView>>(
            o => client.ListSpousesAsync(request, o),
            reply => [.. reply.Spouses.Select(s => s.ToView())],
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<SpouseView>> GetSpousesAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        var request = new V1.GetSpousesRequest { Id = id.ToString() };
        return calls.AskAsync(
            o => client.GetSpousesAsync(request, o),
            reply => reply.Spouses.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<SpouseView>> SetSpousesAsync(
        SpouseChange change,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = change.ToWire();
        return calls.AskAsync(
            o => client.SetSpousesAsync(request, o),
            reply => reply.Spouses.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<Done>> RemoveSpousesAsync(
        Guid id,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.RemoveSpousesRequest { Id = id.ToString(), DryRun = conditions.DryRun };
        if (conditions.ExpectedVersion is { } revision)
        {
            request.ExpectedRevision = revision;
        }

        if (conditions.IdempotencyKey is { } key)
        {
            request.IdempotencyKey = key;
        }

        return calls.AskAsync(
            o => client.RemoveSpousesAsync(request, o),
            _ => default(Done),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<IReadOnlyList<RelationView>>> ListRelationsAsync(
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ListRelationsRequest { RegistrantId = registrant.ToString() };
        return calls.AskAsync<V1.ListRelationsReply, IReadOnlyList<RelationView>>(
            o => client.ListRelationsAsync(request, o),
            reply => [.. reply.Relations.Select(r => r.ToView())],
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<RelationView>> GetRelationAsync(
        RegistrantId registrant,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.GetRelationRequest { RegistrantId = registrant.ToString(), Id = id.ToString() };
        return calls.AskAsync(
            o => client.GetRelationAsync(request, o),
            reply => reply.Relation.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<RelationView>> AddRelationAsync(
        RegistrantId from,
        NewRelation relation,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = relation.ToWire(from);
        return calls.AskAsync(
            o => client.AddRelationAsync(request, o),
            reply => reply.Relation.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<RelationView>> EndRelationAsync(
        RegistrantId registrant,
        Guid id,
        DateOnly endedOn,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.EndRelationRequest
        {
            RegistrantId = registrant.ToString(),
            Id = id.ToString(),
            EndedOn = endedOn.ToWire(),
            DryRun = conditions.DryRun,
        };
        if (conditions.ExpectedVersion is { } revision)
        {
            request.ExpectedRevision = revision;
        }

        if (conditions.IdempotencyKey is { } key)
        {
            request.IdempotencyKey = key;
        }

        return calls.AskAsync(
            o => client.EndRelationAsync(request, o),
            reply => reply.Relation.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<Done>> RemoveRelationAsync(
        RegistrantId registrant,
        Guid id,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.RemoveRelationRequest
        {
            RegistrantId = registrant.ToString(),
            Id = id.ToString(),
            DryRun = conditions.DryRun,
        };
        if (conditions.ExpectedVersion is { } revision)
        {
            request.ExpectedRevision = revision;
        }

        if (conditions.IdempotencyKey is { } key)
        {
            request.IdempotencyKey = key;
        }

        return calls.AskAsync(
            o => client.RemoveRelationAsync(request, o),
            _ => default(Done),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<RelativesView>> FindRelativesAsync(
        RegistrantId person,
        RelativesQuery query,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.FindRelativesRequest
        {
            PersonId = person.ToString(),
            Kinds = { query.Kinds },
            Depth = query.Depth,
        };
        return calls.AskAsync(
            o => client.FindRelativesAsync(request, o),
            reply => reply.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<IReadOnlyList<RelationshipsView?>>> FindAsync(
        IReadOnlyList<RegistrantId> registrants,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.FindRelationshipsRequest { RegistrantIds = { registrants.Select(r => r.ToString()) } };
        return calls.CollectAsync(
            o => client.Find(request, o),
            reply => reply.Relationships?.ToView(),
            registrants.Count,
            GrpcLimits.Deadline,
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<Page<ParentsView>>> ExportParentsAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = page.ToWire();
        return calls.AskAsync(
            o => client.ExportParentsAsync(request, o),
            reply => new Page<ParentsView>([.. reply.Items.Select(i => i.ToView())], reply.HasNext ? reply.Next : null),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<Page<SpouseView>>> ExportSpousesAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = page.ToWire();
        return calls.AskAsync(
            o => client.ExportSpousesAsync(request, o),
            reply => new Page<SpouseView>([.. reply.Items.Select(i => i.ToView())], reply.HasNext ? reply.Next : null),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<IReadOnlyList<Outcome<ImportedRelationship>>>> ImportParentsAsync(
        IReadOnlyList<ParentsRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ImportParentsRequest { Rows = { rows.Select(r => r.ToWire()) }, DryRun = dryRun };
        return ImportAsync(o => client.ImportParents(request, o), rows.Count, caller, cancellationToken);
    }

    public Task<Outcome<IReadOnlyList<Outcome<ImportedRelationship>>>> ImportSpousesAsync(
        IReadOnlyList<SpouseRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ImportSpousesRequest { Rows = { rows.Select(r => r.ToWire()) }, DryRun = dryRun };
        return ImportAsync(o => client.ImportSpouses(request, o), rows.Count, caller, cancellationToken);
    }

    private Task<Outcome<IReadOnlyList<Outcome<ImportedRelationship>>>> ImportAsync(
        Func<CallOptions, AsyncServerStreamingCall<V1.ImportRelationshipsReply>> start,
        int rows,
        Caller caller,
        CancellationToken cancellationToken
    ) => calls.CollectAsync(start, reply => reply.ToView(), rows, GrpcLimits.ImportDeadline, caller, cancellationToken);

    private static ParentsView Read(V1.ParentsReply reply) => reply.Parents.ToView();
}
