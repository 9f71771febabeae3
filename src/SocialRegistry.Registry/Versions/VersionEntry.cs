using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Versions;

/// <summary>One version: how to get from it back to the one before, and every eighth time the whole.</summary>
internal sealed class VersionEntry
{
    /// <summary>A version whose number this divides carries a <see cref="Snapshot"/>.</summary>
    public const long SnapshotEvery = 8;

    public required Guid RegistrantId { get; init; }

    public required long Number { get; init; }

    /// <summary>The change that made it.</summary>
    public required long Sequence { get; init; }

    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Since when it holds in life: the first day of what was told.</summary>
    public required DateOnly EffectiveOn { get; init; }

    /// <summary>How exact that was told.</summary>
    public DatePrecision EffectivePrecision { get; init; }

    /// <summary>Data keys of this version's tails.</summary>
    public required int Epoch { get; init; }

    /// <summary>The version of the field catalogue its values were checked against; the database refuses one that no longer stands.</summary>
    public required int CatalogueVersion { get; init; }

    /// <summary>JSON array: field ids, and <c>identifiers</c> or <c>status</c>.</summary>
    public required string ChangedFields { get; init; }

    /// <summary>JSON that leads from this version to the one before; tails as they stood, never re-encrypted. Of the first an empty object.</summary>
    public required string ReversePatch { get; init; }

    public string? Snapshot { get; init; }

    /// <summary>The ids in <see cref="ChangedFields"/>.</summary>
    public static IReadOnlyList<string> FieldsOf(string changedFields) =>
        JsonSerializer.Deserialize<List<string>>(changedFields)!;
}

internal sealed class VersionConfiguration : IEntityTypeConfiguration<VersionEntry>
{
    public void Configure(EntityTypeBuilder<VersionEntry> builder)
    {
        builder.ToTable("versions");
        builder.IsBound();
        builder.HasKey(v => new { v.RegistrantId, v.Number });
        builder.Property(v => v.Number).ValueGeneratedNever();
    }
}

internal static class VersionEntries
{
    extension(RegistryDbContext db)
    {
        internal DbSet<VersionEntry> Versions => db.Set<VersionEntry>();
    }
}
