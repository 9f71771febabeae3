using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Identifiers;

/// <summary>A number that was made. The row stays for ever, so the database itself refuses to have a number made twice.</summary>
internal sealed class PooledNumber
{
    public required string Type { get; init; }

    /// <summary>16 bytes, as in the directory of identifiers.</summary>
    public required byte[] Token { get; init; }

    /// <summary>Random, from 0: writers begin at different places of the pool.</summary>
    public required int Slot { get; init; }

    /// <summary>The number, sealed; gone once it is given out, and then only the record holds it.</summary>
    public byte[]? Sealed { get; set; }

    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>When it was given out, or found in use; only one writer sets it.</summary>
    public DateTimeOffset? TakenAt { get; set; }
}

internal sealed class PooledNumberConfiguration : IEntityTypeConfiguration<PooledNumber>
{
    public void Configure(EntityTypeBuilder<PooledNumber> builder)
    {
        builder.ToTable("number_pool");
        builder.HasKey(n => new { n.Type, n.Token });
        builder.Property(n => n.Type).HasMaxLength(60);
        builder.Property(n => n.TakenAt).IsConcurrencyToken();
        builder
            .HasIndex(n => new { n.Type, n.Slot })
            .HasFilter("taken_at is null")
            .HasDatabaseName("ix_number_pool_free");
    }
}

internal static class PooledNumberRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<PooledNumber> PooledNumbers => db.Set<PooledNumber>();
    }
}
