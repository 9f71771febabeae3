using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Relationships;

/// <summary>The recorded relationships of records, many in a few round trips. Archived records on the other end are left out.</summary>
internal static class RelationshipReader
{
    /// <summary>Entries of one list of one record.</summary>
    public const int MostEntries = 200;

    /// <summary>Rows of one sort in one call.</summary>
    private const int MostRows = 50_000;

    /// <summary>By record, for every record asked.</summary>
    public static async Task<Dictionary<Guid, RelationshipsView>> LoadAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> ids,
        RowRules rules,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var parents = await db
            .Parents.AsNoTracking()
            .Where(p =>
                ids.Contains(p.ChildId)
                || ids.Contains(p.Parent1Id!.Value)
                || ids.Contains(p.Parent2Id!.Value)
                || ids.Contains(p.GuardianId!.Value)
            )
            .OrderBy(p => p.ChildId)
            .Take(MostRows)
            .ToListAsync(cancellationToken);
        var spouses = await db
            .Spouses.AsNoTracking()
            .Where(s => ids.Contains(s.Person1Id) || ids.Contains(s.Person2Id))
            .OrderBy(s => s.Id)
            .Take(MostRows)
            .ToListAsync(cancellationToken);
        var relations = await db
            .Relations.AsNoTracking()
            .Where(r => ids.Contains(r.FromId) || ids.Contains(r.ToId))
            .OrderBy(r => r.Id)
            .Take(MostRows)
            .ToListAsync(cancellationToken);
        var inverses =
            relations.Count == 0
                ? []
                : await db
                    .RelationTypes.AsNoTracking()
                    .ToDictionaryAsync(t => t.Code, t => t.Inverse, cancellationToken);
        var named = parents
            .SelectMany(p => p.State.Named.Append(p.ChildId))
            .Concat(spouses.SelectMany(s => new[] { s.Person1Id, s.Person2Id }))
            .Concat(relations.SelectMany(r => new[] { r.FromId, r.ToId }));
        var gone = await GoneAsync(db, [.. named.Except(ids)], rules, caller, cancellationToken);

        var childrenOf = parents
            .Where(p => !gone.Contains(p.ChildId))
            .SelectMany(p => p.State.Parents.Select(id => (Id: id, p.ChildId)))
            .ToLookup(p => p.Id, p => p.ChildId);
        var wardsOf = parents
            .Where(p => p.GuardianId is not null && !gone.Contains(p.ChildId))
            .ToLookup(p => p.GuardianId!.Value, p => p.ChildId);
        var parentsOf = parents.ToDictionary(p => p.ChildId);
        var spousesOf = spouses
            .Where(s => !gone.Contains(s.Person1Id) && !gone.Contains(s.Person2Id))
            .SelectMany(s => new[] { (Id: s.Person1Id, Entry: s), (Id: s.Person2Id, Entry: s) })
            .ToLookup(s => s.Id, s => s.Entry);
        var relationsOf = relations
            .Where(r => !gone.Contains(r.FromId) && !gone.Contains(r.ToId))
            .SelectMany(r => new[] { (Id: r.FromId, Entry: r), (Id: r.ToId, Entry: r) })
            .ToLookup(r => r.Id, r => r.Entry);
        var cut = parents.Count == MostRows || spouses.Count == MostRows || relations.Count == MostRows;
        return ids.Distinct()
            .ToDictionary(
                id => id,
                id => new RelationshipsView
                {
                    RegistrantId = new RegistrantId(id),
                    Parents = parentsOf.TryGetValue(id, out var entry) ? Show(entry, gone) : null,
                    Children = [.. childrenOf[id].Take(MostEntries).Select(c => new RegistrantId(c))],
                    Wards = [.. wardsOf[id].Take(MostEntries).Select(c => new RegistrantId(c))],
                    Spouses = [.. spousesOf[id].Take(MostEntries).Select(s => s.ToView())],
                    Relations = [.. relationsOf[id].Take(MostEntries).Select(r => r.ToView(id, inverses[r.Type]))],
                    Truncated =
                        cut
                        || childrenOf[id].Count() > MostEntries
                        || wardsOf[id].Count() > MostEntries
                        || spousesOf[id].Count() > MostEntries
                        || relationsOf[id].Count() > MostEntries,
                }
            );
    }

    /// <summary>Parents and guardian without those whose records are archived; <c>null</c> when nothing is left to tell.</summary>
    public static ParentsView? Show(ParentsEntry entry, IReadOnlySet<Guid> gone)
    {
        if (entry.State == ParentsState.Nothing)
        {
            return null;
        }

        var view = entry.ToView();
        return view with
        {
            Parent1Id = Standing(view.Parent1Id, gone),
            Parent2Id = Standing(view.Parent2Id, gone),
            GuardianId = Standing(view.GuardianId, gone),
        };
    }

    /// <summary>Those of the records that are archived, or that the caller may not know of. A person may know who her relatives are.</summary>
    public static async Task<HashSet<Guid>> GoneAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> ids,
        RowRules rules,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var known =
            caller.Kind == CallerKind.Person
                ? db.Registrants.Where(r => ids.Contains(r.Id))
                : await rules.RowsAsync(db, ids, caller, cancellationToken);
        var standing = await known
            .Where(r => r.Status != RegistrantStatuses.Archived)
            .Select(r => r.Id)
            .ToListAsync(cancellationToken);
        return [.. ids.Except(standing)];
    }

    /// <summary>Everybody a view names beside the one it is of.</summary>
    public static IEnumerable<Guid> NamedIn(RelationshipsView view) =>
        new[] { view.Parents?.Parent1Id, view.Parents?.Parent2Id, view.Parents?.GuardianId }
            .OfType<RegistrantId>()
            .Concat(view.Children)
            .Concat(view.Wards)
            .Concat(view.Spouses.SelectMany(s => new[] { s.Person1Id, s.Person2Id }))
            .Concat(view.Relations.Select(r => r.ToId))
            .Where(id => id != view.RegistrantId)
            .Select(id => id.Value);

    private static RegistrantId? Standing(RegistrantId? id, IReadOnlySet<Guid> gone) =>
        id is { } there && !gone.Contains(there.Value) ? there : null;
}
