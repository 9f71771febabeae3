using System.Buffers.Text;
using System.Reflection;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Verification;

/// <summary>The change log of each record, and the rows that it names.</summary>
internal sealed class VerifyRecords(RegistryDbContext db, Findings findings, CancellationToken cancellationToken)
{
    private const int PageSize = 500;

    private static readonly MethodInfo Rows = typeof(VerifyRecords).GetMethod(
        nameof(RowsAsync),
        BindingFlags.NonPublic | BindingFlags.Instance
    )!;

    private readonly IReadOnlyList<IEntityType> types = [.. db.Model.GetEntityTypes().Where(t => t.IsBound())];

    public async Task RunAsync()
    {
        var total = await db.Registrants.LongCountAsync(cancellationToken);
        Guid? after = null;
        Guid? last;
        do
        {
            findings.Progress("records", findings.Records, total);
            last = await PageEndAsync(after);
            await PageAsync(after, last);
            after = last;
        } while (last is not null);

        findings.Progress("records", total, total);
    }

    /// <summary>The owner a page ends with, counted in records and in logs, for neither may be there; absent on the last page.</summary>
    private async Task<Guid?> PageEndAsync(Guid? after)
    {
        var record = await db
            .Registrants.Where(r => after == null || r.Id > after)
            .OrderBy(r => r.Id)
            .Select(r => (Guid?)r.Id)
            .Skip(PageSize - 1)
            .FirstOrDefaultAsync(cancellationToken);
        var log = await db
            .Changes.Where(c => c.Sequence == 1 && (after == null || c.RegistrantId > after))
            .OrderBy(c => c.RegistrantId)
            .Select(c => (Guid?)c.RegistrantId)
            .Skip(PageSize - 1)
            .FirstOrDefaultAsync(cancellationToken);
        return record is null || log < record ? log ?? record : record;
    }

    private async Task PageAsync(Guid? after, Guid? last)
    {
        try
        {
            await CheckAsync(after, last);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            await OneByOneAsync(after, last);
        }
    }

    /// <summary>Something in the page cannot even be read: finds out of whose.</summary>
    private async Task OneByOneAsync(Guid? after, Guid? last)
    {
        var owners = await db
            .Registrants.Select(r => r.Id)
            .Union(db.Changes.Select(c => c.RegistrantId))
            .Where(id => (after == null || id > after) && (last == null || id <= last))
            .OrderBy(id => id)
            .ToListAsync(cancellationToken);
        var from = after;
        foreach (var owner in owners)
        {
            try
            {
                await CheckAsync(from, owner);
            }
            catch (Exception e) when (IsUnreadable(e))
            {
                findings.Add("row.unreadable", $"registrant {owner}", "One of the rows of this record cannot be read.");
            }

            from = owner;
        }
    }

    private static bool IsUnreadable(Exception exception) =>
        exception is FormatException or InvalidCastException or JsonException or OverflowException or ArgumentException
        || (exception is InvalidOperationException && exception.InnerException is { } inner && IsUnreadable(inner));

    private async Task CheckAsync(Guid? after, Guid? last)
    {
        var entries = await db
            .Changes.AsNoTracking()
            .Where(c => (after == null || c.RegistrantId > after) && (last == null || c.RegistrantId <= last))
            .OrderBy(c => c.RegistrantId)
            .ThenBy(c => c.Sequence)
            .ToListAsync(cancellationToken);
        var rows = new List<BoundRow>();
        foreach (var type in types)
        {
            var owner = type.FindPrimaryKey()!.Properties[0].Name;
            var read =
                (Task<List<BoundRow>>)
                    Rows.MakeGenericMethod(type.ClrType).Invoke(this, [BoundTable.Of(type), owner, after, last])!;
            rows.AddRange(await read);
        }

        var directory = await db
            .Identifiers.AsNoTracking()
            .Where(i => (after == null || i.RegistrantId > after) && (last == null || i.RegistrantId <= last))
            .ToListAsync(cancellationToken);
        var leaves = await SealedLeaves.LoadAsync(db, LeafKinds.Change, after, last, cancellationToken);
        var entriesOf = entries.ToLookup(e => e.RegistrantId);
        var rowsOf = rows.ToLookup(r => r.Owner);
        // Hashing is all that the processor has to do here.
        foreach (var owner in entriesOf.Select(e => e.Key).Union(rowsOf.Select(r => r.Key)).Order())
        {
            Check(owner, [.. entriesOf[owner]], [.. rowsOf[owner]], leaves);
        }

        leaves.CheckRest(Name, findings);
        CheckDirectory(rows.Select(r => r.Row).OfType<Registrant>(), directory);
    }

    private static IEnumerable<(Guid Owner, string Type, string Token)> Carried(Registrant record)
    {
        try
        {
            return [.. record.Document().Identifiers.Select(i => (record.Id, i.Type, i.Token))];
        }
        catch (JsonException)
        {
            // Then it is not as it was written, which its row's hash has told.
            return [];
        }
    }

