using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Areas;

/// <summary>Keeps the tree that was read last, and asks the database for its revision now and then.</summary>
internal sealed class AreaTrees(IDbContextFactory<RegistryDbContext> contexts, TimeProvider time)
    : IAreaTrees,
        IDisposable
{
    /// <summary>How long a tree is handed out before the database is asked whether another process changed it.</summary>
    public static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim reading = new(1);
    private volatile Kept? kept;

    /// <summary>Changes that this process made.</summary>
    private long changes;

    public async ValueTask<IAreaTree> CurrentAsync(CancellationToken cancellationToken)
    {
        if (Fresh() is { } fresh)
        {
            return fresh;
        }

        await reading.WaitAsync(cancellationToken);
        try
        {
            return Fresh() ?? await ReadAsync(cancellationToken);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>The next who asks gets what the database holds by then.</summary>
    public void Forget() => Interlocked.Increment(ref changes);

    public void Dispose() => reading.Dispose();

    private AreaTree? Fresh() =>
        kept is { } current
        && current.Changes == Interlocked.Read(ref changes)
        && time.GetElapsedTime(current.CheckedAt) < CheckEvery
            ? current.Tree
            : null;

    private async Task<AreaTree> ReadAsync(CancellationToken cancellationToken)
    {
        var made = Interlocked.Read(ref changes);
        var now = time.GetTimestamp();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        // The revision first: a change between the two questions is then met again, never missed.
        var revision = await db.AreaTree.Select(r => r.Revision).SingleAsync(cancellationToken);
        var tree =
            kept is { } before && before.Revision == revision
                ? before.Tree
                : new AreaTree(
                    await db
                        .Areas.AsNoTracking()
                        .Select(a => new AreaNode(a.Code, a.ParentCode, a.ValidFrom, a.ValidTo))
                        .ToListAsync(cancellationToken)
                );
        kept = new Kept(tree, revision, made, now);
        return tree;
    }

    /// <param name="Changes">How many changes of this process it holds for certain.</param>
    private sealed record Kept(AreaTree Tree, long Revision, long Changes, long CheckedAt);
}
