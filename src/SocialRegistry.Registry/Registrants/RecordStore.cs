using Microsoft.EntityFrameworkCore;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Attestations;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Loads records and opens their ciphers.</summary>
internal sealed class RecordStore(IRecordProtection protection, RegistryOptions options)
{
    /// <summary>A record that is to be made.</summary>
    public OpenRecord Make(Registrant row) => new(row, Cipher(row, row.Epoch, []));

    /// <summary>Records for reading, in one round trip, archived ones too.</summary>
    public async Task<IReadOnlyList<OpenRecord>> ReadAsync(
        RegistryDbContext db,
        IQueryable<Registrant> registrants,
        CancellationToken cancellationToken
    )
    {
        var keys = db.RecordKeys;
        var rows = await registrants
            .AsNoTracking()
            .Select(r => new { Row = r, Keys = keys.Where(k => k.RegistrantId == r.Id && k.Epoch == r.Epoch).ToList() })
            .ToListAsync(cancellationToken);
        return [.. rows.Select(r => new OpenRecord(r.Row, Cipher(r.Row, r.Row.Epoch, r.Keys)))];
    }

    /// <summary>One record for reading.</summary>
    public async Task<OpenRecord?> ReadAsync(RegistryDbContext db, Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(db, db.Registrants.Where(r => r.Id == id), cancellationToken)).SingleOrDefault();

    /// <summary>Records to be changed: tracked, with their attestations.</summary>
    public async Task<Dictionary<Guid, OpenRecord>> LoadAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken
    )
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var rows = await db.Registrants.Where(r => ids.Contains(r.Id)).ToListAsync(cancellationToken);
        var keys = await db
            .RecordKeys.AsNoTracking()
            .Where(k => ids.Contains(k.RegistrantId))
            .ToListAsync(cancellationToken);
        var attestations = await db
            .Attestations.Where(a => ids.Contains(a.RegistrantId))
            .ToListAsync(cancellationToken);
        var keysOf = keys.ToLookup(k => k.RegistrantId);
        var attestationsOf = attestations.ToLookup(a => a.RegistrantId);
        return rows.ToDictionary(
            r => r.Id,
            r => new OpenRecord(r, Cipher(r, r.Epoch, keysOf[r.Id])) { Attestations = [.. attestationsOf[r.Id]] }
        );
    }

    /// <summary>A cipher over another epoch's keys, for a past version.</summary>
    public RecordCipher Cipher(Registrant row, int epoch, IEnumerable<RecordKeyRow> keys) =>
        new(protection, options.Tenant, row.Kind, row.Id, epoch, keys);
}
