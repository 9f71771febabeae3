using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Disclosures;

/// <summary>What is left of old disclosures: how often a record was shown to one reader for one purpose in one month.</summary>
internal sealed class DisclosureCount
{
    public required Guid RegistrantId { get; init; }

    /// <summary>Follows from what is counted together; sorts by month.</summary>
    public required Guid Id { get; init; }

    /// <summary>The first day of the month (UTC).</summary>
    public required DateOnly Month { get; init; }

    public required string ShownToKind { get; init; }

    public required string ShownTo { get; init; }

    public required string Institution { get; init; }

    public string? Purpose { get; init; }

    public required bool BreakGlass { get; init; }

    public required long Count { get; set; }

    /// <summary>The <see cref="DisclosurePruning"/> that made or raised it last, which names its hash.</summary>
    public required long Pruning { get; set; }

    /// <summary>A count of none, for disclosures like this one.</summary>
    public static DisclosureCount For(Disclosure row, long pruning)
    {
        var month = new DateOnly(row.At.UtcDateTime.Year, row.At.UtcDateTime.Month, 1);
        return new DisclosureCount
        {
            RegistrantId = row.RegistrantId,
            Id = IdOf(row, month),
            Month = month,
            ShownToKind = row.ShownToKind,
            ShownTo = row.ShownTo,
            Institution = row.Institution,
            Purpose = row.Purpose,
            BreakGlass = row.BreakGlass,
            Count = 0,
            Pruning = pruning,
        };
    }

    public DisclosureView ToView() =>
        new(new DateTimeOffset(Month.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), ShownTo, "", Purpose, null, [])
        {
            ReaderKind = ShownToKind,
            Institution = Institution,
            BreakGlass = BreakGlass,
            Count = Count,
            Month = Month,
        };

    private static Guid IdOf(Disclosure row, DateOnly month)
    {
        var bytes = SHA256
            .HashData(
                JsonSerializer.SerializeToUtf8Bytes<object?[]>([
                    row.RegistrantId,
                    month,
                    row.ShownToKind,
                    row.ShownTo,
                    row.Institution,
                    row.Purpose,
                    row.BreakGlass,
                ])
            )
            .AsSpan(0, 16);
        Span<byte> time = stackalloc byte[8];
        var start = new DateTimeOffset(month.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        BinaryPrimitives.WriteInt64BigEndian(time, start.ToUnixTimeMilliseconds());
        time[2..].CopyTo(bytes);
        // The form of a version-7 UUID.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}

internal sealed class DisclosureCountConfiguration : IEntityTypeConfiguration<DisclosureCount>
{
    public void Configure(EntityTypeBuilder<DisclosureCount> builder)
    {
        builder.ToTable("disclosure_counts");
        builder.HasKey(c => new { c.RegistrantId, c.Id });
        builder.HasIndex(c => c.Id);
        builder.HasIndex(c => c.Pruning);
        builder.Property(c => c.ShownToKind).HasMaxLength(20);
        builder.Property(c => c.ShownTo).HasMaxLength(200);
        builder.Property(c => c.Institution).HasMaxLength(200);
        builder.Property(c => c.Pruning).IsConcurrencyToken();
    }
}

internal static class DisclosureCountRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<DisclosureCount> DisclosureCounts => db.Set<DisclosureCount>();
    }
}
