using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Disclosures;

/// <summary>To whom a record was shown, newest first, behind them the counts of older times. Looking is itself a showing: it tells which fields there are, and who asks after whom.</summary>
internal sealed class ReadDisclosures(
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    DisclosureLog disclosures
)
{
    /// <summary>What a look at the log itself is logged as.</summary>
    public const string Field = "disclosures";

    private const int MostItems = 500;
    private const string StaffKind = "staff";
    private const string Withheld = "withheld";

    public async Task<Outcome<Page<DisclosureView>>> HandleAsync(
        RegistrantId id,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (caller.Kind != CallerKind.Person && !caller.May(Permissions.ReadDisclosures))
        {
            return RegistrantProblems.NotAllowed(Permissions.ReadDisclosures);
        }

        if (Place.Of(page.After) is not { } place)
        {
            return RegistrantProblems.BadPage;
        }

        if (page.Size is < 1 or > MostItems)
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await store.ExistsAsync(db, id.Value, caller, cancellationToken))
        {
            return RegistrantProblems.NotFound;
        }

        // A partner that may not see every field sees its own accesses, not those of others.
        var own = caller.Kind == CallerKind.Partner && !caller.Fields.IsAll ? caller.Id : null;
        var rows = place.InCounts
            ? []
            : await RowsAsync(db, id.Value, place.Before, own, page.Size + 1, cancellationToken);
        var left = page.Size + 1 - rows.Count;
        var counts =
            left == 0
                ? []
                : await CountsAsync(db, id.Value, place.InCounts ? place.Before : null, own, left, cancellationToken);
        await disclosures.WriteAsync([disclosures.Row(caller, id.Value, [Field])], cancellationToken);
        var items = rows.Select(d => (View: d.ToView(), Place: new Place(false, d.Id)))
            .Concat(counts.Select(c => (View: c.ToView(), Place: new Place(true, c.Id))))
            .ToList();
        return new Page<DisclosureView>(
            [.. items.Take(page.Size).Select(i => ForReader(i.View, caller))],
            items.Count > page.Size ? items[page.Size - 1].Place.ToString() : null
        );
    }

    /// <summary>A person is told the institution; which of its staff it was, a privacy officer can find out.</summary>
    private static DisclosureView ForReader(DisclosureView view, Caller caller) =>
        caller.Kind == CallerKind.Person && view.ReaderKind == StaffKind ? view with { ShownTo = Withheld } : view;

    private static Task<List<Disclosure>> RowsAsync(
        RegistryDbContext db,
        Guid registrant,
        Guid? before,
        string? own,
        int most,
        CancellationToken cancellationToken
    ) =>
        db
            .Disclosures.AsNoTracking()
            .Where(d => d.RegistrantId == registrant && (before == null || d.Id.CompareTo(before.Value) < 0))
            .Where(d => own == null || d.ShownTo == own)
            .OrderByDescending(d => d.Id)
            .Take(most)
            .ToListAsync(cancellationToken);

    private static Task<List<DisclosureCount>> CountsAsync(
        RegistryDbContext db,
        Guid registrant,
        Guid? before,
        string? own,
        int most,
        CancellationToken cancellationToken
    ) =>
        db
            .DisclosureCounts.AsNoTracking()
            .Where(c => c.RegistrantId == registrant && (before == null || c.Id.CompareTo(before.Value) < 0))
            .Where(c => own == null || c.ShownTo == own)
            .OrderByDescending(c => c.Id)
            .Take(most)
            .ToListAsync(cancellationToken);

    /// <summary>Where a page ends: among the showings, or behind them among the counts.</summary>
    private sealed record Place(bool InCounts, Guid? Before)
    {
        private const string Counts = "c";

        public static Place? Of(string? after)
        {
            if (after is null)
            {
                return new Place(false, null);
            }

            var inCounts = after.StartsWith(Counts, StringComparison.Ordinal) && after.Length == 33;
            return Guid.TryParseExact(inCounts ? after[1..] : after, "N", out var id) ? new Place(inCounts, id) : null;
        }

        public override string ToString() => (InCounts ? Counts : "") + Before!.Value.ToString("N");
    }
}
