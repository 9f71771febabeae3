using System.Numerics;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Sealing;

/// <summary>
/// Hashes and proofs of the stored tree. Reads the 256 leaves or nodes around a place at once, so a proof costs a few reads whatever the
/// size of the log. For one call.
/// </summary>
internal sealed class LogTree(RegistryDbContext db, CancellationToken cancellationToken)
{
    private const int TileSize = 1 << LogSealer.TileBits;

    private readonly Dictionary<(int Level, long Tile), IReadOnlyList<byte[]>> tiles = [];

    /// <summary>Root of the tree over the first leaves.</summary>
    public Task<byte[]> RootAsync(long size) => RangeAsync(0, size);

    /// <summary>PATH(m, D[n]) of RFC 6962 §2.1.1.</summary>
    public async Task<IReadOnlyList<byte[]>> InclusionAsync(long index, long size)
    {
        var path = new List<byte[]>();
        long start = 0;
        var end = size;
        while (end - start > 1)
        {
            var split = start + Split(end - start);
            path.Add(index < split ? await RangeAsync(split, end) : await RangeAsync(start, split));
            (start, end) = index < split ? (start, split) : (split, end);
        }

        path.Reverse();
        return path;
    }

    /// <summary>PROOF(m, D[n]) of RFC 6962 §2.1.2.</summary>
    public async Task<IReadOnlyList<byte[]>> ConsistencyAsync(long from, long to)
    {
        var path = new List<byte[]>();
        long start = 0;
        var end = to;
        var isWhole = true;
        while (from != end)
        {
            var split = start + Split(end - start);
            if (from <= split)
            {
                path.Add(await RangeAsync(split, end));
                end = split;
            }
            else
            {
                path.Add(await RangeAsync(start, split));
                start = split;
                isWhole = false;
            }
        }

        if (!isWhole)
        {
            path.Add(await RangeAsync(start, end));
        }

        path.Reverse();
        return path;
    }

    /// <summary>The largest power of two below n.</summary>
    private static long Split(long n) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(n - 1)));

    private async Task<byte[]> RangeAsync(long start, long end)
    {
        var count = end - start;
        if (count == 0)
        {
            return Merkle.Empty;
        }

        if (BitOperations.IsPow2(count))
        {
            var level = BitOperations.TrailingZeroCount(count);
            return await FullAsync(level, start >> level);
        }

        var split = start + Split(count);
        var (left, right) = (await RangeAsync(start, split), await RangeAsync(split, end));
        return Merkle.Node(left, right);
    }

    /// <summary>Root of a full subtree of 2^level leaves.</summary>
    private async Task<byte[]> FullAsync(int level, long index)
    {
        var stored = level / LogSealer.TileBits;
        var above = level % LogSealer.TileBits;
        var first = index << above;
        var tile = await TileAsync(stored, first / TileSize);
        var hashes = tile.Skip((int)(first % TileSize)).Take(1 << above).ToList();
        while (hashes.Count > 1)
        {
            hashes = [.. hashes.Chunk(2).Select(pair => Merkle.Node(pair[0], pair[1]))];
        }

        return hashes[0];
    }

    private async Task<IReadOnlyList<byte[]>> TileAsync(int level, long tile)
    {
        if (tiles.TryGetValue((level, tile), out var known))
        {
            return known;
        }

        var (first, last) = (tile * TileSize, (tile + 1) * TileSize - 1);
        return tiles[(level, tile)] =
            level == 0
                ?
                [
                    .. (
                        await db
                            .LogLeaves.AsNoTracking()
                            .Where(l => l.Index >= first && l.Index <= last)
                            .OrderBy(l => l.Index)
                            .ToListAsync(cancellationToken)
                    ).Select(Merkle.Leaf),
                ]
                : await db
                    .LogNodes.AsNoTracking()
                    .Where(n => n.Level == level && n.Index >= first && n.Index <= last)
                    .OrderBy(n => n.Index)
                    .Select(n => n.Hash)
                    .ToListAsync(cancellationToken);
    }
}
