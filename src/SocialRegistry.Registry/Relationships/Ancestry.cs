using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Relationships;

/// <summary>
/// Who descends from whom, above some persons. Whoever adds a parent holds locks on the child, the parent and all the parent's
/// ancestors: two writers that would close a circle together always want one row in common, so the second sees what the first wrote.
/// </summary>
internal sealed class Ancestry
{
    /// <summary>Ancestors looked at in one call; a family of ten full generations has some 1,000.</summary>
    public const int Most = 50_000;

    private readonly Dictionary<Guid, IReadOnlyList<Guid>> parents;

    private Ancestry(Dictionary<Guid, IReadOnlyList<Guid>> parents) => this.parents = parents;

    /// <summary>Locks the persons and all above them, and reads how they hang together; within a transaction.</summary>
    public static async Task<Outcome<Ancestry>> LockAsync(
        RegistryDbContext db,
        IRowLocks locks,
        IReadOnlyCollection<Guid> persons,
        CancellationToken cancellationToken
    )
    {
        var locked = new HashSet<Guid>();
        while (true)
        {
            // Read before the locks were taken, it may be old; so it is read again until it names nobody new.
            var parents = await ReadAsync(db, persons, cancellationToken);
            if (parents is null)
            {
                return RelationshipProblems.TreeTooLarge(Most);
            }

            var missing = parents.Keys.Where(id => !locked.Contains(id)).ToList();
            if (missing.Count == 0)
            {
                return new Ancestry(parents);
            }

            await locks.LockRegistrantsAsync(db, missing, cancellationToken);
            locked.UnionWith(missing);
        }
    }

    /// <summary>True when the first is the second or an ancestor of the second.</summary>
    public bool IsAtOrAbove(Guid ancestor, Guid person)
    {
        var seen = new HashSet<Guid>();
        var next = new Stack<Guid>([person]);
        while (next.TryPop(out var id))
        {
            if (id == ancestor)
            {
                return true;
            }

            if (seen.Add(id) && parents.TryGetValue(id, out var above))
            {
                foreach (var parent in above)
                {
                    next.Push(parent);
                }
            }
        }

        return false;
    }

    /// <summary>The child has other parents from now on.</summary>
    public void Set(Guid child, IEnumerable<Guid> above) => parents[child] = [.. above];

    /// <summary>Parents by child for these persons and everybody above; archived records too. <c>null</c> when there are too many.</summary>
    private static async Task<Dictionary<Guid, IReadOnlyList<Guid>>?> ReadAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> persons,
        CancellationToken cancellationToken
    )
    {
        var parents = new Dictionary<Guid, IReadOnlyList<Guid>>();
        var next = persons.Distinct().ToList();
        while (next.Count > 0)
        {
            next.ForEach(id => parents[id] = []);
            if (parents.Count > Most)
            {
                return null;
            }

            var level = next;
            var rows = await db
                .Parents.AsNoTracking()
                .Where(p => EF.Parameter(level).Contains(p.ChildId))
                .Select(p => new
                {
                    p.ChildId,
                    p.Parent1Id,
                    p.Parent2Id,
                })
                .ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                parents[row.ChildId] = [.. new[] { row.Parent1Id, row.Parent2Id }.OfType<Guid>()];
            }

            next = [.. rows.SelectMany(r => parents[r.ChildId]).Where(id => !parents.ContainsKey(id)).Distinct()];
        }

        return parents;
    }
}
