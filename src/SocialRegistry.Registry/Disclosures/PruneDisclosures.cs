using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Disclosures;

/// <summary>
/// Makes counts of disclosures that are older than <see cref="DisclosureOptions.RetentionYears"/>. Some batches at a time, each time one
/// transaction: counts, the trace that the log seals, and the rows that go. A stop between two loses nothing, the next run goes on.
/// </summary>
internal sealed partial class PruneDisclosures(
    UnitOfWork work,
    DisclosureOptions options,
    TimeProvider time,
    ILogger<PruneDisclosures> logger
)
{
    private const int MostBatches = 100;

    /// <summary>Disclosures of one transaction; a single batch may have more.</summary>
    private const int MostRows = 2_000;

    /// <summary>Prunes all that is due.</summary>
    /// <returns>How many disclosures became counts.</returns>
    public async Task<long> RunDueAsync(CancellationToken cancellationToken)
    {
        long total = 0;
        Guid? after = null;
        while (true)
        {
            var from = after;
            var done = (
                await work.RunAsync<Step>(
                    async db => await StepAsync(db, from, cancellationToken),
                    _ => null,
                    cancellationToken
                )
            ).Require();
            total += done.Showings;
            if (done.Last is null)
            {
                return total;
            }

            after = done.Last;
        }
    }

    private async Task<Step> StepAsync(RegistryDbContext db, Guid? after, CancellationToken cancellationToken)
    {
        var now = ChangeNote.Moment(time);
        var before = now.AddYears(-options.RetentionYears);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var due = await db
            .DisclosureBatches.Where(b =>
                b.PrunedBy == null && b.At < before && (after == null || b.Id.CompareTo(after.Value) > 0)
            )
            .OrderBy(b => b.Id)
            .Take(MostBatches)
            .ToListAsync(cancellationToken);
        var count = 0;
        due = [.. due.TakeWhile((b, i) => i == 0 || (count += b.Count) <= MostRows)];
        if (due.Count == 0)
        {
            return new Step(0, null);
        }

        var ids = due.Select(b => b.Id).ToList();
        var rows = (
            await db.Disclosures.AsNoTracking().Where(d => ids.Contains(d.Batch)).ToListAsync(cancellationToken)
        ).ToLookup(d => d.Batch);
        var whole = due.Where(b => IsWhole(db, b, rows[b.Id])).ToList();
        if (whole.Count > 0)
        {
            await PruneAsync(db, whole, [.. whole.SelectMany(b => rows[b.Id])], now, before, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return new Step(whole.Sum(b => b.KeptCount!.Value), due[^1].Id);
    }

    /// <summary>What was tampered with stays as evidence: pruning would hide it.</summary>
    private bool IsWhole(RegistryDbContext db, DisclosureBatch batch, IEnumerable<Disclosure> rows)
    {
        var table = BoundTable.Of(db.Model.FindEntityType(typeof(Disclosure))!);
        var hashes = batch.Hashes();
        var isWhole =
            rows.All(r => hashes.Remove(r.Id, out var hash) && table.Hash(r, []).AsSpan().SequenceEqual(hash))
            && hashes.Count == 0
            && batch.Hash.AsSpan().SequenceEqual(batch.ComputeHash());
        if (!isWhole)
        {
            Log.Left(logger, batch.Id);
        }

        return isWhole;
    }

    private static async Task PruneAsync(
        RegistryDbContext db,
        List<DisclosureBatch> batches,
        List<Disclosure> rows,
        DateTimeOffset now,
        DateTimeOffset before,
        CancellationToken cancellationToken
    )
    {
        var number = (await db.DisclosurePrunings.MaxAsync(p => (long?)p.Number, cancellationToken) ?? 0) + 1;
        var made = rows.Select(r => DisclosureCount.For(r, number)).ToList();
        var ids = made.Select(c => c.Id).Distinct().ToList();
        var counts = await db
            .DisclosureCounts.Where(c => ids.Contains(c.Id))
            .ToDictionaryAsync(c => (c.RegistrantId, c.Id), cancellationToken);
        foreach (var one in made)
        {
            if (!counts.TryGetValue((one.RegistrantId, one.Id), out var count))
            {
                db.DisclosureCounts.Add(counts[(one.RegistrantId, one.Id)] = count = one);
            }

            (count.Count, count.Pruning) = (count.Count + 1, number);
        }

        var table = BoundTable.Of(db.Model.FindEntityType(typeof(DisclosureCount))!);
        var pruning = new DisclosurePruning
        {
            Number = number,
            At = now,
            Before = before,
            Showings = rows.Count,
            Batches = HashList.Write([.. batches.Select(b => (b.Id, b.Hash))]),
            Counts = HashList.Write([.. counts.Values.OrderBy(c => c.Id).Select(c => (c.Id, table.Hash(c, [])))]),
            Hash = [],
        };
        pruning.Hash = pruning.ComputeHash();
        db.DisclosurePrunings.Add(pruning);
        db.LogQueue.Add(pruning.Leaf());
        batches.ForEach(b => b.Prune(number));
        await db.SaveChangesAsync(cancellationToken);
        var gone = batches.Select(b => b.Id).ToList();
        await db.Disclosures.Where(d => gone.Contains(d.Batch)).ExecuteDeleteAsync(cancellationToken);
    }

    private sealed record Step(long Showings, Guid? Last);

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 1101,
            Level = LogLevel.Error,
            Message = "Disclosure batch {Batch} is old and not as it was written; it is left as it is, run verify-log"
        )]
        public static partial void Left(ILogger logger, Guid batch);
    }
}
