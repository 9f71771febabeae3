using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Search;

/// <summary>
/// Makes what searches look into anew from the records: after a field became searchable, or when a copy is in doubt. Records are taken
/// in batches by id; each batch is one transaction that other writers wait for or that begins again.
/// </summary>
internal sealed class Reindex(UnitOfWork work, RecordStore store, SearchRows search, FieldCatalogue catalogue)
{
    private const int BatchSize = 500;

    /// <summary>Goes through all records.</summary>
    /// <param name="progress">Told the number of records done.</param>
    /// <returns>Rows that were missing or stale.</returns>
    public async Task<ReindexResult> RunAsync(IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var total = new ReindexResult(0, 0, 0);
        Guid? last = null;
        do
        {
            var batch = (
                await work.RunAsync<Batch>(
                    async db => await RunAsync(db, last, cancellationToken),
                    _ => null,
                    cancellationToken
                )
            ).Require();
            last = batch.Last;
            total = new ReindexResult(
                total.Records + batch.Done.Records,
                total.Added + batch.Done.Added,
                total.Removed + batch.Done.Removed
            );
            progress?.Report(total.Records);
        } while (last is not null);

        return total;
    }

    private async Task<Batch> RunAsync(RegistryDbContext db, Guid? after, CancellationToken cancellationToken)
    {
        // Writers of these records meanwhile would be overwritten, so they are kept out until the batch is stored.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await HoldAsync(db, after, cancellationToken);
        var records = await store.ReadAsync(
            db,
            db.Registrants.Where(r => after == null || r.Id > after).OrderBy(r => r.Id).Take(BatchSize),
            cancellationToken
        );
        try
        {
            var standing = await SearchRows.LoadAsync(db, [.. records.Select(r => r.Row.Id)], cancellationToken);
            var (added, removed) = (0, 0);
            foreach (var record in records)
            {
                var wanted = Wanted(record).ToDictionary(Key);
                var stale = standing[record.Row.Id].Where(r => !wanted.Remove(Key(r.Row))).ToList();
                db.RemoveRange(stale.Select(r => r.Row));
                db.AddRange(wanted.Values);
                (added, removed) = (added + wanted.Count, removed + stale.Count);
            }

            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return new Batch(
                records.Count < BatchSize ? null : records[^1].Row.Id,
                new ReindexResult(records.Count, added, removed)
            );
        }
        finally
        {
            records.ToList().ForEach(r => r.Dispose());
        }
    }

    private IEnumerable<object> Wanted(OpenRecord record) =>
        catalogue
            .Current.Rules(record.Row.Kind)
            .Where(rule => search.Keeps(record.Row.Kind, [rule.View.Id]))
            .SelectMany(rule =>
                record.Value(rule) is { } value ? search.Make(record.Row.Id, record.Row.Kind, rule.View.Id, value) : []
            );

    /// <summary>Two rows of the same key say the same: a text's key here holds the text.</summary>
    private static (string, string, string) Key(object row) =>
        row switch
        {
            SearchToken token => (token.Field, Convert.ToHexString(token.Token), ""),
            SearchText text => (text.Field, text.Position.ToString(), text.Folded),
            _ => throw new NotSupportedException(),
        };

    private static Task<int> HoldAsync(RegistryDbContext db, Guid? after, CancellationToken cancellationToken)
    {
        var held = db.Registrants.Where(r => after == null || r.Id > after).OrderBy(r => r.Id).Take(BatchSize);
        return db
            .Registrants.Where(r => held.Any(h => h.Id == r.Id))
            .ExecuteUpdateAsync(r => r.SetProperty(row => row.Sequence, row => row.Sequence), cancellationToken);
    }

    private sealed record Batch(Guid? Last, ReindexResult Done);
}

/// <summary>What a re-indexing did.</summary>
internal sealed record ReindexResult(long Records, int Added, int Removed);
