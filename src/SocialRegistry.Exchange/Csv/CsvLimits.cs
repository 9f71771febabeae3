namespace SocialRegistry.Exchange.Csv;

/// <summary>What a CSV file may hold. What is longer is reported and passed over; it is never kept in memory.</summary>
internal static class CsvLimits
{
    /// <summary>Longest cell, in characters.</summary>
    public const int MaxCell = 64 * 1024;

    /// <summary>Longest row with its quotes and delimiters, in characters.</summary>
    public const int MaxRow = 256 * 1024;

    /// <summary>Most columns.</summary>
    public const int MaxColumns = 500;
}
