using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Credentials.Persistence;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>That a credential was issued, without its content.</summary>
internal sealed class IssuedCredential
{
    public required Guid Registrant { get; init; }

    /// <summary>The credential's own id (<c>urn:uuid:…</c> where its form has one).</summary>
    public required Guid Id { get; init; }

    public required Guid Offer { get; init; }

    public required string Configuration { get; init; }

    /// <summary>RFC 7638 thumbprint of the holder's key.</summary>
    public required string HolderKey { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class IssuedCredentialTable : IEntityTypeConfiguration<IssuedCredential>
{
    public void Configure(EntityTypeBuilder<IssuedCredential> builder)
    {
        builder.ToTable("issued");
        builder.HasKey(c => new { c.Registrant, c.Id });
        builder.HasIndex(c => c.Id).IsUnique();
        builder.Property(c => c.Registrant).HasColumnName("registrant");
        builder.Property(c => c.Id).HasColumnName("id");
        builder.Property(c => c.Offer).HasColumnName("offer");
        builder.Property(c => c.Configuration).HasColumnName("configuration").HasMaxLength(200);
        builder.Property(c => c.HolderKey).HasColumnName("holder_key").HasMaxLength(43);
        builder.Property(c => c.IssuedAt).HasColumnName("issued_at");
        builder.Property(c => c.ExpiresAt).HasColumnName("expires_at");
    }
}

internal static class IssuedCredentialSet
{
    extension(CredentialsDbContext db)
    {
        internal DbSet<IssuedCredential> Issued => db.Set<IssuedCredential>();
    }
}
