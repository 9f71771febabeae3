using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Attestations;

/// <summary>What is stated about the value that stands. A field without a row is NEW.</summary>
internal sealed class Attestation
{
    public required Guid RegistrantId { get; init; }

    public required string Field { get; init; }

    /// <summary>The entry of <see cref="AttestationEntry"/> that holds.</summary>
    public required Guid EntryId { get; set; }

    public required string Status { get; set; }

    public required string ValueHash { get; set; }

    /// <summary>Who made it: a second person is somebody else.</summary>
    public required string By { get; set; }

    /// <summary>The last day on which it holds; absent: until the value changes.</summary>
    public DateOnly? ValidUntil { get; set; }

    /// <summary>Its status on a day.</summary>
    public string StatusOn(DateOnly today) => AttestationStatuses.OnDay(Status, ValidUntil, today);
}

/// <summary>One statement, or the fall back to NEW. Never altered.</summary>
internal sealed class AttestationEntry
{
    public required Guid RegistrantId { get; init; }

    public required Guid Id { get; init; }

    public required string Field { get; init; }

    public required string Status { get; init; }

    public required string ValueHash { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Number of the entry of the change log that came with it: statements on one field stand in this order.</summary>
    public long Sequence { get; set; }

    /// <summary>The version whose value it is about.</summary>
    public required long Version { get; init; }

    /// <summary>Data keys of the tails.</summary>
    public required int Epoch { get; init; }

    /// <summary>Base64url tail: people write names into comments.</summary>
    public string? Comments { get; init; }

    /// <summary>Base64url tail.</summary>
    public string? Evidence { get; init; }

    public string? Method { get; init; }

    public DateOnly? ValidUntil { get; init; }

    /// <summary>The document that was looked at; no foreign key, for it may be taken away.</summary>
    public Guid? DocumentId { get; init; }

    /// <summary>Thumbprint of the key under which the statement came signed.</summary>
    public string? SignatureKey { get; init; }

    /// <summary>SHA-256 of what was signed.</summary>
    public byte[]? SignatureDigest { get; init; }

    public StatementSignature? Signature =>
        SignatureKey is { } key && SignatureDigest is { } digest ? new StatementSignature(key, digest) : null;
}

internal sealed class AttestationConfiguration : IEntityTypeConfiguration<Attestation>
{
    public void Configure(EntityTypeBuilder<Attestation> builder)
    {
        builder.ToTable("attestations");
        builder.IsBound();
        builder.HasKey(a => new { a.RegistrantId, a.Field });
        builder.HasIndex(a => a.ValidUntil);
        builder.Property(a => a.By).HasMaxLength(200);
        builder.Property(a => a.Field).HasMaxLength(60);
        builder.Property(a => a.Status).HasMaxLength(40);
        builder.Property(a => a.ValueHash).HasMaxLength(60);
    }
}

internal sealed class AttestationEntryConfiguration : IEntityTypeConfiguration<AttestationEntry>
{
    public void Configure(EntityTypeBuilder<AttestationEntry> builder)
    {
        builder.ToTable("attestation_history");
        builder.IsBound();
        builder.HasKey(a => new { a.RegistrantId, a.Id });
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Field).HasMaxLength(60);
        builder.Property(a => a.Status).HasMaxLength(40);
        builder.Property(a => a.ValueHash).HasMaxLength(60);
        builder.Property(a => a.By).HasMaxLength(200);
        builder.Property(a => a.Method).HasMaxLength(40);
        builder.Property(a => a.SignatureKey).HasMaxLength(60);
        builder.Ignore(a => a.Signature);
    }
}

internal static class AttestationRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<Attestation> Attestations => db.Set<Attestation>();

        internal DbSet<AttestationEntry> AttestationHistory => db.Set<AttestationEntry>();
    }
}
