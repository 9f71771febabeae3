using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class RelationshipsService(IRelationships relationships) : V1.Relationships.RelationshipsBase
{
    public override async Task<V1.ParentsReply> GetParents(V1.GetParentsRequest request, ServerCallContext context) =>
        Reply(
            await relationships.GetParentsAsync(
                request.ChildId.ToRegistrantId("child_id"),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.ParentsReply> SetParents(V1.SetParentsRequest request, ServerCallContext context) =>
        Reply(
            await relationships.SetParentsAsync(
                request.ChildId.ToRegistrantId("child_id"),
                request.ToRequest(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.RemoveRelationshipReply> RemoveParents(
        V1.RemoveParentsRequest request,
        ServerCallContext context
    ) =>
        Reply(
            await relationships.RemoveParentsAsync(
                request.ChildId.ToRegistrantId("child_id"),
                RelationshipRequests.ToConditions(
                    request.HasExpectedRevision,
                    request.ExpectedRevision,
                    request.HasIdempotencyKey,
                    request.IdempotencyKey,
                    request.DryRun
                ),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.ListSpousesReply> ListSpouses(
        V1.ListSpousesRequest request,
        ServerCallContext context
    )
    {
        var outcome = await relationships.ListSpousesAsync(
            request.PersonId.ToRegistrantId("person_id"),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.ListSpousesReply { Spouses = { outcome.OrRefuse().Select(s => s.ToWire()) } };
    }

    public override async Task<V1.SpousesReply> GetSpouses(V1.GetSpousesRequest request, ServerCallContext context)
    {
        var outcome = await relationships.GetSpousesAsync(
            request.Id.ToUuid("id"),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.SpousesReply { Spouses = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.SpousesReply> SetSpouses(V1.SetSpousesRequest request, ServerCallContext context)
    {
        var outcome = await relationships.SetSpousesAsync(
            request.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.SpousesReply { Spouses = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.RemoveRelationshipReply> RemoveSpouses(
        V1.RemoveSpousesRequest request,
        ServerCallContext context
    ) =>
        Reply(
            await relationships.RemoveSpousesAsync(
                request.Id.ToUuid("id"),
                RelationshipRequests.ToConditions(
                    request.HasExpectedRevision,
                    request.ExpectedRevision,
                    request.HasIdempotencyKey,
                    request.IdempotencyKey,
                    request.DryRun
                ),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.ListRelationsReply> ListRelations(
        V1.ListRelationsRequest request,
        ServerCallContext context
    )
    {
        var outcome = await relationships.ListRelationsAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.ListRelationsReply { Relations = { outcome.OrRefuse().Select(r => r.ToWire()) } };
    }

    public override async Task<V1.RelationReply> GetRelation(
        V1.GetRelationRequest request,
        ServerCallContext context
    ) =>
        Reply(
            await relationships.GetRelationAsync(
                request.RegistrantId.ToRegistrantId("registrant_id"),
                request.Id.ToUuid("id"),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.RelationReply> AddRelation(
        V1.AddRelationRequest request,
        ServerCallContext context
    ) =>
        Reply(
            await relationships.AddRelationAsync(
                request.FromId.ToRegistrantId("from_id"),
                request.ToRequest(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.RelationReply> EndRelation(
        V1.EndRelationRequest request,
        ServerCallContext context
    ) =>
        Reply(
            await relationships.EndRelationAsync(
                request.RegistrantId.ToRegistrantId("registrant_id"),
                request.Id.ToUuid("id"),
                request.EndedOn.ToDate("ended_on"),
                RelationshipRequests.ToConditions(
                    request.HasExpectedRevision,
                    request.ExpectedRevision,
                    request.HasIdempotencyKey,
                    request.IdempotencyKey,
                    request.DryRun
                ),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.RemoveRelationshipReply> RemoveRelation(
        V1.RemoveRelationRequest request,
        ServerCallContext context
    ) =>
        Reply(
            await relationships.RemoveRelationAsync(
                request.RegistrantId.ToRegistrantId("registrant_id"),
                request.Id.ToUuid("id"),
                RelationshipRequests.ToConditions(
                    request.HasExpectedRevision,
                    request.ExpectedRevision,
                    request.HasIdempotencyKey,
                    request.IdempotencyKey,
                    request.DryRun
                ),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.FindRelativesReply> FindRelatives(
        V1.FindRelativesRequest request,
        ServerCallContext context
    )
    {
        var outcome = await relationships.FindRelativesAsync(
            request.PersonId.ToRegistrantId("person_id"),
            new RelativesQuery { Kinds = [.. request.Kinds], Depth = request.Depth },
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task Find(
        V1.FindRelationshipsRequest request,
        IServerStreamWriter<V1.FindRelationshipsReply> responseStream,
        ServerCallContext context
    )
    {
        var found = await relationships.FindAsync(
            [.. request.RegistrantIds.Select(id => id.ToRegistrantId("registrant_ids"))],
            CallerFeature.Of(context),
            context.CancellationToken
        );
        foreach (var view in found.OrRefuse())
        {
            await responseStream.WriteAsync(
                new V1.FindRelationshipsReply { Relationships = view?.ToWire() },
                context.CancellationToken
            );
        }
    }

    public override async Task<V1.ExportParentsReply> ExportParents(V1.PageRequest request, ServerCallContext context)
    {
        var outcome = await relationships.ExportParentsAsync(
            request.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        var page = outcome.OrRefuse();
        var reply = new V1.ExportParentsReply { Items = { page.Items.Select(p => p.ToWire()) } };
        if (page.Next is { } next)
        {
            reply.Next = next;
        }

        return reply;
    }

    public override async Task<V1.ExportSpousesReply> ExportSpouses(V1.PageRequest request, ServerCallContext context)
    {
        var outcome = await relationships.ExportSpousesAsync(
            request.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        var page = outcome.OrRefuse();
        var reply = new V1.ExportSpousesReply { Items = { page.Items.Select(s => s.ToWire()) } };
        if (page.Next is { } next)
        {
            reply.Next = next;
        }

        return reply;
    }

    public override async Task ImportParents(
        V1.ImportParentsRequest request,
        IServerStreamWriter<V1.ImportRelationshipsReply> responseStream,
        ServerCallContext context
    ) =>
        await AnswerAsync(
            await relationships.ImportParentsAsync(
                [.. request.Rows.Select(r => r.ToRequest())],
                request.DryRun,
                CallerFeature.Of(context),
                context.CancellationToken
            ),
            responseStream,
            context
        );

    public override async Task ImportSpouses(
        V1.ImportSpousesRequest request,
        IServerStreamWriter<V1.ImportRelationshipsReply> responseStream,
        ServerCallContext context
    ) =>
        await AnswerAsync(
            await relationships.ImportSpousesAsync(
                [.. request.Rows.Select(r => r.ToRequest())],
                request.DryRun,
                CallerFeature.Of(context),
                context.CancellationToken
            ),
            responseStream,
            context
        );

    private static async Task AnswerAsync(
        Outcome<IReadOnlyList<Outcome<ImportedRelationship>>> outcomes,
        IServerStreamWriter<V1.ImportRelationshipsReply> responseStream,
        ServerCallContext context
    )
    {
        foreach (var outcome in outcomes.OrRefuse())
        {
            await responseStream.WriteAsync(outcome.ToWire(), context.CancellationToken);
        }
    }

    private static V1.ParentsReply Reply(Outcome<ParentsView> outcome) =>
        new() { Parents = outcome.OrRefuse().ToWire() };

    private static V1.RelationReply Reply(Outcome<RelationView> outcome) =>
        new() { Relation = outcome.OrRefuse().ToWire() };

    private static V1.RemoveRelationshipReply Reply(Outcome<Done> outcome)
    {
        outcome.OrRefuse();
        return new V1.RemoveRelationshipReply();
    }
}
