namespace SocialRegistry.Contracts;

/// <summary>
/// The records a caller may know of; a record outside does not exist for it, in whatever call. It narrows beside permissions and fields:
/// both parts have to admit a record.
/// </summary>
public sealed record RowScope
{
    /// <summary>Every record.</summary>
    public static RowScope All { get; } = new();

    /// <summary>Only records of which this is true; absent means any.</summary>
    public Query? Population { get; init; }

    /// <summary>Only records in these areas or in ones below them; absent means anywhere. Records without an area are outside every area.</summary>
    public IReadOnlySet<string>? Areas { get; init; }

    /// <summary>Only records with a valid consent for the caller and its purpose.</summary>
    public bool WithConsent { get; init; }

    public bool IsAll => Population is null && Areas is null && !WithConsent;
}
