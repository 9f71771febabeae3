using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>
/// Brings a record back to a version or a moment: from the nearest whole one after it, by reverse patches. At most
/// <see cref="VersionEntry.SnapshotEvery"/> + 1 rows are read, however long the history is.
/// </summary>
internal sealed partial class PastRecord(RecordStore store)
{
    /// <summary>Above it the place of a moment is narrowed by probes before it is looked for.</summary>
    private const long Near = 64;

    private const int Probes = 16;

    /// <summary>From the newest version recorded up to a moment, among those between two numbers, to the next whole one. Compiled once for this model.</summary>
    private readonly Func<
        RegistryDbContext,
        Guid,
        long,
        long,
        long,
        DateTimeOffset,
        IAsyncEnumerable<VersionEntry>
    > asOf = EF.CompileAsyncQuery(
        (RegistryDbContext db, Guid id, long first, long last, long newest, DateTimeOffset at) =>
            db.Set<VersionEntry>()
                .AsNoTracking()
                .OrderBy(v => v.Number)
                .Where(v =>
                    v.RegistrantId == id
                    && v.Number <= newest
                    && v.Number
                        >= db.Set<VersionEntry>()
                            .Where(k =>
                                k.RegistrantId == id && k.Number >= first && k.Number <= last && k.RecordedAt <= at
                            )
                            .Max(k => k.Number)
                    && v.Number
                        <= db.Set<VersionEntry>()
                            .Where(k =>
                                k.RegistrantId == id && k.Number >= first && k.Number <= last && k.RecordedAt <= at
                            )
                            .Max(k => k.Number) + VersionEntry.SnapshotEvery
                )
    );

    /// <summary>Who may read the history of an archived record; to everybody else there is no such person.</summary>
    public static bool SeesArchived(Caller caller) => caller.Kind is CallerKind.System or CallerKind.Staff;

    /// <summary>The record as it stood at that point.</summary>
    public async Task<Outcome<VersionThen>> FindAsync(
        RegistryDbContext db,
        OpenRecord record,
        PastPoint point,
        CancellationToken cancellationToken
    )
    {
        var number = point.Number;
        if (point.Name is { } name)
        {
            var joined = await NamedVersionRows.NumberAsync(db, name, record.Row.Id, cancellationToken);
            if (!joined.Succeeded)
            {
                return joined.Problem;
            }

            number = joined.Value;
        }

        if (number is { } n)
        {
            return await ReadAsync(db, record, n, cancellationToken) is { } then
                ? then
                : RegistrantProblems.VersionNotFound;
        }

        return point.Day is { } day
            ? await EffectiveAsync(db, record, point.AsOf, day, cancellationToken)
            : await AsOfAsync(db, record, point.AsOf!.Value, cancellationToken);
    }

    /// <summary>Many records as they stood at a moment; those that were not there are left out. Of a moment alone in one statement.</summary>
    public async Task<Dictionary<Guid, VersionThen>> FindManyAsync(
        RegistryDbContext db,
        IReadOnlyList<OpenRecord> records,
        PastPoint point,
        CancellationToken cancellationToken
    )
    {
        var found = new Dictionary<Guid, VersionThen>();
        if (point is not { AsOf: { } at, Day: null })
        {
            foreach (var record in records)
            {
                if (await FindAsync(db, record, point, cancellationToken) is { Succeeded: true, Value: var then })
                {
                    found[record.Row.Id] = then;
                }
            }

            return found;
        }

        var ids = records.Select(r => r.Row.Id).ToList();
        var known = db
            .Versions.Where(v => ids.Contains(v.RegistrantId) && v.RecordedAt <= at)
            .GroupBy(v => v.RegistrantId)
            .Select(g => new { Id = g.Key, Number = g.Max(v => v.Number) });
        var entries = await db
            .Versions.AsNoTracking()
            .Join(known, v => v.RegistrantId, k => k.Id, (v, k) => new { Entry = v, k.Number })
            .Where(e => e.Entry.Number >= e.Number && e.Entry.Number <= e.Number + VersionEntry.SnapshotEvery)
            .Select(e => e.Entry)
            .ToListAsync(cancellationToken);
        var entriesOf = entries.ToLookup(e => e.RegistrantId);
        foreach (var record in records)
        {
            var own = entriesOf[record.Row.Id]
                .Where(e => e.Number <= record.Row.Version)
                .OrderBy(e => e.Number)
                .ToList();
            if (own.Count > 0)
            {
                var then = await ThenAsync(db, record, own, cancellationToken);
                found[record.Row.Id] = then with { Until = at };
            }
            else if (
                record.Row.RegisteredAt <= at
                && await FindAsync(db, record, point, cancellationToken) is { Succeeded: true, Value: var late }
            )
            {
                // Another version has come since the record was read.
                found[record.Row.Id] = late;
            }
        }

        return found;
    }

