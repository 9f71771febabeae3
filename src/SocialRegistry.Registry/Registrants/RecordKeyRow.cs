using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Registrants;

/// <summary>A data key of a record: one per class group and epoch. An old epoch's row stays while history needs it; shredding removes all.</summary>
internal sealed class RecordKeyRow
{
    public required Guid RegistrantId { get; init; }

    /// <summary><c>personal</c>, <c>sensitive</c> or <c>documents</c>.</summary>
    public required string ClassGroup { get; init; }

    public required int Epoch { get; init; }

    /// <summary>VER_R2 head, 294 bytes.</summary>
    public required byte[] Head { get; init; }

    public byte[]? FastWrap { get; init; }
}

internal sealed class RecordKeyConfiguration : IEntityTypeConfiguration<RecordKeyRow>
{
    public void Configure(EntityTypeBuilder<RecordKeyRow> builder)
    {
        builder.ToTable("record_keys");
        builder.HasKey(k => new
        {
            k.RegistrantId,
            k.ClassGroup,
            k.Epoch,
        });
        builder.Property(k => k.ClassGroup).HasMaxLength(20);
    }
}

internal static class RecordKeyRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<RecordKeyRow> RecordKeys => db.Set<RecordKeyRow>();
    }
}
