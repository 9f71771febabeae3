using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Changes;

/// <summary>
/// The last step before a transaction is written: links the new entries of each record, lets the last one name the hashes of all rows
/// that change with it, and queues what is to be sealed.
/// </summary>
internal static class ChangeBinding
{
    private const int SaltSize = 16;

    /// <param name="bulk">New rows that are written beside the context.</param>
    /// <exception cref="InvalidOperationException">A row of a registrant changes without an entry of its log.</exception>
    public static void Complete(RegistryDbContext db, NewRows? bulk)
    {
        var written = Written(db, bulk).ToList();
        var entries = written
            .Where(w => w.Entity is ChangeEntry && w.State == EntityState.Added)
            .Select(w => (ChangeEntry)w.Entity)
            .GroupBy(e => e.RegistrantId)
            .ToDictionary(g => g.Key, g => g.OrderBy(e => e.Sequence).ToList());
        var rows = written
            .Where(w => w.Type.IsBound())
            .Select(w => new Row(BoundTable.Of(w.Type), w.Entity, w.State == EntityState.Deleted))
            .ToLookup(r => r.Table.Owner(r.Entity));
        if (rows.FirstOrDefault(r => !entries.ContainsKey(r.Key)) is { } loose)
        {
            throw new InvalidOperationException(
                $"A row of {loose.First().Table.Name} changes without an entry of the change log."
            );
        }

        foreach (var (owner, list) in entries)
        {
            Link(db, list, [.. rows[owner]], bulk);
        }

        foreach (var entry in written)
        {
            // A row of a log is written once; of the others each state counts.
            var logged = entry.State == EntityState.Added ? entry.Type.LogKind() : null;
            if ((logged ?? entry.Type.StateKind()) is { } kind)
            {
                if (entry.State == EntityState.Deleted)
                {
                    throw new InvalidOperationException($"Rows of {entry.Type.GetTableName()} are never removed.");
                }

                var table = BoundTable.Of(entry.Type);
                var (owner, number) = table.Place(entry.Entity);
                Queue(db, bulk, new QueuedLeaf(kind, owner, number, table.Hash(entry.Entity, [])));
            }
        }

        var shown = written
            .Where(w => w.State == EntityState.Added && w.Entity is Disclosure)
            .Select(w => (Disclosure)w.Entity)
            .ToList();
        if (shown.Count > 0)
        {
            var batch = DisclosureBatch.Of(db.Model, shown);
            Add(db, bulk, batch);
            Queue(db, bulk, batch.Leaf());
        }
    }

    private static IEnumerable<Change> Written(RegistryDbContext db, NewRows? bulk) =>
        db
            .ChangeTracker.Entries()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(e => new Change(e.Metadata, e.Entity, e.State))
            .Concat(bulk?.All(db).Select(r => new Change(r.Type, r.Row, EntityState.Added)) ?? []);

    private static void Link(RegistryDbContext db, List<ChangeEntry> entries, List<Row> rows, NewRows? bulk)
    {
        var record = (Registrant)rows.First(r => r.Entity is Registrant).Entity;
        var previous = record.ChainHash;
        foreach (var entry in entries)
        {
            entry.Salt = RandomNumberGenerator.GetBytes(SaltSize);
            entry.Rows = entry == entries[^1] ? Names(rows, entry.Salt) : "[]";
            entry.ContentHash = ChangeChain.ContentHash(entry);
            entry.PreviousHash = previous;
            entry.Hash = previous = ChangeChain.Hash(entry);
            Queue(db, bulk, new QueuedLeaf(LeafKinds.Change, entry.RegistrantId, entry.Sequence, entry.Hash));
        }

        record.Chain(previous);
        if (db.Entry(record) is { State: EntityState.Modified } tracked)
        {
            tracked.Property(r => r.ChainHash).IsModified = true;
        }
    }

    private static string Names(List<Row> rows, byte[] salt) =>
        JsonText.Text(writer =>
        {
            writer.WriteStartArray();
            foreach (
                var row in rows.OrderBy(r => r.Table.Name, StringComparer.Ordinal)
                    .ThenBy(r => r.Table.Key(r.Entity), StringComparer.Ordinal)
            )
            {
                writer.WriteStartArray();
                writer.WriteStringValue(row.Table.Name);
                writer.WriteStringValue(row.Table.Key(row.Entity));
                if (row.IsRemoved)
                {
                    writer.WriteNullValue();
                }
                else
                {
                    writer.WriteStringValue(Base64Url.EncodeToString(row.Table.Hash(row.Entity, salt)));
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        });

    private static void Queue(RegistryDbContext db, NewRows? bulk, QueuedLeaf leaf) => Add(db, bulk, leaf);

    private static void Add(RegistryDbContext db, NewRows? bulk, object row)
    {
        if (bulk is null)
        {
            db.Add(row);
        }
        else
        {
            bulk.Add(row);
        }
    }

    private sealed record Change(IEntityType Type, object Entity, EntityState State);

    private sealed record Row(BoundTable Table, object Entity, bool IsRemoved);
}
