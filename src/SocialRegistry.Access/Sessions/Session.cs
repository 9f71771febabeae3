using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Persistence;

namespace SocialRegistry.Access.Sessions;

/// <summary>One sign-in that still counts. The token itself stands in the browser's cookie only.</summary>
internal sealed class Session
{
    private Session() { }

    public Session(string tokenHash, Guid accountId, Guid? registrant, DateTimeOffset now, TimeSpan lifetime)
    {
        TokenHash = tokenHash;
        AccountId = accountId;
        Registrant = registrant;
        CreatedAt = now;
        SeenAt = now;
        ExpiresAt = now + lifetime;
    }

    /// <summary>base64url SHA-256 of a token of 32 random bytes.</summary>
    public string TokenHash { get; private set; } = "";

    public Guid AccountId { get; private set; }

    public Account Account { get; private set; } = null!;

    /// <summary>For a person: her record as found at sign-in.</summary>
    public Guid? Registrant { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>Last request, exact to a minute.</summary>
    public DateTimeOffset SeenAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }
}

internal sealed class SessionTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("sessions");
        builder.HasKey(s => s.TokenHash);
        builder.HasIndex(s => s.AccountId);
        builder.HasIndex(s => s.ExpiresAt);
        builder.HasOne(s => s.Account).WithMany().HasForeignKey(s => s.AccountId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(s => s.TokenHash).HasColumnName("token_hash").HasMaxLength(43);
        builder.Property(s => s.AccountId).HasColumnName("account_id");
        builder.Property(s => s.Registrant).HasColumnName("registrant");
        builder.Property(s => s.CreatedAt).HasColumnName("created_at");
        builder.Property(s => s.SeenAt).HasColumnName("seen_at");
        builder.Property(s => s.ExpiresAt).HasColumnName("expires_at");
    }
}

internal static class SessionSet
{
    extension(AccessDbContext db)
    {
        internal DbSet<Session> Sessions => db.Set<Session>();
    }
}
