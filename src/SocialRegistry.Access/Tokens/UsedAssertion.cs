using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Access.Persistence;

namespace SocialRegistry.Access.Tokens;

/// <summary>A client assertion that was accepted once and is remembered until it expires (RFC 7523 §3, item 7).</summary>
internal sealed class UsedAssertion
{
    private UsedAssertion() { }

    public UsedAssertion(string partner, string jtiHash, DateTimeOffset expiresAt)
    {
        Partner = partner;
        JtiHash = jtiHash;
        ExpiresAt = expiresAt;
    }

    public string Partner { get; private set; } = "";

    /// <summary>base64url SHA-256 of the <c>jti</c>.</summary>
    public string JtiHash { get; private set; } = "";

    public DateTimeOffset ExpiresAt { get; private set; }
}

internal sealed class UsedAssertionTable : IEntityTypeConfiguration<UsedAssertion>
{
    public void Configure(EntityTypeBuilder<UsedAssertion> builder)
    {
        builder.ToTable("used_assertions");
        builder.HasKey(a => new { a.Partner, a.JtiHash });
        builder.HasIndex(a => a.ExpiresAt);
        builder.Property(a => a.Partner).HasColumnName("partner").HasMaxLength(100);
        builder.Property(a => a.JtiHash).HasColumnName("jti_hash").HasMaxLength(43);
        builder.Property(a => a.ExpiresAt).HasColumnName("expires_at");
    }
}

internal static class UsedAssertionSet
{
    extension(AccessDbContext db)
    {
        internal DbSet<UsedAssertion> UsedAssertions => db.Set<UsedAssertion>();
    }
}
