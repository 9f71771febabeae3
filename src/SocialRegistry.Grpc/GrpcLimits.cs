namespace SocialRegistry.Grpc;

/// <summary>What a call may cost, on both ends.</summary>
internal static class GrpcLimits
{
    /// <summary>Largest message either way, in bytes.</summary>
    public const int MaxMessageBytes = 4 * 1024 * 1024;

    /// <summary>How long a client of ours waits for an answer.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>The same for up to 1,000 rows of an import.</summary>
    public static readonly TimeSpan ImportDeadline = TimeSpan.FromMinutes(4);

    /// <summary>The same where every record of the registry may be looked at: the effect of a field's change.</summary>
    public static readonly TimeSpan PreviewDeadline = TimeSpan.FromMinutes(30);

    /// <summary>The same for the content of a document, from its first piece to its last.</summary>
    public static readonly TimeSpan DocumentDeadline = TimeSpan.FromMinutes(4);
}
