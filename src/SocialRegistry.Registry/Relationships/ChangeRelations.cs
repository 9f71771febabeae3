using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Relationships;

/// <summary>Adds, ends and takes away relations of configured types.</summary>
internal sealed class ChangeRelations(RelationshipTools tools, Repeats repeats)
{
    private const string To = "to";

    public async Task<Outcome<RelationView>> AddAsync(
        RegistrantId from,
        NewRelation relation,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (
            (
                RelationshipRights.ToChange(caller, Permissions.WriteRegistrants, relation.Reason)
                ?? tools.Asked(caller)
                ?? CheckPeriod(relation.StartedOn, relation.EndedOn)
                ?? IdempotencyKey.Check(relation.IdempotencyKey)
            ) is
            { } refusal
        )
        {
            return refusal;
        }

        var note = ChangeNote.By(caller, relation.Reason, relation.StartedOn, tools.Time);
        var sent = new { From = from, Relation = relation with { IdempotencyKey = null } };
        var repeat = repeats.Of(relation.IdempotencyKey, relation.DryRun, "relation", sent, note);
        return await tools.RunAsync<RelationView>(
            async (db, writer) =>
            {
                if (await RecallAsync(db, repeat, caller, cancellationToken) is { } recalled)
                {
                    return recalled;
                }

                var names = await tools.NamesAsync(db, [relation.To], caller, cancellationToken);
                var to = names.Find(relation.To, To);
                if (!to.Succeeded)
                {
                    return to.Problem;
                }

                var added = await AddAsync(db, writer, from.Value, to.Value, relation, note, cancellationToken);
                if (!added.Succeeded)
                {
                    // Perhaps by this very request, sent twice at once: it was stored while this one waited for the records.
                    return await RecallAsync(db, repeat, caller, cancellationToken) ?? added;
                }

                Repeats.Remember(db, repeat, from.Value, added.Value);
                return added;
            },
            relation.DryRun,
            note,
            cancellationToken
        );
    }

