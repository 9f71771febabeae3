using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Credentials.Persistence;

namespace SocialRegistry.Credentials.Tokens;

/// <summary>A nonce that was used, remembered until it would have run out. Unused ones leave no row.</summary>
internal sealed class UsedNonce
{
    /// <summary>Its random part.</summary>
    public required Guid Id { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class UsedNonceTable : IEntityTypeConfiguration<UsedNonce>
{
    public void Configure(EntityTypeBuilder<UsedNonce> builder)
    {
        builder.ToTable("used_nonces");
        builder.HasKey(n => n.Id);
        builder.HasIndex(n => n.ExpiresAt);
        builder.Property(n => n.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(n => n.ExpiresAt).HasColumnName("expires_at");
    }
}

internal static class UsedNonceSet
{
    extension(CredentialsDbContext db)
    {
        internal DbSet<UsedNonce> UsedNonces => db.Set<UsedNonce>();
    }
}
