using SocialRegistry.Contracts;
using SocialRegistry.Standards.Dci.Records;

namespace SocialRegistry.Standards.Dci.Search;

/// <summary>What one item found.</summary>
/// <param name="Records">Those of the page asked for.</param>
/// <param name="Total">All there are.</param>
internal sealed record Found(IReadOnlyList<FoundRecord> Records, int Total)
{
    public static Found Nothing { get; } = new([], 0);

    public Rejection? Rejection { get; init; }
}

/// <summary>Asks the core: all identifiers of one purpose in one call, then all records they lead to, then all members of those.</summary>
internal sealed class SearchRegistry(IRegistrants registrants, IGroups groups)
{
    /// <summary>One answer per item, in order; a problem when the core cannot answer at all.</summary>
    public async Task<Outcome<Found[]>> RunAsync(
        IReadOnlyList<SearchItem> items,
        Caller caller,
        int maxRelated,
        CancellationToken cancellationToken
    )
    {
        var found = new Found[items.Count];
        foreach (var (index, item) in items.Index())
        {
            found[index] = Found.Nothing with { Rejection = item.Rejection };
        }

        var budget = new Budget(maxRelated);
        var asked = items
            .Index()
            .Where(i => i.Item.Target is not null)
            .GroupBy(i => (i.Item.Target!.Purpose, i.Item.Target.LegalGround, i.Item.Target.NeedsMemberships));
        foreach (var batch in asked)
        {
            var (purpose, legalGround, needsMemberships) = batch.Key;
            var reader = caller with
            {
                Purpose = purpose,
                LegalGround = legalGround,
                // The scope registry.search is what opens this door; the core asks for its own permission. Fields stay the partner's.
                Permissions = new HashSet<string>(caller.Permissions) { Permissions.ReadRegistrants },
            };
            var places = batch.ToList();
            var figures = places.Exists(p => p.Item.Target!.Shape == RecordShape.Group);
            var views = await registrants.FindAsync(
                [.. places.Select(p => p.Item.Target!.Identifier)],
                new ReadOptions { Memberships = needsMemberships, Derived = figures },
                reader,
                cancellationToken
            );
            var problem = views.Problem;
            if (views.Succeeded)
            {
                var related = new RelatedRecords(registrants, groups, reader, budget, figures);
                var whole = await related.CompleteAsync(views.Value, cancellationToken);
                problem = whole.Problem;
                if (whole.Succeeded)
                {
                    var hits = places
                        .Zip(whole.Value)
                        .Where(p => p.Second is not null)
                        .Select(p => new Hit(p.First.Index, p.First.Item, p.Second!))
                        .ToList();
                    problem = await ShowAsync(hits, related, cancellationToken);
                    hits.ForEach(h => found[h.Index] = h.Found);
                }
            }

            if (problem is null)
            {
                continue;
            }

            if (DciErrors.ToRejection(problem) is not { } rejection)
            {
                return problem;
            }

            places.ForEach(p => found[p.Index] = Found.Nothing with { Rejection = rejection });
        }

        return found;
    }

    /// <summary>
    /// From the records that carry the identifiers to the entities that are counted, then to the records that are shown, then to their
    /// members: one call of the core for each of these steps, whatever the number of items.
    /// </summary>
    private static async Task<Problem?> ShowAsync(
        List<Hit> hits,
        RelatedRecords related,
        CancellationToken cancellationToken
    )
    {
        Want(hits, related, true, h => h.Entities().Where(id => id != h.View.Id));
        if (await related.FetchAsync(cancellationToken) is { } problem)
        {
            return problem;
        }

        // Of groups the memberships lead on to the members.
        Want(hits, related, true, h => h.Shown(related).Where(_ => h.IsGroup).Where(id => !h.IsKnown(id, related)));
        Want(hits, related, false, h => h.Shown(related).Where(_ => !h.IsGroup).Where(id => !h.IsKnown(id, related)));
        if ((problem = await related.FetchAsync(cancellationToken)) is not null)
        {
            return problem;
        }

        Want(hits, related, false, h => h.IsGroup ? h.Records(related).SelectMany(related.MemberIds) : []);
        if ((problem = await related.FetchAsync(cancellationToken)) is not null)
        {
            return problem;
        }

        foreach (var hit in hits.Where(h => h.Found.Rejection is null))
        {
            hit.Found = new Found(
                [.. hit.Records(related).Select(r => hit.IsGroup ? related.WithMembers(r) : new FoundRecord(r))],
                RelatedRecords.Ids(hit.View, hit.Target.EntityKind).Count
            );
        }

        return null;
    }

    /// <summary>An item that needs more than the message may have is refused, the others go on.</summary>
    private static void Want(
        List<Hit> hits,
        RelatedRecords related,
        bool withMemberships,
        Func<Hit, IEnumerable<RegistrantId>> ids
    )
    {
        foreach (var hit in hits.Where(h => h.Found.Rejection is null))
        {
            if (related.Want(ids(hit).ToList(), withMemberships) is { } problem)
            {
                hit.Found = Found.Nothing with { Rejection = DciErrors.ToRejection(problem) };
            }
        }
    }

    /// <summary>An item whose identifier somebody carries.</summary>
    private sealed class Hit(int index, SearchItem item, RegistrantView view)
    {
        public int Index => index;

        public RegistrantView View => view;

        public SearchTarget Target => item.Target!;

        public bool IsGroup => Target.Shape == RecordShape.Group;

        public Found Found { get; set; } = Found.Nothing;

        /// <summary>The entities of the page asked for.</summary>
        public IReadOnlyList<RegistrantId> Entities()
        {
            var entities = RelatedRecords.Ids(view, Target.EntityKind);
            var skip = (item.PageNumber - 1L) * item.PageSize;
            return skip >= entities.Count ? [] : [.. entities.Skip((int)skip).Take(item.PageSize)];
        }

        /// <summary>Ids of the records to be shown, each once.</summary>
        public IReadOnlyList<RegistrantId> Shown(RelatedRecords related) =>
            [
                .. Entities()
                    .Select(id => Entity(id, related))
                    .OfType<RegistrantView>()
                    .SelectMany(entity => RelatedRecords.Ids(entity, Target.Shape.Kind()))
                    .Distinct(),
            ];

        public IReadOnlyList<RegistrantView> Records(RelatedRecords related) =>
            [.. Shown(related).Select(id => Entity(id, related) ?? related.Get(id, IsGroup)).OfType<RegistrantView>()];

        /// <summary>True when the record is at hand already, as the one named or as an entity.</summary>
        public bool IsKnown(RegistrantId id, RelatedRecords related) => Entity(id, related) is not null;

        private RegistrantView? Entity(RegistrantId id, RelatedRecords related) =>
            id == view.Id ? view : related.Get(id, withMemberships: true);
    }
}
