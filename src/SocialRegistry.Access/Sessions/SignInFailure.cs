using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Access.Persistence;

namespace SocialRegistry.Access.Sessions;

/// <summary>Wrong passwords in a row for one user name (known or not) or from one address.</summary>
internal sealed class SignInFailure
{
    private SignInFailure() { }

    /// <summary>Keyed hash of user name or address, so that neither stands here.</summary>
    public string Key { get; private set; } = "";

    public int Failures { get; private set; }

    /// <summary>Unix milliseconds; 0: not locked.</summary>
    public long LockedUntil { get; private set; }

    /// <summary>Unix milliseconds of the last failure.</summary>
    public long LastAt { get; private set; }
}

internal sealed class SignInFailureTable : IEntityTypeConfiguration<SignInFailure>
{
    public void Configure(EntityTypeBuilder<SignInFailure> builder)
    {
        builder.ToTable("sign_in_failures");
        builder.HasKey(f => f.Key);
        builder.HasIndex(f => f.LastAt);
        builder.Property(f => f.Key).HasColumnName("key").HasMaxLength(43);
        builder.Property(f => f.Failures).HasColumnName("failures");
        builder.Property(f => f.LockedUntil).HasColumnName("locked_until");
        builder.Property(f => f.LastAt).HasColumnName("last_at");
    }
}

internal static class SignInFailureSet
{
    extension(AccessDbContext db)
    {
        internal DbSet<SignInFailure> SignInFailures => db.Set<SignInFailure>();
    }
}
