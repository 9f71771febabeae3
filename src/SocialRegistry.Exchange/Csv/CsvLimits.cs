namespace SocialRegistry.Exchange.Csv;

/// <summary>What a CSV file may hold. A cell or row beyond it is reported and passed over; memory stays bounded.</summary>
internal static class CsvLimits
{
    /// <summary>Longest cell, in characters.</summary>
    public const int MaxCell = 64 * 1024;

    /// <summary>Longest row with its quotes, in characters.</summary>
    public const int MaxRow = 256 * 1024;

    /// <summary>Most columns.</summary>
    public const int MaxColumns = 500;

    /// <summary>How often a file may lose its quotes before the rest is given up.</summary>
    public const int MaxRecoveries = 100;
}
