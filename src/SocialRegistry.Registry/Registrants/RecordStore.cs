using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Attestations;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Loads records and opens their ciphers. Who asks for a caller gets those that the caller may know of (<see cref="RowRules"/>).</summary>
internal sealed class RecordStore(
    IRecordProtection protection,
    RowRules rules,
    SearchRows search,
    FieldCatalogue catalogue,
    RegistryOptions options
)
{
    // Of this store, not of the class: a compiled query belongs to one model, and each database has its own.
    private readonly RecordQueries queries = new();

    /// <summary>A record that is to be made.</summary>
    public OpenRecord Make(Registrant row) =>
        new(row, Cipher(row, row.Epoch, [])) { Search = search, CheckedAgainst = catalogue.Current.View.Version };

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

    /// <summary>One record for reading, whoever asks.</summary>
    public async Task<OpenRecord?> ReadAsync(RegistryDbContext db, Guid id, CancellationToken cancellationToken) =>
        Open(await RecordQueries.OneAsync(queries.Read(db, id), cancellationToken));

    /// <summary>One record for reading; none when it is not for the caller.</summary>
    public async Task<OpenRecord?> ReadAsync(
        RegistryDbContext db,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        RowRules.IsFree(caller)
            ? Open(await RecordQueries.OneAsync(queries.Read(db, id), cancellationToken))
            : (
                await ReadAsync(db, await rules.RowsAsync(db, [id], caller, cancellationToken), cancellationToken)
            ).SingleOrDefault();

    /// <summary>True when there is such a record, archived or not, for the caller.</summary>
    public async Task<bool> ExistsAsync(
        RegistryDbContext db,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    ) => await (await rules.RowsAsync(db, [id], caller, cancellationToken)).AnyAsync(cancellationToken);

    /// <summary>Records to be changed, those that are for the caller: tracked, with their attestations.</summary>
    public async Task<Dictionary<Guid, OpenRecord>> LoadAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> asked,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (asked.Count == 0)
        {
            return [];
        }

        // Before any check: who checks later checks against this version or a newer one.
        var version = catalogue.Current.View.Version;
        var known = await rules.RowsAsync(db, asked, caller, cancellationToken);
        var rows = await known.ToListAsync(cancellationToken);
        var ids = rows.Select(r => r.Id).ToList();
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
            r => new OpenRecord(r, Cipher(r, r.Epoch, keysOf[r.Id]))
            {
                Attestations = [.. attestationsOf[r.Id]],
                Search = search,
                CheckedAgainst = version,
            }
        );
    }

    /// <summary>
    /// One record of which only these fields may be changed, if it is for the caller, in one round trip: tracked, with the attestations of
    /// these fields.
    /// </summary>
    public async Task<OpenRecord?> LoadAsync(
        RegistryDbContext db,
        Guid id,
        IReadOnlyCollection<string> fields,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!RowRules.IsFree(caller))
        {
            return (await LoadAsync(db, [id], caller, cancellationToken)).GetValueOrDefault(id);
        }

        var loaded = await RecordQueries.OneAsync(queries.Load(db, id, [.. fields]), cancellationToken);
        return loaded is null
            ? null
            : new OpenRecord(loaded.Row, Cipher(loaded.Row, loaded.Row.Epoch, loaded.Keys))
            {
                Attestations = loaded.Attestations,
                Search = search,
            };
    }

    /// <summary>Before a change of these fields: what searches look into beside the record.</summary>
    public async Task LoadSearchRowsAsync(
        RegistryDbContext db,
        OpenRecord record,
        IEnumerable<string> changed,
        CancellationToken cancellationToken
    )
    {
        if (search.Keeps(record.Row.Kind, changed))
        {
            record.SearchRows =
            [
                .. (await SearchRows.LoadAsync(db, [record.Row.Id], cancellationToken))[record.Row.Id],
            ];
        }
    }

    /// <summary>A cipher over another epoch's keys, for a past version.</summary>
    public RecordCipher Cipher(Registrant row, int epoch, IEnumerable<RecordKeyRow> keys) =>
        new(protection, options.Tenant, row.Kind, row.Id, epoch, keys);

    private OpenRecord? Open(ReadRow? read) =>
        read is null ? null : new OpenRecord(read.Row, Cipher(read.Row, read.Row.Epoch, read.Keys));
}