    public Task<Outcome<RelationView>> EndAsync(
        RegistrantId registrant,
        Guid id,
        DateOnly endedOn,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync<RelationView>(
            registrant.Value,
            id,
            conditions,
            caller,
            endedOn,
            (db, relation, inverse) =>
            {
                if (CheckPeriod(relation.StartedOn, endedOn) is { } problem)
                {
                    return problem;
                }

                relation.End(endedOn, ChangeNote.Moment(tools.Time));
                tools.Disclose(db, caller, [relation.FromId, relation.ToId]);
                return relation.ToView(registrant.Value, inverse);
            },
            cancellationToken
        );

    public Task<Outcome<Done>> RemoveAsync(
        RegistrantId registrant,
        Guid id,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        ChangeAsync<Done>(
            registrant.Value,
            id,
            conditions,
            caller,
            null,
            (db, relation, _) =>
            {
                db.Remove(relation);
                return default(Done);
            },
            cancellationToken
        );

    private async Task<Outcome<RelationView>> AddAsync(
        RegistryDbContext db,
        RecordWriter writer,
        Guid from,
        Guid to,
        NewRelation relation,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        await tools.Locks.LockRelationTypesAsync(db, alone: false, cancellationToken);
        var type = await db
            .RelationTypes.AsNoTracking()
            .SingleOrDefaultAsync(t => t.Code == relation.Type || t.Inverse == relation.Type, cancellationToken);
        if (type is null or { IsRetired: true })
        {
            return RelationshipProblems.TypeUnknown;
        }

        await tools.Locks.LockRegistrantsAsync(db, [from, to], cancellationToken);
        using var ends = new OpenEnds(await tools.Store.LoadAsync(db, [from, to], note.Caller, cancellationToken));
        if (!ends.Stands(from))
        {
            return RegistrantProblems.NotFound;
        }

        if (from == to)
        {
            return RelationshipProblems.Self(To);
        }

        if (!ends.Stands(to))
        {
            return RelationshipProblems.PersonUnknown(To);
        }

        // Seen from the far end it is the same relation the other way round.
        var view = type.ToView();
        var turned = view.IsSymmetric ? from.CompareTo(to) > 0 : relation.Type != view.Code;
        var (near, far) = turned ? (to, from) : (from, to);
        if (!Takes(view, ends.Kind(near), ends.Kind(far)))
        {
            return RelationshipProblems.KindNotAllowed(To);
        }

        var stands = await db
            .Relations.AsNoTracking()
            .Where(r => r.FromId == near && r.ToId == far && r.Type == type.Code)
            .ToListAsync(cancellationToken);
        if (stands.Exists(r => Overlap(r, relation)))
        {
            return RelationshipProblems.RelationOpen;
        }

        var id = Guid.CreateVersion7(note.Now);
        var added = new Relation(id, type.Code, near, far, relation.StartedOn, relation.EndedOn, note.Now);
        db.Add(added);
        Write(writer, ends, null, Node(added), note);
        tools.Disclose(db, note.Caller, [near, far]);
        return added.ToView(from, type.Inverse);
    }

    private async Task<Outcome<T>> ChangeAsync<T>(
        Guid registrant,
        Guid id,
        WriteConditions conditions,
        Caller caller,
        DateOnly? effectiveOn,
        Func<RegistryDbContext, Relation, string, Outcome<T>> change,
        CancellationToken cancellationToken
    )
    {
        if ((RelationshipRights.ToChange(caller, Permissions.WriteRegistrants) ?? tools.Asked(caller)) is { } refusal)
        {
            return refusal;
        }

        var note = ChangeNote.By(caller, null, effectiveOn, tools.Time);
        return await tools.RunAsync<T>(
            async (db, writer) =>
            {
                var found = await FindAsync(db.Relations.AsNoTracking(), registrant, id, cancellationToken);
                if (found is null)
                {
                    return RelationshipProblems.NotFound;
                }

                Guid[] both = [found.FromId, found.ToId];
                await tools.Locks.LockRegistrantsAsync(db, both, cancellationToken);
                if (await FindAsync(db.Relations, registrant, id, cancellationToken) is not { } relation)
                {
                    return RelationshipProblems.NotFound;
                }

                using var ends = new OpenEnds(await tools.Store.LoadAsync(db, both, caller, cancellationToken));
                if (!both.All(ends.Knows))
                {
                    return RelationshipProblems.NotFound;
                }

                if (conditions.ExpectedVersion is { } expected && expected != relation.Revision)
                {
                    return RelationshipProblems.ChangedSince(relation.Revision);
                }

                var inverse = (
                    await db.RelationTypes.SingleAsync(t => t.Code == found.Type, cancellationToken)
                ).Inverse;
                var before = Node(relation);
                var outcome = change(db, relation, inverse);
                if (outcome.Succeeded)
                {
                    var removed = db.Entry(relation).State == EntityState.Deleted;
                    Write(writer, ends, before, removed ? null : Node(relation), note);
                }

                return outcome;
            },
            conditions.DryRun,
            note,
            cancellationToken
        );
    }

    private async Task<Outcome<RelationView>?> RecallAsync(
        RegistryDbContext db,
        Repeat? repeat,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var recalled = await repeats.RecallAsync<RelationView>(db, repeat, Ends, cancellationToken);
        if (recalled is { Succeeded: true, Value: var view })
        {
            tools.Disclose(db, caller, Ends(view));
        }

        return recalled;
    }

    private static IEnumerable<Guid> Ends(RelationView view) => [view.FromId.Value, view.ToId.Value];

    private static Task<Relation?> FindAsync(
        IQueryable<Relation> relations,
        Guid registrant,
        Guid id,
        CancellationToken cancellationToken
    ) =>
        relations.SingleOrDefaultAsync(
            r => r.Id == id && (r.FromId == registrant || r.ToId == registrant),
            cancellationToken
        );

    private static void Write(RecordWriter writer, OpenEnds ends, JsonNode? before, JsonNode? after, ChangeNote note)
    {
        foreach (var record in ends.Both)
        {
            writer.WriteEntry(
                record,
                ChangeOperations.RelationChanged,
                RelationshipChanges.Of("relation", before?.DeepClone(), after?.DeepClone()),
                [RelationshipChanges.Field],
                note
            );
            writer.KeepNewKeys(record);
        }
    }

    private static bool Takes(RelationTypeView type, string near, string far) =>
        (type.FromKinds.Contains(near) && type.ToKinds.Contains(far))
        || (type.IsSymmetric && type.FromKinds.Contains(far) && type.ToKinds.Contains(near));

    /// <summary>Two relations of one type between the same two do not hold at the same time; days not known hold for ever.</summary>
    private static bool Overlap(Relation stands, NewRelation added) =>
        (stands.StartedOn ?? DateOnly.MinValue) < (added.EndedOn ?? DateOnly.MaxValue)
        && (added.StartedOn ?? DateOnly.MinValue) < (stands.EndedOn ?? DateOnly.MaxValue);

    private static Problem? CheckPeriod(DateOnly? startedOn, DateOnly? endedOn) =>
        !ValueLimits.IsPlausible(startedOn) ? RelationshipProblems.DateOutOfRange("startedOn")
        : !ValueLimits.IsPlausible(endedOn) ? RelationshipProblems.DateOutOfRange("endedOn")
        : endedOn < startedOn ? RelationshipProblems.EndedBeforeStarted
        : null;

    private static JsonNode? Node(Relation relation) =>
        JsonSerializer.SerializeToNode(
            new
            {
                id = relation.Id,
                type = relation.Type,
                from = relation.FromId,
                to = relation.ToId,
                startedOn = relation.StartedOn,
                endedOn = relation.EndedOn,
            }
        );

    /// <summary>The records at the two ends.</summary>
    private sealed class OpenEnds(Dictionary<Guid, OpenRecord> records) : IDisposable
    {
        public IEnumerable<OpenRecord> Both => records.Values;

        /// <summary>True when the caller may know of it.</summary>
        public bool Knows(Guid id) => records.ContainsKey(id);

        public bool Stands(Guid id) => records.TryGetValue(id, out var record) && !record.Row.IsArchived;

        public string Kind(Guid id) => records[id].Row.Kind;

        public void Dispose()
        {
            foreach (var record in records.Values)
            {
                record.Dispose();
            }
        }
    }
}
