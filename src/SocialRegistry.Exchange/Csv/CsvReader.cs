using System.Text;

namespace SocialRegistry.Exchange.Csv;

/// <summary>
/// Reads CSV (RFC 4180) row by row in bounded memory. A row that cannot be read is reported with its line, and reading goes on behind
/// it: after a quote that is never closed, or a cell without end, the next line begins the next row.
/// </summary>
internal sealed class CsvReader
{
    private readonly CharSource source;
    private readonly StringBuilder raw = new();
    private readonly StringBuilder cell = new();
    private readonly char delimiter;
    private long line;
    private long number = -1;
    private int recoveries;

    public CsvReader(TextReader text)
    {
        source = new CharSource(text);
        var header = HeaderLine();
        delimiter = CsvText.DelimiterOf(header);
        source.PutBack(header);
    }

    /// <summary>The next row; the first one is the header with number 0. <c>null</c> at the end.</summary>
    public CsvRow? Read()
    {
        while (source.Peek() >= 0)
        {
            var row = ReadRow();
            if (row.Fault is not null || row.Cells is not [""])
            {
                return row with { Number = ++number };
            }
        }

        return null;
    }

    private CsvRow ReadRow()
    {
        var start = ++line;
        var cells = new List<string>();
        string? fault = null;
        raw.Clear();
        while (true)
        {
            var end = ReadCell(ref fault);
            if (cells.Count < CsvLimits.MaxColumns)
            {
                cells.Add(cell.ToString());
            }
            else
            {
                fault ??= "too_many_columns";
            }

            if (end != CellEnd.Delimiter)
            {
                return end == CellEnd.QuoteOpen ? Recover(start, cells, fault) : new CsvRow(0, start, cells, fault);
            }
        }
    }

    private CellEnd ReadCell(ref string? fault)
    {
        cell.Clear();
        var quoted = false;
        var wasQuoted = false;
        while (true)
        {
            var next = Next();
            if (next < 0)
            {
                return quoted ? CellEnd.QuoteOpen : CellEnd.Row;
            }

            var character = (char)next;
            if (quoted)
            {
                if (character == '"')
                {
                    if (source.Peek() == '"')
                    {
                        Next();
                    }
                    else
                    {
                        quoted = false;
                        continue;
                    }
                }
                else if (character == '\n')
                {
                    line++;
                    if (raw.Length > CsvLimits.MaxRow || cell.Length >= CsvLimits.MaxCell)
                    {
                        return CellEnd.QuoteOpen;
                    }
                }
            }
            else if (character == delimiter)
            {
                return CellEnd.Delimiter;
            }
            else if (character == '\n')
            {
                return CellEnd.Row;
            }
            else if (character == '\r' && source.Peek() is '\n' or -1)
            {
                continue;
            }
            else if (character == '\r')
            {
                return CellEnd.Row;
            }
            else if (character == '"')
            {
                if (wasQuoted || cell.Length > 0)
                {
                    fault ??= "quote_misplaced";
                }

                quoted = wasQuoted = true;
                continue;
            }
            else if (wasQuoted)
            {
                fault ??= "quote_misplaced";
            }

            Append(character, ref fault);
        }
    }

    private void Append(char character, ref string? fault)
    {
        if (character == '\0')
        {
            fault ??= "nul_character";
        }
        else if (cell.Length >= CsvLimits.MaxCell)
        {
            fault ??= "cell_too_long";
        }
        else if (raw.Length > CsvLimits.MaxRow)
        {
            fault ??= "row_too_long";
        }
        else
        {
            cell.Append(character);
        }
    }

    /// <summary>The row ends with its first line; what was read behind it is read again as rows of their own.</summary>
    private CsvRow Recover(long start, List<string> cells, string? fault)
    {
        fault = fault is "cell_too_long" or "row_too_long" ? fault : "quote_open";
        var text = raw.ToString();
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        if (end >= 0 && end + 1 < text.Length && ++recoveries <= CsvLimits.MaxRecoveries)
        {
            // What no longer fitted is gone: the mark makes the cut line a faulty row of its own.
            source.PutBack(text[(end + 1)..] + (raw.Length > CsvLimits.MaxRow ? "\0\n" : ""));
            line = start;
        }
        else if (recoveries > CsvLimits.MaxRecoveries)
        {
            while (source.Read() >= 0) { }

            fault = "quotes_lost";
        }

        return new CsvRow(0, start, cells, fault);
    }

    private int Next()
    {
        var next = source.Read();
        if (next >= 0 && raw.Length <= CsvLimits.MaxRow)
        {
            raw.Append((char)next);
        }

        return next;
    }

    private string HeaderLine()
    {
        var header = new StringBuilder();
        while (header.Length < CsvLimits.MaxRow && source.Read() is >= 0 and var next)
        {
            header.Append((char)next);
            if (next == '\n')
            {
                break;
            }
        }

        return header.ToString();
    }

    private enum CellEnd
    {
        Delimiter,
        Row,
        QuoteOpen,
    }
}
