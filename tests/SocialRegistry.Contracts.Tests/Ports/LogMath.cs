using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Verification as RFC 9162 writes it, apart from the code under test.</summary>
public static class LogMath
{
    public static byte[] Leaf(byte[] data) => SHA256.HashData([0x00, .. data]);

    public static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([0x01, .. left, .. right]);

    /// <summary>RFC 9162 §2.1.1, by its definition.</summary>
    public static byte[] Root(IReadOnlyList<byte[]> leaves)
    {
        if (leaves.Count == 0)
        {
            return SHA256.HashData([]);
        }

        if (leaves.Count == 1)
        {
            return Leaf(leaves[0]);
        }

        var k = 1;
        while (k * 2 < leaves.Count)
        {
            k *= 2;
        }

        return Node(Root([.. leaves.Take(k)]), Root([.. leaves.Skip(k)]));
    }

    /// <summary>RFC 9162 §2.1.3.2.</summary>
    public static bool Includes(byte[] leafHash, long leafIndex, long treeSize, IReadOnlyList<byte[]> path, byte[] root)
    {
        // 1.
        if (leafIndex >= treeSize)
        {
            return false;
        }

        // 2., 3.
        var (fn, sn, r) = (leafIndex, treeSize - 1, leafHash);
        // 4.
        foreach (var p in path)
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                r = Node(p, r);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                r = Node(r, p);
            }

            fn >>= 1;
            sn >>= 1;
        }

        // 5.
        return sn == 0 && r.SequenceEqual(root);
    }

    /// <summary>RFC 9162 §2.1.4.2.</summary>
    public static bool Continues(
        long first,
        byte[] firstHash,
        long second,
        byte[] secondHash,
        IReadOnlyList<byte[]> path
    )
    {
        if (first == second)
        {
            return path.Count == 0 && firstHash.SequenceEqual(secondHash);
        }

        // 1.
        if (path.Count == 0)
        {
            return false;
        }

        // 2.
        var all = (first & (first - 1)) == 0 ? [firstHash, .. path] : path.ToList();
        // 3., 4.
        var (fn, sn) = (first - 1, second - 1);
        while ((fn & 1) == 1)
        {
            fn >>= 1;
            sn >>= 1;
        }

        // 5.
        var (fr, sr) = (all[0], all[0]);
        // 6.
        foreach (var c in all.Skip(1))
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                fr = Node(c, fr);
                sr = Node(c, sr);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                sr = Node(sr, c);
            }

            fn >>= 1;
            sn >>= 1;
        }

        // 7.
        return fr.SequenceEqual(firstHash) && sr.SequenceEqual(secondHash) && sn == 0;
    }

    /// <summary>Origin, size and root of a note that says so.</summary>
    public static (string Origin, long Size, byte[] Root) Read(string note)
    {
        var lines = note.Split('\n');
        return (lines[0], long.Parse(lines[1]), Convert.FromBase64String(lines[2]));
    }

    /// <summary>The key id that a note's only signature names, and the one that a key has (C2SP <c>signed-note</c>).</summary>
    public static (uint Named, uint Own) KeyIds(string note, string key)
    {
        var signature = Convert.FromBase64String(note.TrimEnd('\n').Split(' ')[^1]);
        var parts = key.Split('+', 3);
        var own = SHA256.HashData([.. Encoding.UTF8.GetBytes(parts[0] + "\n"), .. Convert.FromBase64String(parts[2])]);
        return (BinaryPrimitives.ReadUInt32BigEndian(signature), BinaryPrimitives.ReadUInt32BigEndian(own));
    }
}
