using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Attestations;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>Attestations as they stood: of each field the last statement up to a moment. One about another value than the one shown says nothing.</summary>
internal sealed class PastAttestations(AttestationReader reader, FieldCatalogue catalogue)
{
    public async Task<List<AttestationView>> ShowAsync(
        RegistryDbContext db,
        VersionThen then,
        ReadGate gate,
        CancellationToken cancellationToken
    )
    {
        var id = then.Record.Row.Id;
        var entries = await LastAsync(db, id, then.Until, cancellationToken);
        if (then is { Day: not null, NextAt: { } next })
        {
            // The value of a day may have been replaced since: then the last word on it was spoken before that.
            var before = await LastAsync(db, id, next.AddTicks(-TimeSpan.TicksPerMicrosecond), cancellationToken);
            foreach (var (field, entry) in before)
            {
                if (!entries.TryGetValue(field, out var last) || !IsAbout(then.Record, last))
                {
                    entries[field] = entry;
                }
            }
        }

        return reader.Show(then.Record, gate, entries.Values);
    }

    private bool IsAbout(OpenRecord record, AttestationEntry entry) =>
        catalogue.Current.Rule(record.Row.Kind, entry.Field) is { } rule
        && record.Value(rule) is { } value
        && record.ValueHash(entry.Field, value) == entry.ValueHash;

    private static async Task<Dictionary<string, AttestationEntry>> LastAsync(
        RegistryDbContext db,
        Guid id,
        DateTimeOffset? until,
        CancellationToken cancellationToken
    )
    {
        var history = db.AttestationHistory.AsNoTracking().Where(a => a.RegistrantId == id);
        var known = until is { } at ? history.Where(a => a.At <= at) : history;
        var last = known.GroupBy(a => a.Field).Select(g => new { Field = g.Key, At = g.Max(a => a.At) });
        var entries = await history
            .Join(last, a => new { a.Field, a.At }, l => new { l.Field, l.At }, (a, _) => a)
            .OrderBy(a => a.Id)
            .ToListAsync(cancellationToken);
        return entries.GroupBy(e => e.Field).ToDictionary(g => g.Key, g => g.Last());
    }
}
