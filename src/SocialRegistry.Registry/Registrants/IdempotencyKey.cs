using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Registrants;

/// <summary>A request that was carried out, written with the record it made.</summary>
internal sealed class IdempotencyKey
{
    public required string Caller { get; init; }

    public required string Key { get; init; }

    /// <summary>HMAC-SHA-256 of the request's content: a plain hash could be guessed back to the values.</summary>
    public required byte[] ContentHash { get; init; }

    public required Guid RegistrantId { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class IdempotencyKeyConfiguration : IEntityTypeConfiguration<IdempotencyKey>
{
    public void Configure(EntityTypeBuilder<IdempotencyKey> builder)
    {
        builder.ToTable("idempotency_keys");
        builder.HasKey(k => new { k.Caller, k.Key });
        builder.Property(k => k.Caller).HasMaxLength(220);
        builder.Property(k => k.Key).HasMaxLength(100);
        builder.HasIndex(k => k.At);
    }
}

internal static class IdempotencyKeyRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<IdempotencyKey> IdempotencyKeys => db.Set<IdempotencyKey>();
    }
}
