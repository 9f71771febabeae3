using System.Buffers;
using System.Text;

namespace SocialRegistry.Exchange.Csv;

/// <summary>
/// Writes rows of CSV (RFC 4180) that a spreadsheet does not run: a cell that it would take for a formula (begins with
/// <c>= + - @</c>, tab or return) gets an apostrophe in front, and <see cref="WithoutGuard"/> takes it off when the file comes back.
/// </summary>
internal static class CsvCells
{
    private const string Formula = "=+-@\t\r";

    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n;\t|");

    /// <summary>One row, quoted where needed.</summary>
    public static void AppendRow(this StringBuilder text, IEnumerable<string> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first)
            {
                text.Append(',');
            }

            first = false;
            var safe = NeedsGuard(cell) || IsGuarded(cell) ? "'" + cell : cell;
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

    /// <summary>The cell as it was before <see cref="AppendRow"/> guarded it.</summary>
    public static string WithoutGuard(string cell) => IsGuarded(cell) ? cell[1..] : cell;

    private static bool NeedsGuard(string cell) =>
        cell.Length > 0 && Formula.Contains(cell[0], StringComparison.Ordinal);

    /// <summary>One or more apostrophes before what needs them.</summary>
    private static bool IsGuarded(string cell) => cell.StartsWith('\'') && NeedsGuard(cell.TrimStart('\''));
}
