using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Fields;

/// <summary>One state of the catalogue, whole. Never altered; the highest number stands.</summary>
internal sealed class CatalogueVersion
{
    public required int Version { get; init; }

    /// <summary>JSON after <see cref="CatalogueFile"/>.</summary>
    public required string Document { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>One entry of the catalogue's log. Never altered.</summary>
internal sealed class CatalogueChange
{
    /// <summary>A version-7 UUID: entries sort by it.</summary>
    public required Guid Id { get; init; }

    /// <summary>The version it made, or that stood when it made none.</summary>
    public required int Version { get; init; }

    /// <summary><see cref="CatalogueOperations"/>.</summary>
    public required string Operation { get; init; }

    public required string Subject { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    public required string ActorKind { get; init; }

    public required string Actor { get; init; }

    public required string Channel { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The definition before, JSON.</summary>
    public string? Before { get; init; }

    /// <summary>The definition after, JSON.</summary>
    public string? After { get; init; }
}

internal static class CatalogueOperations
{
    public const string Seeded = "seeded";
    public const string Drafted = "drafted";
    public const string Withdrawn = "withdrawn";
    public const string Published = "published";
    public const string Retired = "retired";
    public const string CodeListPut = "code_list_put";
    public const string CodePut = "code_put";
    public const string IdentifierTypePut = "identifier_type_put";
}

/// <summary>A field that is not published yet.</summary>
internal sealed class FieldDraft
{
    public required string Kind { get; init; }

    public required string Field { get; init; }

    /// <summary>JSON after <see cref="Contracts.FieldDefinition"/>.</summary>
    public required string Document { get; set; }

    public required string DraftedBy { get; set; }

    public required DateTimeOffset DraftedAt { get; set; }

    /// <summary>Another one with every change, so that nobody publishes what somebody is replacing.</summary>
    public required Guid Revision { get; set; }
}

internal sealed class CatalogueVersionConfiguration : IEntityTypeConfiguration<CatalogueVersion>
{
    public void Configure(EntityTypeBuilder<CatalogueVersion> builder)
    {
        builder.ToTable("catalogue_versions");
        builder.IsLog(LeafKinds.CatalogueVersions);
        builder.HasKey(v => v.Version);
        builder.Property(v => v.Version).ValueGeneratedNever();
    }
}

internal sealed class CatalogueChangeConfiguration : IEntityTypeConfiguration<CatalogueChange>
{
    public void Configure(EntityTypeBuilder<CatalogueChange> builder)
    {
        builder.ToTable("catalogue_changes");
        builder.IsLog(LeafKinds.Catalogue);
        builder.HasKey(c => c.Id);
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Operation).HasMaxLength(40);
        builder.Property(c => c.Subject).HasMaxLength(200);
        builder.Property(c => c.ActorKind).HasMaxLength(20);
        builder.Property(c => c.Actor).HasMaxLength(200);
        builder.Property(c => c.Channel).HasMaxLength(40);
        builder.Property(c => c.RequestId).HasMaxLength(200);
    }
}

internal sealed class FieldDraftConfiguration : IEntityTypeConfiguration<FieldDraft>
{
    public void Configure(EntityTypeBuilder<FieldDraft> builder)
    {
        builder.ToTable("field_drafts");
        builder.HasKey(d => new { d.Kind, d.Field });
        builder.Property(d => d.Kind).HasMaxLength(20);
        builder.Property(d => d.Field).HasMaxLength(60);
        builder.Property(d => d.DraftedBy).HasMaxLength(200);
        builder.Property(d => d.Revision).IsConcurrencyToken();
    }
}

internal static class CatalogueRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<CatalogueVersion> CatalogueVersions => db.Set<CatalogueVersion>();

        internal DbSet<CatalogueChange> CatalogueChanges => db.Set<CatalogueChange>();

        internal DbSet<FieldDraft> FieldDrafts => db.Set<FieldDraft>();
    }
}
