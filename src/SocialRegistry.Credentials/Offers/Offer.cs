using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Credentials.Persistence;

namespace SocialRegistry.Credentials.Offers;

/// <summary>An invitation to fetch credentials about one registrant, good for one redemption.</summary>
internal sealed class Offer
{
    /// <summary>Tries of the <c>tx_code</c> before the offer is burnt.</summary>
    public const int MaxTries = 5;

    private Offer() { }

    public Offer(Guid id, byte[] referenceHash, byte[] codeHash, byte[]? txCodeHash, Guid registrant)
    {
        Id = id;
        ReferenceHash = referenceHash;
        CodeHash = codeHash;
        TxCodeHash = txCodeHash;
        Registrant = registrant;
        TriesLeft = MaxTries;
    }

    public Guid Id { get; private set; }

    /// <summary>Keyed hash of the reference in the offer's address.</summary>
    public byte[] ReferenceHash { get; private set; } = [];

    /// <summary>Keyed hash of the pre-authorized code.</summary>
    public byte[] CodeHash { get; private set; } = [];

    /// <summary>Keyed hash of the <c>tx_code</c>; absent when none is asked.</summary>
    public byte[]? TxCodeHash { get; private set; }

    /// <summary>Counted down before a code is compared, so that parallel tries are counted too.</summary>
    public int TriesLeft { get; private set; }

    public Guid Registrant { get; private set; }

    /// <summary>Ids of credential configurations, separated by spaces.</summary>
    public required string Configurations { get; init; }

    /// <summary>Partner or user.</summary>
    public required string OfferedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When its code was turned into a token.</summary>
    public DateTimeOffset? RedeemedAt { get; private set; }
}

internal sealed class OfferTable : IEntityTypeConfiguration<Offer>
{
    public void Configure(EntityTypeBuilder<Offer> builder)
    {
        builder.ToTable("offers");
        builder.HasKey(o => o.Id);
        builder.HasIndex(o => o.ReferenceHash).IsUnique();
        builder.HasIndex(o => o.CodeHash).IsUnique();
        builder.HasIndex(o => o.ExpiresAt);
        builder.Property(o => o.Id).HasColumnName("id").ValueGeneratedNever();
        builder.Property(o => o.ReferenceHash).HasColumnName("reference_hash").HasMaxLength(32);
        builder.Property(o => o.CodeHash).HasColumnName("code_hash").HasMaxLength(32);
        builder.Property(o => o.TxCodeHash).HasColumnName("tx_code_hash").HasMaxLength(32);
        builder.Property(o => o.TriesLeft).HasColumnName("tries_left");
        builder.Property(o => o.Registrant).HasColumnName("registrant");
        builder.Property(o => o.Configurations).HasColumnName("configurations").HasMaxLength(2000);
        builder.Property(o => o.OfferedBy).HasColumnName("offered_by").HasMaxLength(200);
        builder.Property(o => o.CreatedAt).HasColumnName("created_at");
        builder.Property(o => o.ExpiresAt).HasColumnName("expires_at");
        builder.Property(o => o.RedeemedAt).HasColumnName("redeemed_at");
    }
}

internal static class OfferSet
{
    extension(CredentialsDbContext db)
    {
        internal DbSet<Offer> Offers => db.Set<Offer>();
    }
}
