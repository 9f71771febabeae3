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

    /// <summary>When the password that counts was set.</summary>
    public DateTimeOffset? PasswordSetAt { get; private set; }

    /// <summary>The secret of the account's one-time codes, sealed by <see cref="Codes.CodeSecrets"/>; absent while none is set up.</summary>
    public byte[]? CodeSecret { get; private set; }

    /// <summary>Since when a sign-in needs a code; absent while the secret was not yet confirmed by one.</summary>
    public DateTimeOffset? CodeConfirmedAt { get; private set; }

    /// <summary>The time step of the last code taken: it and all before it count no longer (RFC 6238 §5.2).</summary>
    public long CodeStep { get; private set; }

    /// <summary>Hashes of recovery codes that were not used yet.</summary>
    public List<string> RecoveryCodes { get; private set; } = [];

    public List<string> Roles { get; private set; } = [];

    /// <summary>Codes of areas the account is held to; empty means everywhere.</summary>
    public List<string> Areas { get; private set; } = [];

    /// <summary>Locked by an administrator.</summary>
    public bool Suspended { get; private set; }

    /// <summary>For good: the name stays taken, so that the logs keep meaning one account.</summary>
    public bool Deactivated { get; private set; }

    /// <summary>One more with every change; the account's ETag.</summary>
    public long Version { get; private set; } = 1;

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
        PasswordSetAt = now;
        Touch(now);
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
            Touch(now);
        }
    }

    public void SetAreas(IReadOnlyList<string> areas, DateTimeOffset now)
    {
        if (!Areas.SequenceEqual(areas))
        {
            Areas = [.. areas];
            Touch(now);
        }
    }

    public void SetSuspended(bool suspended, DateTimeOffset now)
    {
        if (Suspended != suspended)
        {
            Suspended = suspended;
            Touch(now);
        }
    }

    /// <summary>Nobody can sign in with it again; it holds no right, no password and no link to a person any longer.</summary>
    public void Deactivate(DateTimeOffset now)
    {
        Deactivated = true;
        Roles = [];
        Areas = [];
        PasswordHash = "";
        BootstrapHash = null;
        EndCodes(now);
        SetLink(null, null, null, now);
    }

    public bool NeedsCode => CodeConfirmedAt is not null;

    /// <summary>Takes a new secret, to be confirmed by a code of it.</summary>
    public void BeginCodes(byte[] secret, DateTimeOffset now)
    {
        (CodeSecret, CodeConfirmedAt, CodeStep, RecoveryCodes) = (secret, null, 0, []);
        Touch(now);
    }

    public void ConfirmCodes(long step, IReadOnlyList<string> recoveryCodes, DateTimeOffset now)
    {
        (CodeConfirmedAt, CodeStep, RecoveryCodes) = (now, step, [.. recoveryCodes]);
        Touch(now);
    }

    public void UseRecoveryCode(string hash, DateTimeOffset now)
    {
        RecoveryCodes = [.. RecoveryCodes.Where(code => code != hash)];
        Touch(now);
    }

    public void EndCodes(DateTimeOffset now)
    {
        (CodeSecret, CodeConfirmedAt, CodeStep, RecoveryCodes) = (null, null, 0, []);
        Touch(now);
    }

    public void SetLink(byte[]? head, byte[]? wrap, byte[]? tail, DateTimeOffset now)
    {
        LinkHead = head;
        LinkWrap = wrap;
        LinkTail = tail;
        Touch(now);
    }

    /// <summary>May sign in, and what it holds counts.</summary>
    public bool IsActive => !Suspended && !Deactivated;

    private void Touch(DateTimeOffset now)
    {
        Version++;
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
        builder.Property(a => a.PasswordSetAt).HasColumnName("password_set_at");
        builder.Property(a => a.CodeSecret).HasColumnName("code_secret");
        builder.Property(a => a.CodeConfirmedAt).HasColumnName("code_confirmed_at");
        builder.Property(a => a.CodeStep).HasColumnName("code_step");
        builder.Property(a => a.RecoveryCodes).HasColumnName("recovery_codes");
        builder.Property(a => a.Roles).HasColumnName("roles");
        builder.Property(a => a.Areas).HasColumnName("areas");
        builder.Property(a => a.Suspended).HasColumnName("suspended");
        builder.Property(a => a.Deactivated).HasColumnName("deactivated");
        builder.Property(a => a.Version).HasColumnName("version").IsConcurrencyToken().HasDefaultValue(1L);
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
