using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Changes;

/// <summary>
/// Links the entries of the log: each names the hash of the one before, the first that of the entries from before there was a chain (32
/// zero bytes when there were none). Written under the lock of all changes, so in one order.
/// </summary>
internal static class AccessChain
{
    /// <summary>Links the new entries before they are stored.</summary>
    public static async Task LinkAsync(AccessDbContext db, CancellationToken cancellationToken)
    {
        var entries = db
            .ChangeTracker.Entries<AccessEntry>()
            .Where(e => e.State == EntityState.Added)
            .Select(e => e.Entity)
            .OrderBy(e => e.Id)
            .ToList();
        if (entries.Count == 0)
        {
            return;
        }

        var last = await db
            .Changes.Where(e => e.Number != null)
            .OrderByDescending(e => e.Number)
            .Select(e => new { e.Number, e.Hash })
            .FirstOrDefaultAsync(cancellationToken);
        var (number, previous) = last is null
            ? (0, await BeginAsync(db, cancellationToken))
            : (last.Number!.Value, last.Hash);
        foreach (var entry in entries)
        {
            entry.Number = ++number;
            entry.PreviousHash = previous;
            entry.Hash = previous = Hash(entry);
        }
    }

    /// <summary>What the first entry continues.</summary>
    public static async Task<byte[]> BeginAsync(AccessDbContext db, CancellationToken cancellationToken)
    {
        var before = await db
            .Changes.AsNoTracking()
            .Where(e => e.Number == null)
            .OrderBy(e => e.Id)
            .ToListAsync(cancellationToken);
        return before.Count == 0 ? new byte[32] : SHA256.HashData([.. before.SelectMany(Hash)]);
    }

    public static byte[] Hash(AccessEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string?[] texts =
        [
            entry.Id.ToString("D"),
            entry.Number?.ToString(CultureInfo.InvariantCulture),
            entry.At.UtcTicks.ToString(CultureInfo.InvariantCulture),
            entry.ActorKind,
            entry.Actor,
            entry.Action,
            entry.TargetKind,
            entry.Target,
            entry.Changes,
            entry.RequestId,
        ];
        Span<byte> length = stackalloc byte[4];
        foreach (var text in texts)
        {
            // Absent is not the same as empty.
            BinaryPrimitives.WriteInt32BigEndian(length, text is null ? -1 : Encoding.UTF8.GetByteCount(text));
            hash.AppendData(length);
            hash.AppendData(Encoding.UTF8.GetBytes(text ?? ""));
        }

        hash.AppendData(entry.PreviousHash);
        return hash.GetHashAndReset();
    }
}

/// <summary>The log as the registry seals and verifies it.</summary>
internal sealed class AccessLog(IDbContextFactory<AccessDbContext> contexts) : IChainedLog
{
    public string Name => "access";

    public async IAsyncEnumerable<ChainedEntry> ReadAsync(
        long after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (number, previous) = (after, await PreviousAsync(db, after, cancellationToken));
        var entries = db.Changes.AsNoTracking().Where(e => e.Number > after).OrderBy(e => e.Number).AsAsyncEnumerable();
        await foreach (var entry in entries.WithCancellation(cancellationToken))
        {
            var follows = entry.Number == number + 1 && entry.PreviousHash.AsSpan().SequenceEqual(previous);
            yield return new ChainedEntry(
                entry.Number!.Value,
                entry.Hash,
                entry.Hash.AsSpan().SequenceEqual(AccessChain.Hash(entry)),
                follows
            );
            (number, previous) = (entry.Number.Value, entry.Hash);
        }
    }

    private static async Task<byte[]?> PreviousAsync(
        AccessDbContext db,
        long after,
        CancellationToken cancellationToken
    ) =>
        after == 0
            ? await AccessChain.BeginAsync(db, cancellationToken)
            : await db
                .Changes.Where(e => e.Number == after)
                .Select(e => e.Hash)
                .SingleOrDefaultAsync(cancellationToken);
}
