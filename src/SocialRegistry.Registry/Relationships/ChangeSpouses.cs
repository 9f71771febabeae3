using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Relationships;

/// <summary>Sets, takes away and imports couples.</summary>
internal sealed class ChangeSpouses(RelationshipTools tools)
{
    private const int MostRows = 1_000;

    public async Task<Outcome<SpouseView>> SetAsync(
        SpouseChange change,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (
            (RelationshipRights.ToChange(caller, Permissions.WriteRegistrants, change.Reason) ?? tools.Asked(caller)) is
            { } refusal
        )
        {
            return refusal;
        }

        var note = ChangeNote.By(caller, change.Reason, change.MarriedOn, tools.Time);
        var next = new SpouseState(change.IsMarried, change.MarriedOn, change.IsSeparated, change.SeparatedOn);
        return await tools.RunAsync<SpouseView>(
            async (db, writer) =>
            {
                var names = await tools.NamesAsync(db, [change.Person1, change.Person2], caller, cancellationToken);
                var first = names.Find(change.Person1, RelationshipFields.Person1);
                var second = names.Find(change.Person2, RelationshipFields.Person2);
                if ((first.Problem ?? second.Problem) is { } unknown)
                {
                    return unknown;
                }

                Guid[] persons = [first.Value, second.Value];
                using var batch = await SpousesBatch.LoadAsync(db, persons, tools, writer, note, cancellationToken);
                if (batch.CheckPersons(first.Value, second.Value) is { } wrong)
                {
                    return wrong;
                }

                var entry = batch.Find(first.Value, second.Value, change.MarriedOn);
                if (change.ExpectedRevision is { } expected && expected != (entry?.Revision ?? 0))
                {
                    return RelationshipProblems.ChangedSince(entry?.Revision ?? 0);
                }

                tools.Disclose(db, caller, persons);
                return batch
                    .Apply(first.Value, second.Value, entry, next)
                    .Map(applied => applied.Entry.ToView() with { Warnings = applied.Warnings });
            },
            change.DryRun,
            note,
            cancellationToken
        );
    }

    public async Task<Outcome<Done>> RemoveAsync(
        Guid id,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if ((RelationshipRights.ToChange(caller, Permissions.WriteRegistrants) ?? tools.Asked(caller)) is { } refusal)
        {
            return refusal;
        }

        var note = ChangeNote.By(caller, null, null, tools.Time);
        return await tools.RunAsync<Done>(
            async (db, writer) =>
            {
                var found = await db.Spouses.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellationToken);
                if (found is null)
                {
                    return RelationshipProblems.NotFound;
                }

                Guid[] persons = [found.Person1Id, found.Person2Id];
                using var batch = await SpousesBatch.LoadAsync(db, persons, tools, writer, note, cancellationToken);
                if (batch.Entry(id) is not { } entry || !batch.Knows(entry))
                {
                    return RelationshipProblems.NotFound;
                }

                if (conditions.ExpectedVersion is { } expected && expected != entry.Revision)
                {
                    return RelationshipProblems.ChangedSince(entry.Revision);
                }

                batch.Remove(entry);
                return default(Done);
            },
            conditions.DryRun,
            note,
            cancellationToken
        );
    }

    public async Task<Outcome<IReadOnlyList<Outcome<ImportedRelationship>>>> ImportAsync(
        IReadOnlyList<SpouseRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if ((RelationshipRights.ToChange(caller, Permissions.RunImports) ?? tools.Asked(caller)) is { } refusal)
        {
            return refusal;
        }

        if (rows.Count > MostRows)
        {
            return RelationshipProblems.TooMany(MostRows);
        }

        var note = ChangeNote.By(caller, null, null, tools.Time);
        return await tools.RunAsync<IReadOnlyList<Outcome<ImportedRelationship>>>(
            async (db, writer) =>
            {
                var references = rows.SelectMany(r => new[] { r.Person1, r.Person2 });
                var names = await tools.NamesAsync(db, references, caller, cancellationToken);
                var pairs = rows.Select(r =>
                        (
                            First: names.Find(r.Person1, RelationshipFields.Person1),
                            Second: names.Find(r.Person2, RelationshipFields.Person2)
                        )
                    )
                    .ToList();
                var persons = pairs
                    .SelectMany(p => new[] { p.First, p.Second })
                    .Where(p => p.Succeeded)
                    .Select(p => p.Value)
                    .ToHashSet();
                using var batch = await SpousesBatch.LoadAsync(db, persons, tools, writer, note, cancellationToken);
                return rows.Select((row, i) => Import(batch, pairs[i].First, pairs[i].Second, row)).ToList();
            },
            dryRun,
            note,
            cancellationToken
        );
    }

    private static Outcome<ImportedRelationship> Import(
        SpousesBatch batch,
        Outcome<Guid> first,
        Outcome<Guid> second,
        SpouseRow row
    )
    {
        if ((first.Problem ?? second.Problem) is { } unknown)
        {
            return unknown;
        }

        var entry = row.MarriedOn is { } day
            ? batch.Find(first.Value, second.Value, day)
            : batch.FindAnyDay(first.Value, second.Value);
        var before = entry?.State ?? new SpouseState(false, null, false, null);
        var next = new SpouseState(
            row.IsMarried ?? before.IsMarried,
            row.MarriedOn ?? before.MarriedOn,
            row.IsSeparated ?? before.IsSeparated,
            row.SeparatedOn ?? before.SeparatedOn
        );
        return batch
            .Apply(first.Value, second.Value, entry, next)
            .Map(applied => new ImportedRelationship(applied.Action, applied.Entry.Revision));
    }
}
