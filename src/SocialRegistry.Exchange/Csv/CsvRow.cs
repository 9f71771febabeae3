namespace SocialRegistry.Exchange.Csv;

/// <summary>One row as it stands in the file.</summary>
/// <param name="Number">1 for the first row after the header, counted in rows, not lines.</param>
/// <param name="Line">The line it begins on; the header's is 1.</param>
/// <param name="Cells">The cells; as far as they were read when there is a fault.</param>
/// <param name="Fault">Why it cannot be used, a code such as <c>quote_open</c>; absent when it can.</param>
internal sealed record CsvRow(long Number, long Line, IReadOnlyList<string> Cells, string? Fault);
