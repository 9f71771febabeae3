using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Search;

/// <summary>The folded copy of one value of a clear, searchable text, so that both databases look into it alike. Made from the records anew by <see cref="Reindex"/>.</summary>
internal sealed class SearchText
{
    public required Guid RegistrantId { get; init; }

    /// <summary>Field id or path.</summary>
    public required string Field { get; init; }

    /// <summary>Which value of a repeated field; 0 is the first.</summary>
    public required int Position { get; init; }

    /// <summary>The first <see cref="Contracts.QueryLimits.MaxPartLength"/> characters, at most: what an index can hold.</summary>
    public required string Head { get; init; }

    public required string Folded { get; init; }
}

internal sealed class SearchTextConfiguration : IEntityTypeConfiguration<SearchText>
{
    public void Configure(EntityTypeBuilder<SearchText> builder)
    {
        builder.ToTable("search_texts");
        builder.HasKey(t => new
        {
            t.RegistrantId,
            t.Field,
            t.Position,
        });
        builder.HasIndex(t => new { t.Field, t.Head });
        builder.Property(t => t.Field).HasMaxLength(300);
        builder.Property(t => t.Head).IsOrdinal();
        builder.Property(t => t.Folded).IsOrdinal();
    }
}

internal static class SearchTextRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<SearchText> SearchTexts => db.Set<SearchText>();
    }
}
