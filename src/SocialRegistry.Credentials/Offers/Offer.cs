using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Credentials.Persistence;

namespace SocialRegistry.Credentials.Offers;

/// <summary>The states an offer goes through; the last three are ends.</summary>
internal static class OfferStates
{
    public const string Open = "open";

    /// <summary>The code was exchanged for a token.</summary>
    public const string Redeemed = "redeemed";

    /// <summary>Too many wrong transaction codes.</summary>
    public const string Burnt = "burnt";
}

/// <summary>
/// An invitation to fetch credentials about one registrant, and the access token it was exchanged for. Its id, its codes and its token
/// stand here only as keyed hashes: who reads the table can use none of them.
/// </summary>
internal sealed class Offer
{
    public const int MaxTries = 5;

    /// <summary>A version-7 UUID: sorts by time. Never leaves.</summary>
    public required Guid Id { get; init; }

    /// <summary>Hash of the id in the offer's address.</summary>
    public required byte[] ReferenceHash { get; init; }

    /// <summary>Hash of the pre-authorized code.</summary>
    public required byte[] CodeHash { get; init; }

    /// <summary>Hash of the transaction code; absent when none is asked for.</summary>
    public byte[]? TxCodeHash { get; init; }

    /// <summary>How many wrong transaction codes are still borne.</summary>
    public int TriesLeft { get; private set; } = MaxTries;

    public string State { get; private set; } = OfferStates.Open;

    public required Guid RegistrantId { get; init; }

    /// <summary>Configuration ids joined by a space.</summary>
    public required string Configurations { get; init; }

    /// <summary>Partner id or user name of the maker.</summary>
    public required string OfferedBy { get; init; }

    public required DateTimeOffset OfferedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Hash of the access token.</summary>
    public byte[]? TokenHash { get; private set; }

    public DateTimeOffset? TokenExpiresAt { get; private set; }

    /// <summary>Credentials handed out under the token.</summary>
    public int Issued { get; private set; }

    public string[] ConfigurationIds() => Configurations.Split(' ');
}

internal sealed class OfferConfiguration : IEntityTypeConfiguration<Offer>
{
    public void Configure(EntityTypeBuilder<Offer> builder)
    {
        builder.ToTable("offers");
        builder.HasKey(offer => offer.Id);
        builder.HasIndex(offer => offer.ReferenceHash).IsUnique();
        builder.HasIndex(offer => offer.CodeHash).IsUnique();
        builder.HasIndex(offer => offer.TokenHash).IsUnique();
        builder.HasIndex(offer => offer.ExpiresAt);
        builder.Property(offer => offer.State).HasMaxLength(20);
        builder.Property(offer => offer.Configurations).HasMaxLength(4_000);
        builder.Property(offer => offer.OfferedBy).HasMaxLength(200);
    }
}

internal static class OfferRows
{
    extension(CredentialsDbContext db)
    {
        internal DbSet<Offer> Offers => db.Set<Offer>();
    }
}
