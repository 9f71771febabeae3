using System.ComponentModel.DataAnnotations;

namespace SocialRegistry.Standards;

/// <summary>Section <c>Standards:Dci</c> of the configuration.</summary>
public sealed record DciOptions
{
    /// <summary>Who we are on the wire: the <c>sender_id</c> of our answers. Default: the host of <c>PublicUrl</c>.</summary>
    [MaxLength(99)]
    public string? Id { get; init; }

    /// <summary>Further names by which partners may address us in <c>receiver_id</c>, compared without case. Default: those of the standard's samples and of this product.</summary>
    public IReadOnlyList<string> ReceiverIds { get; init; } = ["SR", "social-registry", "social.example.org"];

    /// <summary>Longest message, in bytes. Default 2 MiB.</summary>
    [Range(1_024, 64 * 1024 * 1024)]
    public int MaxMessageBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Most <c>search_request</c> items of one message. Default 1,000, which is also what the core takes at once.</summary>
    [Range(1, 1_000)]
    public int MaxSearchRequests { get; init; } = 1_000;

    /// <summary>Most records that one message may fetch beside those found by identifier (members of groups, groups of persons). Default 2,000.</summary>
    [Range(0, 100_000)]
    public int MaxRelatedRecords { get; init; } = 2_000;

    /// <summary>Page size when none is asked for. Default 100.</summary>
    [Range(1, 2_000)]
    public int DefaultPageSize { get; init; } = 100;

    /// <summary>Largest page; a larger one is cut to this, and the answer tells the real size. Default 2,000.</summary>
    [Range(1, 2_000)]
    public int MaxPageSize { get; init; } = 2_000;

    /// <summary>How long a message id is remembered. Longer than the longest life of a signature (1 hour). Default 2 hours.</summary>
    [Range(typeof(TimeSpan), "01:02:00", "1.00:00:00")]
    public TimeSpan MessageMemory { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Most message ids remembered for one partner; the oldest go first. Default 20,000.</summary>
    [Range(100, 1_000_000)]
    public int MessagesPerPartner { get; init; } = 20_000;

    /// <summary>Also answer at <c>/dci/registry/…</c>, which OpenG2P clients use. Default on.</summary>
    public bool Alias { get; init; } = true;
}
