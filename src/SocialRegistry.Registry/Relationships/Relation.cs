using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Relationships;

/// <summary>A relation of a configured type, an edge of its own. Of a symmetric type the smaller id stands at the near end.</summary>
internal sealed class Relation
{
    private Relation() { }

    public Relation(
        Guid id,
        string type,
        Guid from,
        Guid to,
        DateOnly? startedOn,
        DateOnly? endedOn,
        DateTimeOffset now
    )
    {
        Id = id;
        Type = type;
        FromId = from;
        ToId = to;
        StartedOn = startedOn;
        EndedOn = endedOn;
        RecordedAt = now;
        Revision = 1;
    }

    public Guid FromId { get; private set; }

    public Guid Id { get; private set; }

    /// <summary>Code of the type, never its inverse.</summary>
    public string Type { get; private set; } = "";

    public Guid ToId { get; private set; }

    public DateOnly? StartedOn { get; private set; }

    public DateOnly? EndedOn { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }

    /// <summary>1 for the first state.</summary>
    public long Revision { get; private set; }

    public void End(DateOnly on, DateTimeOffset now)
    {
        EndedOn = on;
        RecordedAt = now;
        Revision++;
    }

    /// <summary>The relation as one of its ends sees it.</summary>
    /// <param name="inverse">How the far end names it.</param>
    public RelationView ToView(Guid seenFrom, string inverse) =>
        new()
        {
            Id = Id,
            Type = seenFrom == FromId ? Type : inverse,
            FromId = new RegistrantId(seenFrom),
            ToId = new RegistrantId(seenFrom == FromId ? ToId : FromId),
            StartedOn = StartedOn,
            EndedOn = EndedOn,
            RecordedAt = RecordedAt,
            Revision = Revision,
        };
}

internal sealed class RelationConfiguration : IEntityTypeConfiguration<Relation>
{
    public void Configure(EntityTypeBuilder<Relation> builder)
    {
        builder.ToTable("relations");
        builder.IsBound();
        builder.HasKey(r => new { r.FromId, r.Id });
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Type).HasMaxLength(40);
        builder.Property(r => r.Revision).IsConcurrencyToken();
        builder.HasIndex(r => r.Id).IsUnique();
        builder.HasIndex(r => r.ToId);
        builder.HasIndex(r => r.Type);
        builder
            .HasIndex(r => new
            {
                r.FromId,
                r.ToId,
                r.Type,
            })
            .IsUnique()
            .HasFilter("ended_on is null");
    }
}

internal static class RelationRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<Relation> Relations => db.Set<Relation>();
    }
}
