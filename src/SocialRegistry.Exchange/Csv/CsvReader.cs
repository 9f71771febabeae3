using System.Text;

namespace SocialRegistry.Exchange.Csv;

/// <summary>
/// Reads CSV (RFC 4180) row by row in bounded memory; lines end with CR LF, LF or CR, and blank lines are no rows. A row that is not well formed is
/// reported with its line and reading goes on at the next line. A file that is well formed is never read any other way than RFC 4180 says:
/// a line inside a closed pair of quotes never becomes a row, however long the cell. Why not CsvHelper: docs/decisions.
/// </summary>
/// <param name="text">Not closed by this reader.</param>
internal sealed class CsvReader(TextReader text)
{
    /// <summary>Holds the row from its first character, as far as the limit.</summary>
    private char[] window = new char[16 * 1024];
    private int start;
    private int end;
    private bool ended;
    private long line = 1;
    private long number;

    /// <summary>Known once the first row was read.</summary>
    public char Delimiter { get; private set; } = ',';

    /// <summary>The next row, or <c>null</c> at the end. The first is the header.</summary>
    public async ValueTask<CsvRow?> ReadAsync(CancellationToken cancellationToken)
    {
        if (number == 0)
        {
            await ReadDelimiterAsync(cancellationToken);
        }

        while (true)
        {
            var row = await ReadRowAsync(cancellationToken);
            if (row is null || row.Fault is not null || row.Cells is not [""])
            {
                number++;
                return row;
            }
        }
    }

    private async ValueTask<CsvRow?> ReadRowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var parser = new CsvRowParser(window.AsSpan(start, end - start), Delimiter, ended);
            switch (parser.Parse())
            {
                case CsvRowParser.Result.Nothing:
                    return null;
                case CsvRowParser.Result.Row:
                    return Take(parser.Consumed, parser.Lines, parser.Cells, parser.Fault);
                case CsvRowParser.Result.Malformed:
                    // The first line is the bad row; what stands behind it is read again.
                    return Take(parser.FirstLine, 1, [], parser.Fault);
                case CsvRowParser.Result.More when end - start < CsvLimits.MaxRow:
                    await FillAsync(cancellationToken);
                    break;
                default:
                    return await PassOverAsync(parser.Fault ?? CsvFault.RowTooLong, cancellationToken);
            }
        }
    }

    private CsvRow Take(int characters, long lines, IReadOnlyList<string> cells, CsvFault? fault)
    {
        var row = new CsvRow(number, line, fault is null ? cells : [], fault);
        start += characters;
        line += lines;
        return row;
    }

    /// <summary>Reads to the end of a row that is longer than the window: only the parity of its quotes is kept.</summary>
    private async ValueTask<CsvRow> PassOverAsync(CsvFault fault, CancellationToken cancellationToken)
    {
        var began = line;
        var quoted = false;
        while (true)
        {
            while (start < end)
            {
                var character = window[start++];
                quoted ^= character == '"';
                if (character == '\n' || (character == '\r' && await NextIsNotLineFeedAsync(cancellationToken)))
                {
                    line++;
                    if (!quoted)
                    {
                        return new CsvRow(number, began, [], fault);
                    }
                }
            }

            if (ended)
            {
                return new CsvRow(number, began, [], quoted ? CsvFault.QuoteOpen : fault);
            }

            await FillAsync(cancellationToken);
        }
    }

    private async ValueTask<bool> NextIsNotLineFeedAsync(CancellationToken cancellationToken)
    {
        if (start == end && !ended)
        {
            await FillAsync(cancellationToken);
        }

        return start == end || window[start] != '\n';
    }

    /// <summary>More characters behind those of the row, which move to the front.</summary>
    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (start > 0)
        {
            window.AsSpan(start, end - start).CopyTo(window);
            end -= start;
            start = 0;
        }

        if (end == window.Length)
        {
            Array.Resize(ref window, window.Length * 2);
        }

        var read = await text.ReadAsync(window.AsMemory(end), cancellationToken);
        end += read;
        ended = read == 0;
    }

    /// <summary>Takes a first line <c>sep=;</c>, as spreadsheets write it, else looks at the header.</summary>
    private async ValueTask ReadDelimiterAsync(CancellationToken cancellationToken)
    {
        while (!ended && end < CsvLimits.MaxRow && window.AsSpan(0, end).IndexOfAny('\r', '\n') < 0)
        {
            await FillAsync(cancellationToken);
        }

        var first = window.AsSpan(0, end);
        first = first.IndexOfAny('\r', '\n') is >= 0 and var at ? first[..at] : first;
        if (first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && first.Length == 5)
        {
            Delimiter = first[4];
            await ReadRowAsync(cancellationToken);
            return;
        }

        Delimiter = CsvText.DelimiterOf(first);
    }
}
