using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Access.Persistence;

namespace SocialRegistry.Access.Accounts;

/// <summary>Somebody who signs in with a password: staff, or a person about her own record.</summary>
internal sealed class Account
{
    private Account() { }

    public Account(Guid id, string user, DateTimeOffset now)
    {
        Id = id;
        User = user;
        UserKey = KeyOf(user);
        CreatedAt = now;
        UpdatedAt = now;
    }

    public Guid Id { get; private set; }

    /// <summary>The name as it was given; <see cref="UserKey"/> is what is compared.</summary>
    public string User { get; private set; } = "";

    public string UserKey { get; private set; } = "";

    public string PasswordHash { get; private set; } = "";

    /// <summary>Hash of the password the bootstrap file gave last: the same file again must not undo the user's own change.</summary>
    public string? BootstrapHash { get; private set; }

    /// <summary>The password was made for one use: nothing but a change of it is allowed.</summary>
    public bool PasswordExpired { get; private set; }

    public List<string> Roles { get; private set; } = [];

    public bool Suspended { get; private set; }

    /// <summary>The identifier of the person this account belongs to, protected by <see cref="RegistrantLinks"/>.</summary>
    public byte[]? LinkHead { get; private set; }

    public byte[]? LinkWrap { get; private set; }

    public byte[]? LinkTail { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public void SetPassword(string hash, bool expired, DateTimeOffset now)
    {
        PasswordHash = hash;
        PasswordExpired = expired;
        UpdatedAt = now;
    }

    public void SetBootstrapPassword(string hash, DateTimeOffset now)
    {
        BootstrapHash = hash;
        SetPassword(hash, expired: false, now);
    }

    public void SetRoles(IReadOnlyList<string> roles, DateTimeOffset now)
    {
        if (!Roles.SequenceEqual(roles))
        {
            Roles = [.. roles];
            UpdatedAt = now;
        }
    }

    public void SetLink(byte[]? head, byte[]? wrap, byte[]? tail, DateTimeOffset now)
    {
        LinkHead = head;
        LinkWrap = wrap;
        LinkTail = tail;
        UpdatedAt = now;
    }

    /// <summary>User names are compared in Unicode form KC, without case and without blanks around them.</summary>
    public static string KeyOf(string user) =>
        user.Trim().Normalize(System.Text.NormalizationForm.FormKC).ToUpperInvariant();
}

internal sealed class AccountTable : IEntityTypeConfiguration<Account>
{
    public void Configure(EntityTypeBuilder<Account> builder)
    {
        builder.ToTable("accounts");
        builder.HasKey(a => a.Id);
        builder.HasIndex(a => a.UserKey).IsUnique();
        builder.Property(a => a.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(a => a.User).HasColumnName("user_name").HasMaxLength(100);
        builder.Property(a => a.UserKey).HasColumnName("user_key").HasMaxLength(200);
        builder.Property(a => a.PasswordHash).HasColumnName("password_hash").HasMaxLength(200);
        builder.Property(a => a.BootstrapHash).HasColumnName("bootstrap_hash").HasMaxLength(200);
        builder.Property(a => a.PasswordExpired).HasColumnName("password_expired");
        builder.Property(a => a.Roles).HasColumnName("roles");
        builder.Property(a => a.Suspended).HasColumnName("suspended");
        builder.Property(a => a.LinkHead).HasColumnName("link_head");
        builder.Property(a => a.LinkWrap).HasColumnName("link_wrap");
        builder.Property(a => a.LinkTail).HasColumnName("link_tail");
        builder.Property(a => a.CreatedAt).HasColumnName("created_at");
        builder.Property(a => a.UpdatedAt).HasColumnName("updated_at");
    }
}

internal static class AccountSet
{
    extension(AccessDbContext db)
    {
        internal DbSet<Account> Accounts => db.Set<Account>();
    }
}
