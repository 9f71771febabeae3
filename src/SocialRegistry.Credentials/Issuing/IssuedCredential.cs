using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Credentials.Persistence;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>That a credential was handed out, and on which state of the record. Never what it says.</summary>
internal sealed class IssuedCredential
{
    public required Guid RegistrantId { get; init; }

    /// <summary>A version-7 UUID; <c>urn:uuid:</c> of it is the credential's id.</summary>
    public required Guid Id { get; init; }

    public required Guid OfferId { get; init; }

    /// <summary>Id of the configuration.</summary>
    public required string Configuration { get; init; }

    /// <summary>Version of the record the claims were taken from.</summary>
    public required long RecordVersion { get; init; }

    /// <summary>RFC 7638 thumbprint of the holder's key.</summary>
    public required string HolderKey { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ValidUntil { get; init; }
}

internal sealed class IssuedCredentialConfiguration : IEntityTypeConfiguration<IssuedCredential>
{
    public void Configure(EntityTypeBuilder<IssuedCredential> builder)
    {
        builder.ToTable("issued");
        builder.HasKey(issued => new { issued.RegistrantId, issued.Id });
        builder.HasIndex(issued => issued.Id).IsUnique();
        builder.Property(issued => issued.Configuration).HasMaxLength(200);
        builder.Property(issued => issued.HolderKey).HasMaxLength(43);
    }
}

internal static class IssuedCredentialRows
{
    extension(CredentialsDbContext db)
    {
        internal DbSet<IssuedCredential> Issued => db.Set<IssuedCredential>();
    }
}
