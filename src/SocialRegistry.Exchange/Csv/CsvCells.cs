using System.Buffers;
using System.Text;

namespace SocialRegistry.Exchange.Csv;

/// <summary>Writes rows of CSV (RFC 4180).</summary>
internal static class CsvCells
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n;\t|");

    /// <summary>
    /// One row, quoted where needed. A cell that a spreadsheet would run as a formula (begins with <c>= + - @</c>, tab or return)
    /// gets an apostrophe in front when <paramref name="forSpreadsheets"/>.
    /// </summary>
    public static void AppendRow(this StringBuilder text, IEnumerable<string> cells, bool forSpreadsheets)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first)
            {
                text.Append(',');
            }

            first = false;
            var safe =
                forSpreadsheets && cell.Length > 0 && "=+-@\t\r".Contains(cell[0], StringComparison.Ordinal)
                    ? "'" + cell
                    : cell;
            if (safe.AsSpan().ContainsAny(NeedQuotes))
            {
                text.Append('"').Append(safe.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
            else
            {
                text.Append(safe);
            }
        }

        text.Append("\r\n");
    }
}
