namespace SocialRegistry.Host.Benchmarks;

/// <summary>What the limits reach on the reference machine (2 cores) in a busy hour, a second.</summary>
internal static class RecordsReferences
{
    /// <summary>Look-ups by prepared statements on eight connections.</summary>
    public const double Reads = 5_500;

    /// <summary>Edits in one durable commit each; SQLite with <c>synchronous=full</c>.</summary>
    public static double Edits(bool postgres, int clients) =>
        !postgres ? 1_320
        : clients >= 32 ? 2_550
        : clients >= 8 ? 1_350
        : 786;
}
