using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SocialRegistry.Registry.Sealing;

/// <summary>Hashes of the tree (RFC 6962 §2.1, RFC 9162 §2.1.1).</summary>
internal static class Merkle
{
    public const int HashSize = 32;

    /// <summary>Kind (1 byte), owner (16), number (8, big-endian), hash of the entry (32).</summary>
    public const int LeafDataSize = 57;

    /// <summary>Root of the tree without leaves.</summary>
    public static byte[] Empty => SHA256.HashData([]);

    /// <summary>The bytes that a leaf stands for.</summary>
    public static byte[] LeafData(int kind, Guid owner, long number, byte[] hash)
    {
        var data = new byte[LeafDataSize];
        data[0] = checked((byte)kind);
        owner.TryWriteBytes(data.AsSpan(1), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(data.AsSpan(17), number);
        hash.AsSpan(0, Math.Min(hash.Length, HashSize)).CopyTo(data.AsSpan(25));
        return data;
    }

    public static byte[] Leaf(byte[] data) => SHA256.HashData([0, .. data]);

    public static byte[] Leaf(LogLeaf leaf) => Leaf(LeafData(leaf.Kind, leaf.Owner, leaf.Number, leaf.Hash));

    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> data = stackalloc byte[1 + 2 * HashSize];
        data[0] = 1;
        left.CopyTo(data[1..]);
        right.CopyTo(data[(1 + HashSize)..]);
        return SHA256.HashData(data);
    }
}

/// <summary>A tree that grows: keeps only the roots of the full subtrees at its right edge.</summary>
internal sealed class MerkleEdge
{
    private readonly byte[]?[] peaks = new byte[]?[63];

    public long Size { get; private set; }

    /// <exception cref="FormatException">Not what <see cref="Save"/> made for this size.</exception>
    public static MerkleEdge Restore(long size, byte[] saved)
    {
        if (size < 0 || saved.Length != Merkle.HashSize * long.PopCount(size))
        {
            throw new FormatException("The right edge does not belong to a tree of this size.");
        }

        var edge = new MerkleEdge { Size = size };
        var at = 0;
        for (var level = 0; size >> level > 0; level++)
        {
            if ((size >> level & 1) == 1)
            {
                edge.peaks[level] = saved[at..(at += Merkle.HashSize)];
            }
        }

        return edge;
    }

    public byte[] Save() => [.. peaks.Where((_, level) => (Size >> level & 1) == 1).SelectMany(p => p!)];

    /// <param name="completed">Told of each subtree that becomes full: level (log2 of its leaves), place on that level, root.</param>
    public void Append(byte[] leaf, Action<int, long, byte[]>? completed = null)
    {
        var hash = leaf;
        var level = 0;
        for (; (Size >> level & 1) == 1; level++)
        {
            hash = Merkle.Node(peaks[level], hash);
            completed?.Invoke(level + 1, Size >> (level + 1), hash);
        }

        peaks[level] = hash;
        Size++;
    }

    public byte[] Root()
    {
        byte[]? root = null;
        for (var level = 0; Size >> level > 0; level++)
        {
            if ((Size >> level & 1) == 1)
            {
                root = root is null ? peaks[level] : Merkle.Node(peaks[level], root);
            }
        }

        return root ?? Merkle.Empty;
    }
}
