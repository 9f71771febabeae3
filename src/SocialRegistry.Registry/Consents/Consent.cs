using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Consents;

/// <summary>A consent record. Its terms are written by people, so they are sealed like values of the record, and gone with its keys.</summary>
internal sealed class Consent
{
    public required Guid RegistrantId { get; init; }

    /// <summary>A version-7 UUID: sorts by time.</summary>
    public required Guid Id { get; init; }

    public required string Controller { get; init; }

    /// <summary>JSON of <see cref="NewConsent"/>, sealed under the personal key of <see cref="Epoch"/>.</summary>
    public required string Terms { get; init; }

    public required int Epoch { get; init; }

    /// <summary>JSON array of <see cref="ConsentEvent"/>.</summary>
    public required string Events { get; set; }

    public DateTimeOffset? ValidUntil { get; init; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    public string StateAt(DateTimeOffset now) =>
        WithdrawnAt is not null ? ConsentStates.Withdrawn
        : ValidUntil <= now ? ConsentStates.Expired
        : ConsentStates.Given;

    /// <summary>The sealed form of terms.</summary>
    public static string Seal(RecordCipher cipher, Guid id, NewConsent terms) =>
        cipher.SealText(Path(id), JsonSerializer.Serialize(terms));

    /// <param name="cipher">Of the epoch of the row.</param>
    public ConsentView ToView(RecordCipher cipher, DateTimeOffset now)
    {
        var events = JsonSerializer.Deserialize<List<ConsentEvent>>(Events)!;
        if (StateAt(now) == ConsentStates.Expired)
        {
            events.Add(new ConsentEvent(ValidUntil!.Value, ConsentStates.Expired, "system", "clock"));
        }

        return new ConsentView
        {
            Id = Id,
            RegistrantId = new RegistrantId(RegistrantId),
            Controller = Controller,
            State = StateAt(now),
            Terms = JsonSerializer.Deserialize<NewConsent>(cipher.OpenText(Path(Id), Terms))!,
            Events = events,
        };
    }

    private static string Path(Guid id) => $"consent.{id:N}";
}

/// <summary>
/// What a standing consent covers, flat: what the gate looks into. Goes with the withdrawal. Holds names only: of fields of the catalogue, of
/// partners and of their purposes.
/// </summary>
internal sealed class ConsentGrant
{
    public required Guid RegistrantId { get; init; }

    public required Guid ConsentId { get; init; }

    /// <summary>Within the consent, from 1.</summary>
    public required int Number { get; init; }

    public required string Recipient { get; init; }

    public required string Purpose { get; init; }

    /// <summary>JSON array of what may be shown.</summary>
    public required string Fields { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public required long ValidFrom { get; init; }

    /// <summary>Milliseconds since 1970; the first moment after it.</summary>
    public long? ValidUntil { get; init; }
}

/// <summary>True of records with a valid consent for this recipient and purpose.</summary>
/// <param name="Now">Milliseconds since 1970.</param>
internal sealed record BoundConsent(string Recipient, string Purpose, long Now) : BoundQuery
{
    /// <summary>The consents that count for a caller at this moment.</summary>
    public static BoundConsent Of(Caller caller, TimeProvider time) =>
        new(caller.Id, caller.Purpose ?? "", time.GetUtcNow().ToUnixTimeMilliseconds());
}

internal sealed class ConsentConfiguration : IEntityTypeConfiguration<Consent>
{
    public void Configure(EntityTypeBuilder<Consent> builder)
    {
        builder.ToTable("consents");
        builder.HasKey(c => new { c.RegistrantId, c.Id });
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Controller).HasMaxLength(200);
        // Two withdrawals at once are one.
        builder.Property(c => c.WithdrawnAt).IsConcurrencyToken();
        builder.IsBound();
    }
}

internal sealed class ConsentGrantConfiguration : IEntityTypeConfiguration<ConsentGrant>
{
    public void Configure(EntityTypeBuilder<ConsentGrant> builder)
    {
        builder.ToTable("consent_grants");
        builder.HasKey(g => new
        {
            g.RegistrantId,
            g.ConsentId,
            g.Number,
        });
        builder.HasIndex(g => new
        {
            g.RegistrantId,
            g.Recipient,
            g.Purpose,
        });
        builder.Property(g => g.Recipient).HasMaxLength(100);
        builder.Property(g => g.Purpose).HasMaxLength(100);
        builder.IsBound();
    }
}

internal static class ConsentRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<Consent> Consents => db.Set<Consent>();

        internal DbSet<ConsentGrant> ConsentGrants => db.Set<ConsentGrant>();
    }
}