    /// <summary>The directory of identifiers says what the records say.</summary>
    private void CheckDirectory(IEnumerable<Registrant> records, List<IdentifierEntry> directory)
    {
        var carried = records.SelectMany(Carried).ToHashSet();
        foreach (var entry in directory)
        {
            if (!carried.Remove((entry.RegistrantId, entry.Type, Base64Url.EncodeToString(entry.Token))))
            {
                findings.Add(
                    "row.inserted",
                    RowName("identifiers", entry.RegistrantId, entry.Type),
                    "The record carries no such identifier."
                );
            }
        }

        foreach (var (owner, type, _) in carried.Order())
        {
            findings.Add(
                "row.removed",
                RowName("identifiers", owner, type),
                "The record carries it, and nobody finds it by that."
            );
        }
    }

    private async Task<List<BoundRow>> RowsAsync<T>(BoundTable table, string owner, Guid? after, Guid? last)
        where T : class
    {
        var rows = await db.Set<T>()
            .AsNoTracking()
            .Where(r =>
                (after == null || EF.Property<Guid>(r, owner) > after)
                && (last == null || EF.Property<Guid>(r, owner) <= last)
            )
            .ToListAsync(cancellationToken);
        return [.. rows.Select(r => new BoundRow(table, table.Owner(r), table.Key(r), r))];
    }

    private void Check(Guid owner, List<ChangeEntry> entries, List<BoundRow> rows, SealedLeaves leaves)
    {
        findings.Records++;
        findings.Entries += entries.Count;
        var named = new Dictionary<(string Table, string Key), (byte[]? Hash, ChangeEntry Entry)>();
        var previous = new byte[32];
        long sequence = 0;
        foreach (var entry in entries)
        {
            var name = Name(owner, entry.Sequence);
            for (sequence++; sequence < entry.Sequence; sequence++)
            {
                findings.Add("entry.removed", Name(owner, sequence), "The log of the record has a gap here.");
            }

            if (!ChangeChain.Holds(entry))
            {
                findings.Add("entry.altered", name, "Its hash does not follow from its content.");
            }

            if (!entry.PreviousHash.AsSpan().SequenceEqual(previous))
            {
                findings.Add("entry.order", name, "It does not continue the entry before.");
            }

            previous = entry.Hash;
            sequence = entry.Sequence;
            leaves.Check(owner, entry.Sequence, entry.Hash, name, findings);
            Read(entry, named, name);
        }

        CheckEnd(owner, entries, rows);
        CheckRows(owner, rows, named);
    }

    /// <summary>The record itself names the last entry.</summary>
    private void CheckEnd(Guid owner, List<ChangeEntry> entries, List<BoundRow> rows)
    {
        if (rows.Select(r => r.Row).OfType<Registrant>().SingleOrDefault() is not { } record)
        {
            return;
        }

        var last = entries.LastOrDefault();
        for (var missing = (last?.Sequence ?? 0) + 1; missing <= record.Sequence; missing++)
        {
            findings.Add("entry.removed", Name(owner, missing), "The record names it as written, the log ends before.");
        }

        if (last is not null && last.Sequence > record.Sequence)
        {
            findings.Add("entry.inserted", Name(owner, last.Sequence), "The record does not know of it.");
        }
        else if (last?.Sequence == record.Sequence && !last.Hash.AsSpan().SequenceEqual(record.ChainHash))
        {
            findings.Add("row.altered", $"registrants {owner}", "It names another hash of its last entry.");
        }
    }

    private void CheckRows(
        Guid owner,
        List<BoundRow> rows,
        Dictionary<(string Table, string Key), (byte[]? Hash, ChangeEntry Entry)> named
    )
    {
        findings.Rows += rows.Count;
        foreach (var row in rows)
        {
            var name = RowName(row.Table.Name, owner, row.Key);
            if (!named.Remove((row.Table.Name, row.Key), out var expected) || expected.Hash is null)
            {
                findings.Add("row.inserted", name, "No entry of the change log names it as standing.");
            }
            else if (!row.Table.Hash(row.Row, expected.Entry.Salt).AsSpan().SequenceEqual(expected.Hash))
            {
                findings.Add("row.altered", name, $"It is not what {Name(owner, expected.Entry.Sequence)} wrote.");
            }
        }

        foreach (var ((table, key), (hash, entry)) in named.Where(n => n.Value.Hash is not null))
        {
            findings.Add("row.removed", RowName(table, owner, key), $"{Name(owner, entry.Sequence)} wrote it.");
        }
    }

    private void Read(
        ChangeEntry entry,
        Dictionary<(string Table, string Key), (byte[]? Hash, ChangeEntry Entry)> named,
        string name
    )
    {
        try
        {
            foreach (var row in JsonSerializer.Deserialize<List<string?[]>>(entry.Rows)!)
            {
                var hash = row[2] is { } text ? Base64Url.DecodeFromChars(text) : null;
                named[(row[0]!, row[1]!)] = (hash, entry);
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or IndexOutOfRangeException)
        {
            findings.Add("entry.altered", name, "The rows that it names cannot be read.");
        }
    }

    private static string Name(Guid owner, long sequence) => $"registrant {owner} entry {sequence}";

    private static string RowName(string table, Guid owner, string key) =>
        key.Length == 0 ? $"{table} {owner}" : $"{table} {owner}/{key}";

    private sealed record BoundRow(BoundTable Table, Guid Owner, string Key, object Row);
}
