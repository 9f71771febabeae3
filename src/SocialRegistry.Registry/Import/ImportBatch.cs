using System.Buffers.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.ChangeRequests;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;
using SocialRegistry.Registry.Versions;

namespace SocialRegistry.Registry.Import;

/// <summary>What the rows of one transaction need from the database, read at once, and what they make of it.</summary>
internal sealed class ImportBatch : IDisposable
{
    private readonly RecordWriter writer;
    private readonly RecordStore store;
    private readonly ChangeNote note;
    private readonly TimeProvider time;

    /// <summary>Which record carries an identifier, also among the rows before.</summary>
    private readonly Dictionary<(string Type, string Token), Guid> directory = [];
    private readonly Dictionary<Guid, OpenRecord> records;
    private readonly ImportMembers members;
    private readonly EditRules editRules;
    private readonly List<(Guid Record, ImportItem Item)> writers = [];

    private ImportBatch(
        RecordWriter writer,
        RecordStore store,
        ChangeNote note,
        TimeProvider time,
        Dictionary<(string Type, string Token), Guid> directory,
        Dictionary<Guid, OpenRecord> records,
        ImportMembers members,
        EditRules editRules
    )
    {
        this.writer = writer;
        this.store = store;
        this.note = note;
        this.time = time;
        this.directory = directory;
        this.records = records;
        this.members = members;
        this.editRules = editRules;
    }

    public static async Task<ImportBatch> LoadAsync(
        RegistryDbContext db,
        NewRows rows,
        RecordStore store,
        IReadOnlyList<ImportItem> items,
        ChangeNote note,
        TimeProvider time,
        HouseholdRule households,
        EditRules editRules,
        IReadOnlySet<string> uniqueKinds,
        CancellationToken cancellationToken
    )
    {
        var directory = await DirectoryAsync(db, items, cancellationToken);
        var ids = directory.Values.Distinct().ToList();
        var records = await store.LoadAsync(db, ids, note.Caller, cancellationToken);
        var searchRows = await SearchRows.LoadAsync(db, records.Keys, cancellationToken);
        foreach (var (id, record) in records)
        {
            record.SearchRows = [.. searchRows[id]];
        }

        var groups = items
            .Select(i => i.Group is { } group && directory.TryGetValue(group.Key, out var id) ? id : (Guid?)null)
            .OfType<Guid>()
            .Concat(records.Values.Where(r => r.Row.Kind == RegistrantKinds.Group).Select(r => r.Row.Id))
            .Distinct()
            .ToList();
        var known =
            groups.Count == 0
                ? []
                : await db.Memberships.Where(m => groups.Contains(m.GroupId)).ToListAsync(cancellationToken);
        var writer = new RecordWriter(db, time, rows);
        return new ImportBatch(
            writer,
            store,
            note,
            time,
            directory,
            records,
            new ImportMembers(
                writer,
                note,
                time,
                known.GroupBy(m => m.GroupId).ToDictionary(g => g.Key, g => g.ToList()),
                households,
                editRules,
                uniqueKinds
            ),
            editRules
        );
    }

