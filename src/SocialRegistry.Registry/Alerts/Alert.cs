using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Alerts;

/// <summary>An alert. Never altered; what comes of it is an <see cref="AlertReviewRow"/>.</summary>
internal sealed class Alert
{
    /// <summary>A version-7 UUID: sorts by time.</summary>
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><see cref="AlertKinds"/>.</summary>
    public required string Kind { get; init; }

    public required string ReaderKind { get; init; }

    public required string Reader { get; init; }

    /// <summary>
    /// One of a kind and reader: of a break-glass reading how many of this reader it makes, else the begin of the window in seconds since
    /// 1970. Two at once are one, or the second counts again.
    /// </summary>
    public required long Number { get; init; }

    public string? RequestId { get; init; }

    public Guid? RegistrantId { get; init; }

    /// <summary>Kind and epoch of the record, which its keys go by.</summary>
    public string? RegistrantKind { get; init; }

    public int? Epoch { get; init; }

    /// <summary>The stated reason, protected by the record's personal key.</summary>
    public string? Reason { get; init; }

    /// <summary>JSON array of what was shown.</summary>
    public string? Fields { get; init; }

    public int? Records { get; init; }

    public DateTimeOffset? WindowStart { get; init; }

    public AlertView ToView(AlertReviewRow? review, string? reason, string? note) =>
        new()
        {
            Id = new AlertId(Id),
            Kind = Kind,
            At = At,
            ReaderKind = ReaderKind,
            Reader = Reader,
            RequestId = RequestId,
            Registrant = RegistrantId is { } id ? new RegistrantId(id) : null,
            Fields = Fields is null ? [] : JsonSerializer.Deserialize<List<string>>(Fields)!,
            Reason = reason,
            Records = Records,
            WindowStart = WindowStart,
            State = review is null ? AlertStates.Open : AlertStates.Reviewed,
            ReviewedBy = review?.By,
            ReviewedAt = review?.At,
            Note = note,
        };
}

/// <summary>What came of looking at an alert. Never altered.</summary>
internal sealed class AlertReviewRow
{
    public required Guid AlertId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }

    /// <summary>Whose personal key protects the note: the record's, or when it has none, the alert's own.</summary>
    public required Guid KeyOwner { get; init; }

    public required string Note { get; init; }
}

internal sealed class AlertConfiguration : IEntityTypeConfiguration<Alert>, IEntityTypeConfiguration<AlertReviewRow>
{
    public void Configure(EntityTypeBuilder<Alert> builder)
    {
        builder.ToTable("alerts").IsLog(LeafKinds.Alerts);
        builder.HasKey(a => a.Id);
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Kind).HasMaxLength(40);
        builder.Property(a => a.ReaderKind).HasMaxLength(20);
        builder.Property(a => a.Reader).HasMaxLength(200);
        builder.Property(a => a.RequestId).HasMaxLength(200);
        builder.Property(a => a.RegistrantKind).HasMaxLength(20);
        builder
            .HasIndex(a => new
            {
                a.Reader,
                a.Kind,
                a.ReaderKind,
                a.Number,
            })
            .IsUnique();
    }

    public void Configure(EntityTypeBuilder<AlertReviewRow> builder)
    {
        builder.ToTable("alert_reviews").IsLog(LeafKinds.AlertReviews);
        builder.HasKey(r => r.AlertId);
        builder.Property(r => r.AlertId).ValueGeneratedNever();
        builder.Property(r => r.By).HasMaxLength(200);
    }
}

internal static class AlertRows
{
    extension(RegistryDbContext db)
    {
        internal DbSet<Alert> Alerts => db.Set<Alert>();

        internal DbSet<AlertReviewRow> AlertReviews => db.Set<AlertReviewRow>();
    }
}
