using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Fields.Indexes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Search;

/// <summary>
/// Refuses searches by fields whose index is still being made, once there are so many records that such a search would read them all
/// for long (<see cref="RegistryOptions.UnindexedSearchLimit"/>). Which fields wait is looked up every few seconds, not with every search.
/// </summary>
internal sealed class WaitingIndexes(FieldCatalogue catalogue, RegistryOptions options, TimeProvider time)
{
    private volatile Seen? seen;

    /// <summary>The refusal, or <c>null</c> when the search may go on.</summary>
    public async Task<Problem?> RefuseAsync(
        RegistryDbContext db,
        BoundQuery query,
        SearchSort sort,
        CancellationToken cancellationToken
    )
    {
        var waiting = (await SeenAsync(db, cancellationToken)).Fields;
        if (waiting.Count == 0)
        {
            return null;
        }

        var asked = new HashSet<(string Kind, string Field)>();
        Collect(query, asked);
        foreach (var key in sort.Keys)
        {
            Add(key.Kind is { } kind ? [kind] : Both, key.Field, asked);
        }

        if (!asked.Overlaps(waiting) || !await IsLargeAsync(db, cancellationToken))
        {
            return null;
        }

        // Nobody is refused for what stood a moment ago.
        seen = null;
        asked.IntersectWith((await SeenAsync(db, cancellationToken)).Fields);
        return asked.Count == 0
            ? null
            : SearchProblems.IndexWaits([.. asked.Select(a => a.Field).Distinct().Order(StringComparer.Ordinal)]);
    }

    private static readonly string[] Both = [RegistrantKinds.Individual, RegistrantKinds.Group];

    /// <summary>No more are counted than it takes to know.</summary>
    private async Task<bool> IsLargeAsync(RegistryDbContext db, CancellationToken cancellationToken) =>
        await db.Registrants.Take(options.UnindexedSearchLimit + 1).CountAsync(cancellationToken)
        > options.UnindexedSearchLimit;

    private async Task<Seen> SeenAsync(RegistryDbContext db, CancellationToken cancellationToken)
    {
        var version = catalogue.Current.View.Version;
        if (
            seen is { } known
            && known.Version == version
            && time.GetElapsedTime(known.At) < TimeSpan.FromSeconds(options.CataloguePollSeconds)
        )
        {
            return known;
        }

        var at = time.GetTimestamp();
        var rows = await db
            .FieldIndexes.AsNoTracking()
            .Where(i => i.Wanted && i.State != FieldIndexState.Indexed)
            .Select(i => new { i.Kind, i.Field })
            .ToListAsync(cancellationToken);
        return seen = new Seen(version, at, rows.Select(r => (r.Kind, r.Field)).ToHashSet());
    }

    private static void Collect(BoundQuery query, HashSet<(string, string)> asked)
    {
        switch (query)
        {
            case BoundAnd and:
                and.Items.ToList().ForEach(i => Collect(i, asked));
                break;
            case BoundOr or:
                or.Items.ToList().ForEach(i => Collect(i, asked));
                break;
            case BoundNot not:
                Collect(not.Item, asked);
                break;
            case BoundExists exists:
                Add(exists.Field, asked);
                break;
            case BoundIn among:
                Add(among.Field, asked);
                break;
            case BoundCompare compare:
                Add(compare.Field, asked);
                break;
            case BoundText text:
                Add(text.Field, asked);
                break;
            case BoundArea:
                Add(Both, QueryBinder.Area, asked);
                break;
            case BoundAnyMember member:
                Collect(member.Member, asked);
                break;
            case BoundMemberOf group:
                Collect(group.Group, asked);
                break;
            case BoundAnyRelative relative:
                Collect(relative.Relative, asked);
                break;
            case BoundIdentifier or BoundStatus or BoundKind:
                break;
            default:
                throw new NotSupportedException("No fields of " + query.GetType().Name + ".");
        }
    }

    private static void Add(QueryField field, HashSet<(string, string)> asked) =>
        Add(field.Kinds, field.Root.Id, asked);

    private static void Add(IEnumerable<string> kinds, string field, HashSet<(string, string)> asked) =>
        asked.UnionWith(kinds.Select(kind => (kind, field)));

    /// <param name="At">A timestamp of the clock.</param>
    private sealed record Seen(int Version, long At, IReadOnlySet<(string Kind, string Field)> Fields);
}
