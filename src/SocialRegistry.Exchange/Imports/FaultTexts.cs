using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Csv;

namespace SocialRegistry.Exchange.Imports;

/// <summary>What is wrong with the form of a row, for people.</summary>
internal static class FaultTexts
{
    public static FieldProblem ToProblem(this CsvFault fault) =>
        fault switch
        {
            CsvFault.QuoteOpen => new(
                "row",
                "quote_open",
                "A quote is opened on this line and never closed. When it is not the last row, the rows behind it were read for themselves, or, behind a very long row, not at all: mend it and import the whole file again."
            ),
            CsvFault.QuoteMisplaced => new(
                "row",
                "quote_misplaced",
                "A quote stands inside a quoted cell; write it twice."
            ),
            CsvFault.CellTooLong => new(
                "row",
                "cell_too_long",
                $"A cell is longer than {CsvLimits.MaxCell} characters."
            ),
            CsvFault.RowTooLong => new("row", "row_too_long", $"The row is longer than {CsvLimits.MaxRow} characters."),
            CsvFault.TooManyColumns => new(
                "row",
                "too_many_columns",
                $"The row has more than {CsvLimits.MaxColumns} cells."
            ),
            CsvFault.NulCharacter => new("row", "nul_character", "The row holds a NUL character."),
            _ => new("row", "encoding", "The row holds bytes that are no text; save the file as UTF-8."),
        };
}
