using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Relationships;

/// <summary>
/// The part of the register around one person, read level by level: one query for all persons of a level. Records that are archived or not for the caller are not in it,
/// and what hangs on them only does not either.
/// </summary>
internal sealed class KinGraph(RegistryDbContext db, RowRules rules, Caller caller, CancellationToken cancellationToken)
{
    /// <summary>Persons looked at in one call.</summary>
    private const int MostPersons = 5_000;

    private readonly Dictionary<Guid, ParentsState> parents = [];
    private readonly Dictionary<Guid, List<Guid>> children = [];
    private readonly Dictionary<Guid, List<SpouseEntry>> spouses = [];
    private readonly HashSet<Guid> known = [];
    private readonly HashSet<Guid> gone = [];

    /// <summary>True when there was more than could be looked at.</summary>
    public bool Truncated { get; private set; }

    public ParentsState Parents(Guid child) => parents.GetValueOrDefault(child, ParentsState.Nothing);

    public IReadOnlyList<Guid> Children(Guid parent) => children.GetValueOrDefault(parent, []);

    public IReadOnlyList<SpouseEntry> Spouses(Guid person) => spouses.GetValueOrDefault(person, []);

    public async Task LoadParentsAsync(IEnumerable<Guid> of)
    {
        var asked = of.Where(id => !parents.ContainsKey(id)).Distinct().ToList();
        if (asked.Count == 0)
        {
            return;
        }

        var rows = await db.Parents.AsNoTracking().Where(p => asked.Contains(p.ChildId)).ToListAsync(cancellationToken);
        await KnowAsync(rows.SelectMany(r => r.State.Named));
        asked.ForEach(id => parents[id] = ParentsState.Nothing);
        rows.ForEach(r => parents[r.ChildId] = Standing(r.State));
    }

    public async Task LoadChildrenAsync(IEnumerable<Guid> of)
    {
        var asked = of.Where(id => !children.ContainsKey(id)).Distinct().ToList();
        if (asked.Count == 0)
        {
            return;
        }

        var rows = await db
            .Parents.AsNoTracking()
            .Where(p => asked.Contains(p.Parent1Id!.Value) || asked.Contains(p.Parent2Id!.Value))
            .OrderBy(p => p.ChildId)
            .Take(Room + 1)
            .ToListAsync(cancellationToken);
        rows = await KeepAsync(rows, r => r.State.Named.Append(r.ChildId));
        var now = asked.ToHashSet();
        asked.ForEach(id => children[id] = []);
        foreach (var row in rows.Where(r => !gone.Contains(r.ChildId)))
        {
            parents[row.ChildId] = Standing(row.State);
            foreach (var parent in row.State.Parents.Where(now.Contains))
            {
                children[parent].Add(row.ChildId);
            }
        }
    }

    public async Task LoadSpousesAsync(IEnumerable<Guid> of)
    {
        var asked = of.Where(id => !spouses.ContainsKey(id)).Distinct().ToList();
        if (asked.Count == 0)
        {
            return;
        }

        var rows = await db
            .Spouses.AsNoTracking()
            .Where(s => asked.Contains(s.Person1Id) || asked.Contains(s.Person2Id))
            .OrderBy(s => s.Id)
            .Take(Room + 1)
            .ToListAsync(cancellationToken);
        rows = await KeepAsync(rows, s => [s.Person1Id, s.Person2Id]);
        var now = asked.ToHashSet();
        asked.ForEach(id => spouses[id] = []);
        foreach (var row in rows.Where(s => !gone.Contains(s.Person1Id) && !gone.Contains(s.Person2Id)))
        {
            foreach (var id in new[] { row.Person1Id, row.Person2Id }.Where(now.Contains))
            {
                spouses[id].Add(row);
            }
        }
    }

    /// <summary>Whose guardian the person is.</summary>
    public async Task<IReadOnlyList<Guid>> WardsAsync(Guid guardian)
    {
        var rows = await db
            .Parents.AsNoTracking()
            .Where(p => p.GuardianId == guardian)
            .OrderBy(p => p.ChildId)
            .Select(p => p.ChildId)
            .Take(Room + 1)
            .ToListAsync(cancellationToken);
        rows = await KeepAsync(rows, id => [id]);
        return [.. rows.Where(id => !gone.Contains(id))];
    }

    private int Room => Math.Max(0, MostPersons - known.Count);

    /// <summary>As many rows as there is room for, with the state of everybody they name.</summary>
    private async Task<List<T>> KeepAsync<T>(List<T> rows, Func<T, IEnumerable<Guid>> named)
    {
        if (rows.Count > Room)
        {
            Truncated = true;
            rows = rows[..Room];
        }

        await KnowAsync(rows.SelectMany(named));
        return rows;
    }

    private async Task KnowAsync(IEnumerable<Guid> ids)
    {
        var next = ids.Where(known.Add).Distinct().ToList();
        gone.UnionWith(await RelationshipReader.GoneAsync(db, next, rules, caller, cancellationToken));
    }

    private ParentsState Standing(ParentsState state) =>
        state with
        {
            Parent1Id = Standing(state.Parent1Id),
            Parent2Id = Standing(state.Parent2Id),
            GuardianId = Standing(state.GuardianId),
        };

    private Guid? Standing(Guid? id) => id is { } there && !gone.Contains(there) ? there : null;
}
