using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Credentials.Persistence;

namespace SocialRegistry.Credentials.Tokens;

/// <summary>What a wallet's access token allows. The token itself is random and not stored.</summary>
internal sealed class Grant
{
    public required byte[] TokenHash { get; init; }

    public required Guid Offer { get; init; }

    public required Guid Registrant { get; init; }

    /// <summary>Ids of credential configurations, separated by spaces.</summary>
    public required string Configurations { get; init; }

    /// <summary>True when the wallet asked for credential identifiers (OpenID4VCI 1.0 §6.2).</summary>
    public required bool Identifiers { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Credentials issued so far.</summary>
    public int Issued { get; private set; }
}

internal sealed class GrantTable : IEntityTypeConfiguration<Grant>
{
    public void Configure(EntityTypeBuilder<Grant> builder)
    {
        builder.ToTable("grants");
        builder.HasKey(g => g.TokenHash);
        builder.HasIndex(g => g.ExpiresAt);
        builder.Property(g => g.TokenHash).HasColumnName("token_hash").HasMaxLength(32);
        builder.Property(g => g.Offer).HasColumnName("offer");
        builder.Property(g => g.Registrant).HasColumnName("registrant");
        builder.Property(g => g.Configurations).HasColumnName("configurations").HasMaxLength(2000);
        builder.Property(g => g.Identifiers).HasColumnName("identifiers");
        builder.Property(g => g.ExpiresAt).HasColumnName("expires_at");
        builder.Property(g => g.Issued).HasColumnName("issued");
    }
}

internal static class GrantSet
{
    extension(CredentialsDbContext db)
    {
        internal DbSet<Grant> Grants => db.Set<Grant>();
    }
}
