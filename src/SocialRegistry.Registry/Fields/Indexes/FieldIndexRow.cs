using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Fields.Indexes;

/// <summary>The index of one field, and the work still to be done for it.</summary>
internal sealed class FieldIndexRow
{
    public required string Kind { get; init; }

    public required string Field { get; init; }

    /// <summary>False: the index is to be dropped, and the row with it.</summary>
    public required bool Wanted { get; set; }

    public required FieldIndexState State { get; set; }

    /// <summary>Another one with each request, so that work on an older one does not end a newer one.</summary>
    public required Guid Request { get; set; }

    public int Attempts { get; set; }

    public string? Error { get; set; }

    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Not before this moment: after a failure, or while somebody is at it.</summary>
    public required DateTimeOffset DueAt { get; set; }

    public static FieldIndexRow New(string kind, string field, DateTimeOffset now) =>
        new()
        {
            Kind = kind,
            Field = field,
            Wanted = true,
            State = FieldIndexState.Pending,
            Request = Guid.NewGuid(),
            ChangedAt = now,
            DueAt = now,
        };

    public void Ask(bool wanted, DateTimeOffset now)
    {
        Wanted = wanted;
        State = FieldIndexState.Pending;
        Request = Guid.NewGuid();
        Attempts = 0;
        Error = null;
        ChangedAt = now;
        DueAt = now;
    }

    public FieldIndexView Show() =>
        new()
        {
            Kind = Kind,
            Field = Field,
            State = State,
            Attempts = Attempts,
            ChangedAt = ChangedAt,
            Error = Error,
        };
}

internal sealed class FieldIndexConfiguration : IEntityTypeConfiguration<FieldIndexRow>
{
    public void Configure(EntityTypeBuilder<FieldIndexRow> builder)
    {
        builder.ToTable("field_indexes");
        builder.HasKey(i => new { i.Kind, i.Field });
        builder.Property(i => i.Kind).HasMaxLength(20);
        builder.Property(i => i.Field).HasMaxLength(60);
        builder.Property(i => i.State).HasConversion<string>().HasMaxLength(20);
        builder.Property(i => i.Error).HasMaxLength(100);
        builder.Property(i => i.Request).IsConcurrencyToken();
    }
}

internal static class FieldIndexRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<FieldIndexRow> FieldIndexes => db.Set<FieldIndexRow>();
    }
}
