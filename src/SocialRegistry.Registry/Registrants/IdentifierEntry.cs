using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Registrants;

/// <summary>
/// The directory of identifiers: a keyed token leads to one registrant. An archived record keeps its entries, so that a number is
/// not given to somebody else unseen.
/// </summary>
internal sealed class IdentifierEntry
{
    public required string Type { get; init; }

    /// <summary>16 bytes (<see cref="Protection.BlindIndex"/>).</summary>
    public required byte[] Token { get; init; }

    public required Guid RegistrantId { get; init; }
}

internal sealed class IdentifierConfiguration : IEntityTypeConfiguration<IdentifierEntry>
{
    public void Configure(EntityTypeBuilder<IdentifierEntry> builder)
    {
        builder.ToTable("identifiers");
        builder.HasKey(i => new { i.Type, i.Token });
        builder.HasIndex(i => i.RegistrantId);
        builder.Property(i => i.Type).HasMaxLength(60);
    }
}

internal static class IdentifierEntries
{
    extension(RegistryDbContext db)
    {
        internal DbSet<IdentifierEntry> Identifiers => db.Set<IdentifierEntry>();
    }
}
