namespace SocialRegistry.Exchange.Csv;

/// <summary>One row as it stands in the file.</summary>
/// <param name="Number">The header is 0, the first row behind it 1; a row over several lines counts once.</param>
/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="Cells">Its cells; empty when there is a fault.</param>
/// <param name="Fault">Why it cannot be read; absent when it can.</param>
internal sealed record CsvRow(long Number, long Line, IReadOnlyList<string> Cells, CsvFault? Fault);

/// <summary>What is wrong with the form of a row.</summary>
internal enum CsvFault
{
    /// <summary>A quote is opened and never closed: what follows belongs to no row.</summary>
    QuoteOpen,

    /// <summary>Something other than a delimiter follows a closing quote.</summary>
    QuoteMisplaced,
    CellTooLong,
    RowTooLong,
    TooManyColumns,
    NulCharacter,

    /// <summary>Bytes that are not of the file's encoding.</summary>
    Encoding,
}
