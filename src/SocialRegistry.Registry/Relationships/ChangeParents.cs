using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Relationships;

/// <summary>Sets, takes away and imports parents and guardians.</summary>
internal sealed class ChangeParents(RelationshipTools tools, RowRules rules)
{
    private const int MostRows = 1_000;

    public async Task<Outcome<ParentsView>> SetAsync(
        RegistrantId child,
        ParentsChange change,
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

        var note = ChangeNote.By(caller, change.Reason, change.Since, tools.Time);
        return await tools.RunAsync<ParentsView>(
            async (db, writer) =>
            {
                var references = new[] { change.Parent1, change.Parent2, change.Guardian };
                var names = await tools.NamesAsync(db, references, caller, cancellationToken);
                var first = names.FindOptional(change.Parent1, RelationshipFields.Parent1);
                var second = names.FindOptional(change.Parent2, RelationshipFields.Parent2);
                var guardian = names.FindOptional(change.Guardian, RelationshipFields.Guardian);
                if ((first.Problem ?? second.Problem ?? guardian.Problem) is { } unknown)
                {
                    return unknown;
                }

                var next = new ParentsState(first.Value, second.Value, change.IsAdopted, guardian.Value, change.Since);
                return await ApplyAsync(db, writer, child, next, change.ExpectedRevision, note, cancellationToken);
            },
            change.DryRun,
            note,
            cancellationToken
        );
    }

    public async Task<Outcome<Done>> RemoveAsync(
        RegistrantId child,
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
                using var loaded = Owned.Of(
                    await ParentsBatch.LoadAsync(db, [child.Value], [], tools, writer, note, cancellationToken)
                );
                var problem = loaded.Problem ?? Refuse(loaded.Value!, child, conditions.ExpectedVersion);
                if (problem is null && loaded.Value!.Current(child.Value) == ParentsState.Nothing)
                {
                    problem = RelationshipProblems.NoParents;
                }

                problem ??= await HiddenAsync(db, loaded.Value!.Current(child.Value), caller, cancellationToken);
                return problem is null
                    ? loaded.Value!.Apply(child.Value, ParentsState.Nothing, db).Map(_ => default(Done))
                    : problem;
            },
            conditions.DryRun,
            note,
            cancellationToken
        );
    }

    public async Task<Outcome<IReadOnlyList<Outcome<ImportedRelationship>>>> ImportAsync(
        IReadOnlyList<ParentsRow> rows,
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
                var references = rows.SelectMany(r => new[] { r.Child, r.Parent1, r.Parent2, r.Guardian });
                var names = await tools.NamesAsync(db, references, caller, cancellationToken);
                var children = rows.Select(r => names.Find(r.Child, RelationshipFields.Child)).ToList();
                var named = rows.SelectMany(r => new[] { r.Parent1, r.Parent2, r.Guardian })
                    .Select(r => names.FindOptional(r, "").Value)
                    .OfType<Guid>()
                    .ToHashSet();
                var standing = children.Where(c => c.Succeeded).Select(c => c.Value).ToHashSet();
                using var loaded = Owned.Of(
                    await ParentsBatch.LoadAsync(db, standing, named, tools, writer, note, cancellationToken)
                );
                if (loaded.Problem is { } problem)
                {
                    return problem;
                }

                return rows.Select((row, i) => Import(loaded.Value!, children[i], row, names, db)).ToList();
            },
            dryRun,
            note,
            cancellationToken
        );
    }

    private static Outcome<ImportedRelationship> Import(
        ParentsBatch batch,
        Outcome<Guid> child,
        ParentsRow row,
        NamedPersons names,
        RegistryDbContext db
    )
    {
        var first = names.FindOptional(row.Parent1, RelationshipFields.Parent1);
        var second = names.FindOptional(row.Parent2, RelationshipFields.Parent2);
        var guardian = names.FindOptional(row.Guardian, RelationshipFields.Guardian);
        if ((child.Problem ?? first.Problem ?? second.Problem ?? guardian.Problem) is { } unknown)
        {
            return unknown;
        }

        if (batch.Person(child.Value, RelationshipFields.Child) is { } problem)
        {
            return problem;
        }

        var before = batch.Current(child.Value);
        var next = new ParentsState(
            first.Value ?? before.Parent1Id,
            second.Value ?? before.Parent2Id,
            row.IsAdopted ?? before.IsAdopted,
            guardian.Value ?? before.GuardianId,
            row.Since ?? before.Since
        );
        var revision = batch.Revision(child.Value);
        return batch
            .Apply(child.Value, next, db)
            .Map(changed => new ImportedRelationship(
                !changed ? ImportAction.Unchanged
                    : revision == 0 ? ImportAction.Created
                    : ImportAction.Updated,
                batch.Revision(child.Value)
            ));
    }

    private async Task<Outcome<ParentsView>> ApplyAsync(
        RegistryDbContext db,
        RecordWriter writer,
        RegistrantId child,
        ParentsState next,
        long? expectedRevision,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        using var loaded = Owned.Of(
            await ParentsBatch.LoadAsync(db, [child.Value], [.. next.Named], tools, writer, note, cancellationToken)
        );
        if ((loaded.Problem ?? Refuse(loaded.Value!, child, expectedRevision)) is { } problem)
        {
            return problem;
        }

        var batch = loaded.Value!;
        if (await HiddenAsync(db, batch.Current(child.Value), note.Caller, cancellationToken) is { } hidden)
        {
            return hidden;
        }

        var applied = batch.Apply(child.Value, next, db);
        if (!applied.Succeeded)
        {
            return applied.Problem;
        }

        tools.Disclose(db, note.Caller, next.Named.Append(child.Value));
        return batch.View(child.Value);
    }

    /// <summary>Who replaces the whole must see the whole: a parent beyond the caller's rows would be taken away unseen.</summary>
    private async Task<Problem?> HiddenAsync(
        RegistryDbContext db,
        ParentsState standing,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var named = standing.Named.Distinct().ToList();
        var admitted = await rules.AdmittedAsync(db, named, caller, cancellationToken);
        return named.All(admitted.Contains) ? null : RelationshipProblems.ParentsOutsideRows;
    }

    private static Problem? Refuse(ParentsBatch batch, RegistrantId child, long? expectedRevision) =>
        batch.Person(child.Value, RelationshipFields.Child) is { } problem
            ? problem.Code == RelationshipProblems.PersonUnknown("").Code
                ? RegistrantProblems.NotFound
                : problem
            : expectedRevision is { } expected && expected != batch.Revision(child.Value)
                ? RelationshipProblems.ChangedSince(batch.Revision(child.Value))
                : null;
}
