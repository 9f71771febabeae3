using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Sealing;

/// <summary>
/// Puts committed entries in the order of the global log and signs it. What waits stands in a queue written with each entry, so nothing
/// hangs on clocks or on the order of commits. One at a time over all processes; a batch is one transaction, so a crash leaves either all
/// of it or nothing.
/// </summary>
internal sealed partial class LogSealer(
    IDbContextFactory<RegistryDbContext> contexts,
    WriteGate gate,
    ISealStore store,
    IBulkInsert bulk,
    LogKeys keys,
    ChainedLogs chained,
    TimeProvider time,
    ILogger<LogSealer> logger
)
{
    /// <summary>Leaves of one transaction.</summary>
    public const int BatchSize = 4096;

    /// <summary>Subtrees whose roots are stored are 2 to the power of this as large as those a level below.</summary>
    public const int TileBits = 8;

    /// <summary>Seals all that waits, or nothing while another process seals.</summary>
    /// <returns>New leaves.</returns>
    /// <exception cref="InvalidOperationException">The stored state does not belong to the last checkpoint: nothing is signed on top of it.</exception>
    public async Task<int> SealAsync(CancellationToken cancellationToken)
    {
        await chained.QueueAsync(cancellationToken);
        var total = 0;
        while (await SealBatchAsync(cancellationToken) is > 0 and var count)
        {
            total += count;
        }

        return total;
    }

    private async Task<int> SealBatchAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // A look before the turn is taken: most of the time nothing waits.
        if (!await db.LogQueue.AnyAsync(cancellationToken))
        {
            return 0;
        }

        using var turn = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await store.TakeAsync(db, cancellationToken) is not { } state)
        {
            return 0;
        }

        var waiting = await db
            .LogQueue.AsNoTracking()
            .OrderBy(q => q.Number)
            .ThenBy(q => q.Owner)
            .ThenBy(q => q.Kind)
            .Take(BatchSize)
            .ToListAsync(cancellationToken);
        if (waiting.Count == 0)
        {
            return 0;
        }

        var edge = await ContinueAsync(db, state, cancellationToken);
        var rows = Append(edge, waiting);
        state.Origin = state.Origin.Length > 0 ? state.Origin : keys.NewOrigin;
        state.Size = edge.Size;
        state.Edge = edge.Save();
        var root = edge.Root();
        rows.Add(
            new LogCheckpoint
            {
                Size = edge.Size,
                Root = root,
                Note = keys.Sign(new CheckpointText(state.Origin, edge.Size, root)),
                At = ChangeNote.Moment(time),
            }
        );
        await bulk.InsertAsync(db, rows, cancellationToken);
        await store.RemoveAsync(db, waiting, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Log.Sealed(logger, waiting.Count, edge.Size);
        return waiting.Count;
    }

    private static async Task<MerkleEdge> ContinueAsync(
        RegistryDbContext db,
        LogState state,
        CancellationToken cancellationToken
    )
    {
        var last = await db
            .LogCheckpoints.AsNoTracking()
            .OrderByDescending(c => c.Size)
            .FirstOrDefaultAsync(cancellationToken);
        var edge = MerkleEdge.Restore(state.Size, state.Edge);
        return edge.Size == (last?.Size ?? 0) && edge.Root().AsSpan().SequenceEqual(last?.Root ?? Merkle.Empty)
            ? edge
            : throw new InvalidOperationException(
                "The state of the log does not belong to its last checkpoint; run verify-log."
            );
    }

    private static NewRows Append(MerkleEdge edge, List<QueuedLeaf> waiting)
    {
        var rows = new NewRows();
        foreach (var queued in waiting)
        {
            var leaf = new LogLeaf
            {
                Index = edge.Size,
                Kind = queued.Kind,
                Owner = queued.Owner,
                Number = queued.Number,
                Hash = queued.Hash,
            };
            rows.Add(leaf);
            edge.Append(
                Merkle.Leaf(leaf),
                (level, index, hash) =>
                {
                    if (level % TileBits == 0)
                    {
                        rows.Add(
                            new LogNode
                            {
                                Level = level / TileBits,
                                Index = index,
                                Hash = hash,
                            }
                        );
                    }
                }
            );
        }

        return rows;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1070, Level = LogLevel.Debug, Message = "Sealed {Count} entries; the log has {Size}")]
        public static partial void Sealed(ILogger logger, int count, long size);
    }
}
