using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Disclosures;

/// <summary>Disclosures that were written together: one leaf of the log for all of them. Altered once, when they become counts.</summary>
internal sealed class DisclosureBatch
{
    /// <summary>An id and a SHA-256 hash.</summary>
    public const int RowSize = 16 + 32;

    /// <summary>A version-7 UUID.</summary>
    public required Guid Id { get; init; }

    /// <summary>When the first of them was shown.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Id and hash of each disclosure, one behind the other, in the order of ids. Empty once they became counts.</summary>
    public required byte[] Rows { get; set; }

    /// <summary>The <see cref="DisclosurePruning"/> that made counts of its disclosures.</summary>
    public long? PrunedBy { get; private set; }

    /// <summary>What the hash of the rows was, which <see cref="Hash"/> covers.</summary>
    public byte[]? KeptHash { get; private set; }

    /// <summary>How many disclosures there were.</summary>
    public int? KeptCount { get; private set; }

    public int Count => KeptCount ?? Rows.Length / RowSize;

    /// <summary>Covers id, time and the hash of the rows.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>A batch of these, which take its id.</summary>
    public static DisclosureBatch Of(IModel model, IReadOnlyList<Disclosure> rows)
    {
        var table = BoundTable.Of(model.FindEntityType(typeof(Disclosure))!);
        var id = Guid.CreateVersion7(rows[0].At);
        var bytes = new byte[rows.Count * RowSize];
        foreach (var (place, row) in rows.OrderBy(r => r.Id).Index())
        {
            row.Batch = id;
            var part = bytes.AsSpan(place * RowSize, RowSize);
            row.Id.TryWriteBytes(part, bigEndian: true, out _);
            table.Hash(row, []).CopyTo(part[16..]);
        }

        var batch = new DisclosureBatch
        {
            Id = id,
            At = rows[0].At,
            Rows = bytes,
        };
        batch.Hash = batch.ComputeHash();
        return batch;
    }

    public byte[] ComputeHash() => ComputeHash(Id, At, RowsHash());

    public static byte[] ComputeHash(Guid id, DateTimeOffset time, byte[] rowsHash)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> at = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(at, BoundTable.Microseconds(time));
        hash.AppendData(id.ToByteArray(bigEndian: true));
        hash.AppendData(at);
        hash.AppendData(rowsHash);
        return hash.GetHashAndReset();
    }

    public byte[] RowsHash() => KeptHash ?? SHA256.HashData(Rows);

    /// <summary>Its disclosures became counts; the leaf still follows from what is kept.</summary>
    public void Prune(long pruning)
    {
        (KeptHash, KeptCount, PrunedBy) = (RowsHash(), Count, pruning);
        Rows = [];
    }

    public QueuedLeaf Leaf() => new(LeafKinds.Disclosures, Id, 0, Hash);

    /// <summary>Hashes by the id of the disclosure.</summary>
    public Dictionary<Guid, byte[]> Hashes()
    {
        var hashes = new Dictionary<Guid, byte[]>();
        for (var i = 0; i + RowSize <= Rows.Length; i += RowSize)
        {
            hashes[new Guid(Rows.AsSpan(i, 16), bigEndian: true)] = Rows[(i + 16)..(i + RowSize)];
        }

        return hashes;
    }
}

internal sealed class DisclosureBatchConfiguration : IEntityTypeConfiguration<DisclosureBatch>
{
    public void Configure(EntityTypeBuilder<DisclosureBatch> builder)
    {
        builder.ToTable("disclosure_batches");
        builder.HasKey(b => b.Id);
        builder.Property(b => b.Id).ValueGeneratedNever();
        // Two processes do not prune the same one.
        builder.Property(b => b.PrunedBy).IsConcurrencyToken();
        builder.HasIndex(b => new { b.PrunedBy, b.Id });
    }
}

internal static class DisclosureBatchRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<DisclosureBatch> DisclosureBatches => db.Set<DisclosureBatch>();
    }
}