    /// <summary>The record with the document of a version; <c>null</c> when there is no such version.</summary>
    public async Task<VersionThen?> ReadAsync(
        RegistryDbContext db,
        OpenRecord record,
        long number,
        CancellationToken cancellationToken
    )
    {
        if (number < 1 || number > record.Row.Version)
        {
            return null;
        }

        var entries = await ToTheWhole(db, record)
            .Where(v => v.Number >= number && v.Number <= number + VersionEntry.SnapshotEvery)
            .ToListAsync(cancellationToken);
        var then = await ThenAsync(db, record, entries, cancellationToken);
        return then with { Until = then.NextAt?.AddTicks(-TimeSpan.TicksPerMicrosecond) };
    }

    private async Task<Outcome<VersionThen>> AsOfAsync(
        RegistryDbContext db,
        OpenRecord record,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        if (at < record.Row.RegisteredAt)
        {
            return VersionProblems.BeforeRecorded(record.Row.RegisteredAt);
        }

        var (id, first, last) = (record.Row.Id, 1L, record.Row.Version);
        while (last - first > Near)
        {
            (first, last) = await NarrowAsync(db, id, at, first, last, cancellationToken);
        }

        var entries = new List<VersionEntry>();
        await foreach (
            var entry in asOf(db, id, first, last, record.Row.Version, at).WithCancellation(cancellationToken)
        )
        {
            entries.Add(entry);
        }

        return (await ThenAsync(db, record, entries, cancellationToken)) with
        {
            Until = at,
        };
    }

    /// <summary>Bounds between which the last version of a moment lies: times grow with numbers.</summary>
    private static async Task<(long First, long Last)> NarrowAsync(
        RegistryDbContext db,
        Guid id,
        DateTimeOffset at,
        long first,
        long last,
        CancellationToken cancellationToken
    )
    {
        var numbers = Enumerable.Range(1, Probes).Select(i => first + (last - first) * i / (Probes + 1)).ToList();
        var probes = await db
            .Versions.Where(v => v.RegistrantId == id && numbers.Contains(v.Number))
            .OrderBy(v => v.Number)
            .Select(v => new { v.Number, v.RecordedAt })
            .ToListAsync(cancellationToken);
        return (
            probes.LastOrDefault(p => p.RecordedAt <= at)?.Number ?? first,
            probes.Find(p => p.RecordedAt > at)?.Number ?? last
        );
    }

    /// <summary>Versions in order, up to the one that the record was read with: another may have come since.</summary>
    private static IQueryable<VersionEntry> ToTheWhole(RegistryDbContext db, OpenRecord record)
    {
        var (id, last) = (record.Row.Id, record.Row.Version);
        return db.Versions.AsNoTracking().Where(v => v.RegistrantId == id && v.Number <= last).OrderBy(v => v.Number);
    }

    /// <param name="entries">The version asked for and those after it, up to the next whole one or the last.</param>
    private async Task<VersionThen> ThenAsync(
        RegistryDbContext db,
        OpenRecord record,
        List<VersionEntry> entries,
        CancellationToken cancellationToken
    )
    {
        var whole = entries.FindIndex(e => e.Snapshot is not null);
        var document = whole >= 0 ? StoredDocument.FromSnapshot(entries[whole].Snapshot!) : record.Document;
        for (var i = whole >= 0 ? whole : entries.Count - 1; i > 0; i--)
        {
            document = document.Back(entries[i].ReversePatch);
        }

        var entry = entries[0];
        var isOwner = entry.Epoch != record.Row.Epoch;
        var then = isOwner
            ? await WithKeysAsync(db, record, entry.Epoch, cancellationToken)
            : new OpenRecord(record.Row, record.Cipher);
        then.Document = document;
        return new VersionThen(entry, then)
        {
            NextAt = entries.Count > 1 ? entries[1].RecordedAt : null,
            IsOwner = isOwner,
        };
    }

    /// <summary>With the data keys of an older epoch.</summary>
    private async Task<OpenRecord> WithKeysAsync(
        RegistryDbContext db,
        OpenRecord record,
        int epoch,
        CancellationToken cancellationToken
    )
    {
        var id = record.Row.Id;
        var keys = await db
            .RecordKeys.AsNoTracking()
            .Where(k => k.RegistrantId == id && k.Epoch == epoch)
            .ToListAsync(cancellationToken);
        return new OpenRecord(record.Row, store.Cipher(record.Row, epoch, keys));
    }
}