    /// <summary>Brings one row in, or says why not; a refused row leaves nothing behind.</summary>
    public Outcome<ImportedRegistrant> Apply(ImportItem item)
    {
        var carriers = item
            .Identifiers.Select(i => directory.TryGetValue(i.Key, out var id) ? id : (Guid?)null)
            .ToList();
        var found = carriers[0] is { } first ? records.GetValueOrDefault(first) : null;
        if (
            carriers.Any(c => c is not null && c != found?.Row.Id)
            || found?.Row is { IsArchived: true } or { IsMerged: true }
        )
        {
            return RegistrantProblems.IdentifierTaken;
        }

        var group =
            item.Group is { } named && directory.TryGetValue(named.Key, out var id)
                ? records.GetValueOrDefault(id)
                : null;
        if (item.Group is not null && group?.Row is not { IsArchived: false, IsMerged: false })
        {
            return GroupProblems.Unknown;
        }

        if (group is not null && members.Refused(group, found, item) is { } refused)
        {
            return refused;
        }

        if (found is null && item.IsOutside)
        {
            return RegistrantProblems.OutsideRows;
        }

        var wasHousehold = members.IsHousehold(found);
        var record = found ?? store.Make(new Registrant(RegistrantId.New(time), item.Row.Kind, note.Now));
        var changed = Write(record, found is null, item);
        if (!changed.Succeeded)
        {
            if (found is null)
            {
                record.Dispose();
            }

            return changed.Problem;
        }

        if (found is not null && !wasHousehold && members.IsHousehold(record))
        {
            members.Retype(record, item);
        }

        var joined = group is not null && members.Join(group, record, item);
        if (changed.Value || joined)
        {
            writers.Add((record.Row.Id, item));
        }

        if (joined)
        {
            writers.Add((group!.Row.Id, item));
        }

        var action =
            found is null ? ImportAction.Created
            : changed.Value || joined ? ImportAction.Updated
            : ImportAction.Unchanged;
        return new ImportedRegistrant(record.Row.RegistrantId, action, record.Row.Version);
    }

    /// <summary>Rows that changed one of these records, or somebody's place in one of them.</summary>
    public IReadOnlyList<ImportItem> Writing(IReadOnlySet<Guid> outside) =>
        [.. writers.Where(w => outside.Contains(w.Record)).Select(w => w.Item).Distinct()];

    /// <summary>Rows that would leave a household without a head.</summary>
    public IReadOnlyList<ImportItem> HeadsTaken() => members.HeadsTaken(records);

    /// <summary>The change log tells that a record joined a named version (<see cref="Joining.Log"/>).</summary>
    public void LogJoin(Guid id, ChangeEntry? last, string name, long? old, long number) =>
        Joining.Log(writer, records[id], last, name, old, number, note);

    public void Dispose()
    {
        foreach (var record in records.Values)
        {
            record.Dispose();
        }
    }

    /// <summary>True when the record has a new version.</summary>
    private Outcome<bool> Write(OpenRecord record, bool isNew, ImportItem item)
    {
        var clear = new Dictionary<string, JsonElement>();
        var merged = isNew
            ? CreateRegistrant.Begin(record, item.Draft, note.Compared, out clear)
            : item.Draft.MergeInto(record, addIdentifiers: true, clear, note.Compared);
        if (!merged.Succeeded)
        {
            return merged.Problem;
        }

        var changed = merged.Value.Differences(record.Document);
        if (!isNew && changed.Count == 0)
        {
            return false;
        }

        if (!isNew && editRules.Refuse(changed, note.Caller) is { } asked)
        {
            return asked;
        }

        if (isNew)
        {
            writer.Add(record.Row);
            records[record.Row.Id] = record;
        }

        writer.WriteVersion(
            record,
            merged.Value,
            isNew ? ChangeOperations.Created : ChangeOperations.Updated,
            note,
            clear
        );
        foreach (var identifier in item.Identifiers)
        {
            directory[identifier.Key] = record.Row.Id;
        }

        return true;
    }

    private static async Task<Dictionary<(string Type, string Token), Guid>> DirectoryAsync(
        RegistryDbContext db,
        IReadOnlyList<ImportItem> items,
        CancellationToken cancellationToken
    )
    {
        var directory = new Dictionary<(string Type, string Token), Guid>();
        var asked = items
            .SelectMany(i => i.Group is null ? i.Identifiers : [.. i.Identifiers, i.Group])
            .DistinctBy(i => i.Key)
            .GroupBy(i => i.Type.View.Id);
        foreach (var type in asked)
        {
            var tokens = type.Select(i => i.Token).ToList();
            var entries = await db
                .Identifiers.AsNoTracking()
                .Where(i => i.Type == type.Key && tokens.Contains(i.Token))
                .ToListAsync(cancellationToken);
            foreach (var entry in entries)
            {
                directory[(entry.Type, Base64Url.EncodeToString(entry.Token))] = entry.RegistrantId;
            }
        }

        return directory;
    }
}
