using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Relationships;

/// <summary>
/// A couple, an edge of its own. The smaller id stands first, so that a pair is found whichever way it is named; <see cref="IsSwapped"/>
/// remembers how it was entered.
/// </summary>
internal sealed class SpouseEntry
{
    private SpouseEntry() { }

    public SpouseEntry(Guid id, Guid person1, Guid person2)
    {
        Id = id;
        IsSwapped = person1.CompareTo(person2) > 0;
        (Person1Id, Person2Id) = IsSwapped ? (person2, person1) : (person1, person2);
    }

    public Guid Person1Id { get; private set; }

    public Guid Id { get; private set; }

    public Guid Person2Id { get; private set; }

    public bool IsSwapped { get; private set; }

    public bool IsMarried { get; private set; }

    public DateOnly? MarriedOn { get; private set; }

    public bool IsSeparated { get; private set; }

    public DateOnly? SeparatedOn { get; private set; }

    /// <summary>1 for the first state.</summary>
    public long Revision { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }

    public SpouseState State => new(IsMarried, MarriedOn, IsSeparated, SeparatedOn);

    public bool Joins(Guid person) => Person1Id == person || Person2Id == person;

    public Guid OtherThan(Guid person) => Person1Id == person ? Person2Id : Person1Id;

    public void Take(SpouseState state, DateTimeOffset now)
    {
        (IsMarried, MarriedOn, IsSeparated, SeparatedOn) = state;
        Revision++;
        RecordedAt = now;
    }

    public SpouseView ToView() =>
        new()
        {
            Id = Id,
            Person1Id = new RegistrantId(IsSwapped ? Person2Id : Person1Id),
            Person2Id = new RegistrantId(IsSwapped ? Person1Id : Person2Id),
            IsMarried = IsMarried,
            MarriedOn = MarriedOn,
            IsSeparated = IsSeparated,
            SeparatedOn = SeparatedOn,
            RecordedAt = RecordedAt,
            Revision = Revision,
        };
}

/// <summary>What a row of spouses says.</summary>
internal sealed record SpouseState(bool IsMarried, DateOnly? MarriedOn, bool IsSeparated, DateOnly? SeparatedOn);

internal sealed class SpouseConfiguration : IEntityTypeConfiguration<SpouseEntry>
{
    public void Configure(EntityTypeBuilder<SpouseEntry> builder)
    {
        builder.ToTable("spouses");
        builder.IsBound();
        builder.HasKey(s => new { s.Person1Id, s.Id });
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Revision).IsConcurrencyToken();
        builder.Ignore(s => s.State);
        builder.HasIndex(s => s.Id).IsUnique();
        builder.HasIndex(s => s.Person2Id);
        builder.HasIndex(s => new { s.Person1Id, s.Person2Id }).IsUnique().HasFilter("not is_separated");
    }
}

internal static class SpouseRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<SpouseEntry> Spouses => db.Set<SpouseEntry>();
    }
}
