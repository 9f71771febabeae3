using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Credentials.Persistence;

namespace SocialRegistry.Credentials.Nonces;

/// <summary>A nonce that was spent, kept until it would have expired anyway.</summary>
internal sealed class UsedNonce
{
    /// <summary>The random part of the nonce, 16 bytes.</summary>
    public required byte[] Nonce { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

internal sealed class UsedNonceConfiguration : IEntityTypeConfiguration<UsedNonce>
{
    public void Configure(EntityTypeBuilder<UsedNonce> builder)
    {
        builder.ToTable("used_nonces");
        builder.HasKey(used => used.Nonce);
        builder.HasIndex(used => used.ExpiresAt);
    }
}

internal static class UsedNonceRows
{
    extension(CredentialsDbContext db)
    {
        internal DbSet<UsedNonce> UsedNonces => db.Set<UsedNonce>();
    }
}
