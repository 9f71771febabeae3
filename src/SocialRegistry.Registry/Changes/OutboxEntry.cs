using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Changes;

/// <summary>What followers of the register are owed: one entry per change, and per alert, written with it. Holds no values.</summary>
internal sealed class OutboxEntry
{
    /// <summary>A version-7 UUID.</summary>
    public required Guid Id { get; init; }

    /// <summary>All zeros for an alert about no one record.</summary>
    public required Guid RegistrantId { get; init; }

    /// <summary>Number of the change in the record's log; followers keep this order per registrant. 0 for an alert.</summary>
    public required long Sequence { get; init; }

    /// <summary>Kind of the record, or <c>alert</c>: then <see cref="Id"/> is the alert's, and <see cref="Operation"/> its kind.</summary>
    public required string Kind { get; init; }

    public required string Operation { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>JSON array of field ids.</summary>
    public required string ChangedFields { get; init; }
}

internal sealed class OutboxConfiguration : IEntityTypeConfiguration<OutboxEntry>
{
    public void Configure(EntityTypeBuilder<OutboxEntry> builder)
    {
        builder.ToTable("outbox");
        builder.HasKey(o => o.Id);
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.Kind).HasMaxLength(20);
        builder.Property(o => o.Operation).HasMaxLength(40);
    }
}

internal static class OutboxEntries
{
    extension(RegistryDbContext db)
    {
        internal DbSet<OutboxEntry> Outbox => db.Set<OutboxEntry>();
    }
}
