using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>A step of a request's history. Never altered.</summary>
internal sealed class ChangeRequestEvent
{
    public required Guid RequestId { get; init; }

    /// <summary>The version of the request that the step led to; several of one version stand in the order of <see cref="Number"/>.</summary>
    public required long Version { get; init; }

    /// <summary>0, or 1 for what followed of it in the same transaction.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>As <c>staff:ana</c>.</summary>
    public required string By { get; init; }

    public required string Action { get; init; }

    public required int Stage { get; init; }

    /// <summary>Code of a problem.</summary>
    public string? Code { get; init; }

    /// <summary>Tail under the request's data keys.</summary>
    public byte[]? Comment { get; init; }

    public static string CommentPath(Guid request, long version) =>
        FormattableString.Invariant($"change-request/{request:D}/comment/{version}");
}

/// <summary>A record that a request concerns.</summary>
internal sealed class ChangeRequestParty
{
    public required Guid RequestId { get; init; }

    public required Guid RegistrantId { get; init; }

    /// <summary>True: as a group whose members change.</summary>
    public required bool IsGroup { get; init; }

    /// <summary>All those of one request as one text, which the log covers.</summary>
    public static string Text(IEnumerable<ChangeRequestParty> parties) =>
        string.Join(
            ' ',
            parties.OrderBy(p => p.RegistrantId).Select(p => p.RegistrantId.ToString("D") + (p.IsGroup ? "g" : ""))
        );
}

internal sealed class ChangeRequestEventConfiguration : IEntityTypeConfiguration<ChangeRequestEvent>
{
    public void Configure(EntityTypeBuilder<ChangeRequestEvent> builder)
    {
        builder.ToTable("change_request_events");
        builder.IsLog(LeafKinds.RequestSteps);
        builder.HasKey(e => new
        {
            e.RequestId,
            e.Version,
            e.Number,
        });
        builder.Property(e => e.Version).ValueGeneratedNever();
        builder.Property(e => e.Number).ValueGeneratedNever();
        builder.Property(e => e.By).HasMaxLength(220);
        builder.Property(e => e.Action).HasMaxLength(20);
        builder.Property(e => e.Code).HasMaxLength(100);
    }
}

internal sealed class ChangeRequestPartyConfiguration : IEntityTypeConfiguration<ChangeRequestParty>
{
    public void Configure(EntityTypeBuilder<ChangeRequestParty> builder)
    {
        builder.ToTable("change_request_parties");
        builder.HasKey(p => new { p.RequestId, p.RegistrantId });
        builder.HasIndex(p => p.RegistrantId);
    }
}
