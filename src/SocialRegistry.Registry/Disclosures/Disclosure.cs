using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Disclosures;

/// <summary>One showing of one record. Stored before the answer leaves; never altered.</summary>
internal sealed class Disclosure
{
    public required Guid RegistrantId { get; init; }

    /// <summary>A version-7 UUID: sorts by time.</summary>
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string ShownToKind { get; init; }

    public required string ShownTo { get; init; }

    public required string Channel { get; init; }

    public string? Purpose { get; init; }

    public string? LegalGround { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The batch with which it was written, whose hash covers it.</summary>
    public Guid Batch { get; set; }

    /// <summary>JSON array of field ids, and <c>identifiers</c>, <c>attestations</c>, <c>memberships</c> or <c>versions</c>.</summary>
    public required string Fields { get; init; }

    /// <summary>The organisation behind the reader.</summary>
    public string Institution { get; init; } = "";

    /// <summary>Ids of the consents that covered it, separated by spaces.</summary>
    public string? Consent { get; init; }

    /// <summary>True when somebody read past her own rights, with a reason.</summary>
    public bool BreakGlass { get; init; }

    public DisclosureView ToView() =>
        new(At, ShownTo, Channel, Purpose, LegalGround, JsonSerializer.Deserialize<List<string>>(Fields)!)
        {
            ReaderKind = ShownToKind,
            Institution = Institution,
            Consent = Consent,
            BreakGlass = BreakGlass,
        };
}

internal sealed class DisclosureConfiguration : IEntityTypeConfiguration<Disclosure>
{
    public void Configure(EntityTypeBuilder<Disclosure> builder)
    {
        builder.ToTable("disclosures");
        builder.HasKey(d => new { d.RegistrantId, d.Id });
        builder.HasIndex(d => d.Batch);
        builder.Property(d => d.ShownToKind).HasMaxLength(20);
        builder.Property(d => d.ShownTo).HasMaxLength(200);
        builder.Property(d => d.Channel).HasMaxLength(40);
        builder.Property(d => d.Institution).HasMaxLength(200).HasDefaultValue("");
        builder.Property(d => d.BreakGlass).HasDefaultValue(false);
        builder.HasIndex(d => d.At);
    }
}

internal static class DisclosureRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<Disclosure> Disclosures => db.Set<Disclosure>();
    }
}
