using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Erasures;

/// <summary>A request to erase a record; once carried out, its tombstone. Holds nothing of the person.</summary>
internal sealed class Erasure
{
    public required Guid RegistrantId { get; init; }

    public required string State { get; set; }

    public required string Ground { get; set; }

    public required DateTimeOffset RequestedAt { get; set; }

    public required string RequestedBy { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public string? EndedBy { get; set; }

    public ErasureView ToView() =>
        new()
        {
            RegistrantId = new RegistrantId(RegistrantId),
            State = State,
            Ground = Ground,
            RequestedAt = RequestedAt,
            RequestedBy = RequestedBy,
            EndedAt = EndedAt,
            EndedBy = EndedBy,
        };
}

internal sealed class ErasureConfiguration : IEntityTypeConfiguration<Erasure>
{
    public void Configure(EntityTypeBuilder<Erasure> builder)
    {
        builder.ToTable("erasures");
        builder.HasKey(e => e.RegistrantId);
        builder.Property(e => e.RegistrantId).ValueGeneratedNever();
        builder.Property(e => e.State).HasMaxLength(20).IsConcurrencyToken();
        builder.Property(e => e.Ground).HasMaxLength(100);
        builder.Property(e => e.RequestedBy).HasMaxLength(200);
        builder.Property(e => e.EndedBy).HasMaxLength(200);
        builder.IsBound();
    }
}

internal static class ErasureRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<Erasure> Erasures => db.Set<Erasure>();
    }
}
