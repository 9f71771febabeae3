using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Relationships;

/// <summary>Parents and guardian of one person: the row belongs to the child. What stood before is in the child's change log.</summary>
internal sealed class ParentsEntry
{
    private ParentsEntry() { }

    public ParentsEntry(Guid childId) => ChildId = childId;

    public Guid ChildId { get; private set; }

    public Guid? Parent1Id { get; private set; }

    public Guid? Parent2Id { get; private set; }

    public bool IsAdopted { get; private set; }

    public Guid? GuardianId { get; private set; }

    public DateOnly? Since { get; private set; }

    /// <summary>1 for the first state. A row that says nothing any more stays, so that it goes on counting.</summary>
    public long Revision { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }

    public ParentsState State => new(Parent1Id, Parent2Id, IsAdopted, GuardianId, Since);

    public void Take(ParentsState state, DateTimeOffset now)
    {
        (Parent1Id, Parent2Id, IsAdopted, GuardianId, Since) = state;
        Revision++;
        RecordedAt = now;
    }

    public ParentsView ToView() =>
        new()
        {
            ChildId = new RegistrantId(ChildId),
            Parent1Id = Parent1Id.ToId(),
            Parent2Id = Parent2Id.ToId(),
            IsAdopted = IsAdopted,
            GuardianId = GuardianId.ToId(),
            Since = Since,
            RecordedAt = RecordedAt,
            Revision = Revision,
        };
}

/// <summary>What a row of parents says.</summary>
internal sealed record ParentsState(Guid? Parent1Id, Guid? Parent2Id, bool IsAdopted, Guid? GuardianId, DateOnly? Since)
{
    public static ParentsState Nothing { get; } = new(null, null, false, null, null);

    public IEnumerable<Guid> Parents => new[] { Parent1Id, Parent2Id }.OfType<Guid>();

    /// <summary>Everybody named.</summary>
    public IEnumerable<Guid> Named => new[] { Parent1Id, Parent2Id, GuardianId }.OfType<Guid>();
}

internal sealed class ParentsConfiguration : IEntityTypeConfiguration<ParentsEntry>
{
    public void Configure(EntityTypeBuilder<ParentsEntry> builder)
    {
        builder.ToTable("parents");
        builder.IsBound();
        builder.HasKey(p => p.ChildId);
        builder.Property(p => p.ChildId).ValueGeneratedNever();
        builder.Property(p => p.Revision).IsConcurrencyToken();
        builder.Ignore(p => p.State);
        builder.HasIndex(p => p.Parent1Id);
        builder.HasIndex(p => p.Parent2Id);
        builder.HasIndex(p => p.GuardianId);
    }
}

internal static class ParentsRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<ParentsEntry> Parents => db.Set<ParentsEntry>();
    }

    public static RegistrantId? ToId(this Guid? id) => id is { } value ? new RegistrantId(value) : null;
}
