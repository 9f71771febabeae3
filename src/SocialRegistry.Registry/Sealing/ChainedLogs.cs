using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Sealing;

/// <summary>Brings the entries of other modules' logs into the queue of what is to be sealed. They are chained by themselves until then.</summary>
internal sealed class ChainedLogs(
    IEnumerable<IChainedLog> logs,
    IDbContextFactory<RegistryDbContext> contexts,
    WriteGate gate,
    ISealStore store
)
{
    public IEnumerable<IChainedLog> All => logs;

    /// <summary>Under what the leaves of a log stand.</summary>
    public static Guid OwnerOf(IChainedLog log) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(log.Name)).AsSpan(0, 16), bigEndian: true);

    /// <summary>Queues what has come since. An entry that does not follow is left out with all behind it, until somebody has looked.</summary>
    public async Task QueueAsync(CancellationToken cancellationToken)
    {
        foreach (var log in logs)
        {
            await QueueAsync(log, cancellationToken);
        }
    }

    private async Task QueueAsync(IChainedLog log, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var owner = OwnerOf(log);
        var last = await LastAsync(db, owner, cancellationToken);
        var leaves = new List<QueuedLeaf>();
        await foreach (var entry in log.ReadAsync(last, cancellationToken))
        {
            if (!entry.Holds || !entry.Follows || leaves.Count == LogSealer.BatchSize)
            {
                break;
            }

            leaves.Add(new QueuedLeaf(LeafKinds.Chained, owner, entry.Number, entry.Hash));
        }

        if (leaves.Count == 0)
        {
            return;
        }

        using var turn = await gate.EnterAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Another process may have been here meanwhile, or be.
        if (
            await store.TakeAsync(db, cancellationToken) is not null
            && await LastAsync(db, owner, cancellationToken) == last
        )
        {
            db.AddRange(leaves);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    private static async Task<long> LastAsync(RegistryDbContext db, Guid owner, CancellationToken cancellationToken)
    {
        var leaf = await db
            .LogLeaves.Where(l => l.Kind == LeafKinds.Chained && l.Owner == owner)
            .MaxAsync(l => (long?)l.Number, cancellationToken);
        var queued = await db
            .LogQueue.Where(l => l.Kind == LeafKinds.Chained && l.Owner == owner)
            .MaxAsync(l => (long?)l.Number, cancellationToken);
        return Math.Max(leaf ?? 0, queued ?? 0);
    }
}
