using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Relationships;

/// <summary>A configured type of relation.</summary>
internal sealed class RelationType
{
    private RelationType() { }

    public RelationType(string code) => Code = code;

    public string Code { get; private set; } = "";

    /// <summary>How the far end names it; the code itself when symmetric.</summary>
    public string Inverse { get; private set; } = "";

    /// <summary>JSON of the whole description.</summary>
    public string Description { get; private set; } = "{}";

    public bool IsRetired { get; private set; }

    /// <summary>One more with each change; 0 of a type that was not changed since its history is kept.</summary>
    public long Version { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public string UpdatedBy { get; private set; } = "";

    public void Take(RelationTypeView view, string by, DateTimeOffset now)
    {
        Version++;
        Inverse = view.IsSymmetric ? view.Code : view.Inverse!;
        Description = JsonSerializer.Serialize(view);
        IsRetired = view.IsRetired;
        UpdatedAt = now;
        UpdatedBy = by;
    }

    public RelationTypeView ToView() => JsonSerializer.Deserialize<RelationTypeView>(Description)!;
}

internal sealed class RelationTypeConfiguration : IEntityTypeConfiguration<RelationType>
{
    public void Configure(EntityTypeBuilder<RelationType> builder)
    {
        builder.ToTable("relation_types");
        builder.HasKey(t => t.Code);
        builder.Property(t => t.Code).HasMaxLength(40);
        builder.Property(t => t.Inverse).HasMaxLength(40);
        builder.Property(t => t.Description).IsJson();
        builder.Property(t => t.UpdatedBy).HasMaxLength(200);
        builder.Property(t => t.UpdatedAt).IsConcurrencyToken();
        builder.HasIndex(t => t.Inverse).IsUnique();
    }
}

internal static class RelationTypeRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<RelationType> RelationTypes => db.Set<RelationType>();
    }
}
