using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Disclosures;

/// <summary>Old disclosures became counts: names the batches that went and the counts as they stand after it. A leaf of the log; never altered.</summary>
internal sealed class DisclosurePruning
{
    /// <summary>1 is the first; one more with each.</summary>
    public required long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Batches of before this moment were old enough.</summary>
    public required DateTimeOffset Before { get; init; }

    /// <summary>How many disclosures became counts.</summary>
    public required long Showings { get; init; }

    /// <summary>Id and hash of each batch (<see cref="HashList"/>).</summary>
    public required byte[] Batches { get; init; }

    /// <summary>Id and hash of each <see cref="DisclosureCount"/> that was made or raised.</summary>
    public required byte[] Counts { get; init; }

    public required byte[] Hash { get; set; }

    public byte[] CountsHash() => SHA256.HashData(Counts);

    public byte[] ComputeHash() => ComputeHash(Number, At, Before, Showings, Batches, CountsHash());

    public static byte[] ComputeHash(
        long number,
        DateTimeOffset at,
        DateTimeOffset before,
        long showings,
        byte[] batches,
        byte[] countsHash
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> numbers = stackalloc byte[32];
        BinaryPrimitives.WriteInt64BigEndian(numbers, number);
        BinaryPrimitives.WriteInt64BigEndian(numbers[8..], BoundTable.Microseconds(at));
        BinaryPrimitives.WriteInt64BigEndian(numbers[16..], BoundTable.Microseconds(before));
        BinaryPrimitives.WriteInt64BigEndian(numbers[24..], showings);
        hash.AppendData(numbers);
        hash.AppendData(SHA256.HashData(batches));
        hash.AppendData(countsHash);
        return hash.GetHashAndReset();
    }

    public QueuedLeaf Leaf() => new(LeafKinds.Prunings, Guid.Empty, Number, Hash);
}

/// <summary>Ids and SHA-256 hashes, 48 bytes each, one behind the other.</summary>
internal static class HashList
{
    private const int Size = 16 + 32;

    public static byte[] Write(IReadOnlyList<(Guid Id, byte[] Hash)> items)
    {
        var bytes = new byte[items.Count * Size];
        foreach (var (place, item) in items.Index())
        {
            var part = bytes.AsSpan(place * Size, Size);
            item.Id.TryWriteBytes(part, bigEndian: true, out _);
            item.Hash.CopyTo(part[16..]);
        }

        return bytes;
    }

    /// <summary>Hashes by id.</summary>
    public static Dictionary<Guid, byte[]> Read(byte[] bytes)
    {
        var hashes = new Dictionary<Guid, byte[]>();
        for (var i = 0; i + Size <= bytes.Length; i += Size)
        {
            hashes[new Guid(bytes.AsSpan(i, 16), bigEndian: true)] = bytes[(i + 16)..(i + Size)];
        }

        return hashes;
    }
}

internal sealed class DisclosurePruningConfiguration : IEntityTypeConfiguration<DisclosurePruning>
{
    public void Configure(EntityTypeBuilder<DisclosurePruning> builder)
    {
        builder.ToTable("disclosure_prunings");
        builder.HasKey(p => p.Number);
        builder.Property(p => p.Number).ValueGeneratedNever();
    }
}

internal static class DisclosurePruningRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<DisclosurePruning> DisclosurePrunings => db.Set<DisclosurePruning>();
    }
}
