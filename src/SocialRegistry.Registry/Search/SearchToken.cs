using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Search;

/// <summary>A keyed token of one value of a protected, searchable text: equality is all it tells. Made from the records anew by <see cref="Reindex"/>.</summary>
internal sealed class SearchToken
{
    public required string Field { get; init; }

    /// <summary>16 bytes (<see cref="Protection.BlindIndex"/>) of the folded value.</summary>
    public required byte[] Token { get; init; }

    public required Guid RegistrantId { get; init; }
}

internal sealed class SearchTokenConfiguration : IEntityTypeConfiguration<SearchToken>
{
    public void Configure(EntityTypeBuilder<SearchToken> builder)
    {
        builder.ToTable("search_tokens");
        builder.HasKey(t => new
        {
            t.Field,
            t.Token,
            t.RegistrantId,
        });
        builder.HasIndex(t => t.RegistrantId);
        builder.Property(t => t.Field).HasMaxLength(60);
    }
}

internal static class SearchTokenRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<SearchToken> SearchTokens => db.Set<SearchToken>();
    }
}
