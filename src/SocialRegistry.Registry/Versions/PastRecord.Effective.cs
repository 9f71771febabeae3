using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>Records as they were in life on a day.</summary>
internal sealed partial class PastRecord
{
    /// <summary>
    /// Of each field the value of the change recorded last among those that hold on that day already: what was recorded later is known
    /// better, and holds from its own day on.
    /// </summary>
    private async Task<Outcome<VersionThen>> EffectiveAsync(
        RegistryDbContext db,
        OpenRecord record,
        DateTimeOffset? asOf,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        var at = asOf ?? DateTimeOffset.MaxValue;
        if (at < record.Row.RegisteredAt)
        {
            return VersionProblems.BeforeRecorded(record.Row.RegisteredAt);
        }

        var (id, last) = (record.Row.Id, record.Row.Version);
        var known = db.Versions.Where(v =>
            v.RegistrantId == id && v.Number <= last && (asOf == null || v.RecordedAt <= at) && v.EffectiveOn <= day
        );
        var entries = await ToTheWhole(db, record)
            .Where(v =>
                v.Number >= known.Max(k => k.Number)
                && v.Number <= known.Max(k => k.Number) + VersionEntry.SnapshotEvery
            )
            .ToListAsync(cancellationToken);
        var newest = entries.Count == 0 ? 1 : entries[0].Number;
        var later = await db
            .Versions.AsNoTracking()
            .Where(v => v.RegistrantId == id && v.Number <= newest && v.EffectiveOn > day)
            .OrderBy(v => v.Number)
            .Select(v => new { v.Number, Since = PartialDate.Of(v.EffectiveOn, v.EffectivePrecision) })
            .Take(1)
            .ToListAsync(cancellationToken);
        if (later is [{ Number: 1 } first])
        {
            return VersionProblems.BeforeEffective(first.Since);
        }

        var then = (await ThenAsync(db, record, entries, cancellationToken)) with { Until = asOf, Day = day };
        return later.Count == 0 ? then : await WithoutLaterAsync(db, record, then, day, cancellationToken);
    }

    /// <summary>Takes back what was recorded before the newest version that counts and holds only after the day.</summary>
    private async Task<VersionThen> WithoutLaterAsync(
        RegistryDbContext db,
        OpenRecord record,
        VersionThen then,
        DateOnly day,
        CancellationToken cancellationToken
    )
    {
        var (id, newest) = (record.Row.Id, then.Entry.Number);
        var changes = await db
            .Versions.AsNoTracking()
            .Where(v => v.RegistrantId == id && v.Number <= newest)
            .OrderBy(v => v.Number)
            .Select(v => new
            {
                v.Number,
                Counts = v.EffectiveOn <= day,
                v.ChangedFields,
            })
            .ToListAsync(cancellationToken);
        // Which version's value of a field counts, for fields where it is not the newest's.
        var sources = new Dictionary<string, long>();
        var standing = new Dictionary<string, long>();
        foreach (var change in changes)
        {
            foreach (var field in VersionEntry.FieldsOf(change.ChangedFields))
            {
                if (change.Counts)
                {
                    standing[field] = change.Number;
                    sources.Remove(field);
                }
                else
                {
                    // Before its first value a field has none, as in version 1.
                    sources[field] = standing.GetValueOrDefault(field, 1);
                }
            }
        }

        var document = then.Record.Document;
        foreach (var fields in sources.GroupBy(s => s.Value, s => s.Key))
        {
            using var source = (await ReadAsync(db, record, fields.Key, cancellationToken))!;
            document = document.With([.. fields], source.Record.Document);
        }

        then.Record.Document = document;
        return then;
    }
}
