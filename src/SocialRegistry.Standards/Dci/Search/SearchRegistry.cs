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

/// <summary>Asks the core: all identifiers of one purpose in one call.</summary>
internal sealed class SearchRegistry(IRegistrants registrants)
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
            var views = await registrants.FindAsync(
                [.. places.Select(p => p.Item.Target!.Identifier)],
                new ReadOptions { Memberships = needsMemberships },
                reader,
                cancellationToken
            );
            if (!views.Succeeded)
            {
                if (DciErrors.ToRejection(views.Problem) is not { } rejection)
                {
                    return views.Problem;
                }

                places.ForEach(p => found[p.Index] = Found.Nothing with { Rejection = rejection });
                continue;
            }

            var related = new RelatedRecords(registrants, reader, budget);
            foreach (var (place, view) in places.Zip(views.Value))
            {
                if (view is null)
                {
                    continue;
                }

                var shown = await ShowAsync(view, place.Item, related, cancellationToken);
                if (shown.Succeeded)
                {
                    found[place.Index] = shown.Value;
                }
                else if (DciErrors.ToRejection(shown.Problem) is { } rejection)
                {
                    found[place.Index] = Found.Nothing with { Rejection = rejection };
                }
                else
                {
                    return shown.Problem;
                }
            }
        }

        return found;
    }

    /// <summary>From the record that carries the identifier to the entities that are counted, then to the records that are shown.</summary>
    private static async Task<Outcome<Found>> ShowAsync(
        RegistrantView view,
        SearchItem item,
        RelatedRecords related,
        CancellationToken cancellationToken
    )
    {
        var target = item.Target!;
        var entities = RelatedRecords.Ids(view, target.EntityKind);
        var skip = (item.PageNumber - 1L) * item.PageSize;
        var page = skip >= entities.Count ? [] : entities.Skip((int)skip).Take(item.PageSize).ToList();
        var shapeKind = target.Shape.Kind();
        var records = new List<RegistrantView>();
        var seen = new HashSet<RegistrantId>();
        foreach (var id in page)
        {
            var entity =
                id == view.Id
                    ? (Outcome<MaybeRecord>)new MaybeRecord(view)
                    : await related.GetAsync(id, withMemberships: true, cancellationToken);
            if (!entity.Succeeded)
            {
                return entity.Problem;
            }

            foreach (var shownId in entity.Value.Record is { } one ? RelatedRecords.Ids(one, shapeKind) : [])
            {
                var shown =
                    shownId == entity.Value.Record!.Id
                        ? entity
                        : await related.GetAsync(
                            shownId,
                            withMemberships: target.Shape == RecordShape.Group,
                            cancellationToken
                        );
                if (!shown.Succeeded)
                {
                    return shown.Problem;
                }

                if (shown.Value.Record is { } record && seen.Add(record.Id))
                {
                    records.Add(record);
                }
            }
        }

        var result = new List<FoundRecord>(records.Count);
        foreach (var record in records)
        {
            var complete =
                target.Shape == RecordShape.Group
                    ? await related.WithMembersAsync(record, cancellationToken)
                    : new FoundRecord(record);
            if (!complete.Succeeded)
            {
                return complete.Problem;
            }

            result.Add(complete.Value);
        }

        return new Found(result, entities.Count);
    }
}
