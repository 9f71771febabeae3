using System.Text;

namespace SocialRegistry.Exchange.Csv;

/// <summary>Takes the one row that begins a window apart.</summary>
/// <param name="window">Characters from the row's first.</param>
/// <param name="isLast">Nothing follows the window.</param>
internal ref struct CsvRowParser(ReadOnlySpan<char> window, char delimiter, bool isLast)
{
    public enum Result
    {
        /// <summary>No row any more.</summary>
        Nothing,

        /// <summary>A row, with or without a fault.</summary>
        Row,

        /// <summary>The quotes are wrong: only the first line is known to belong to the row.</summary>
        Malformed,

        /// <summary>The window ends before the row does.</summary>
        More,
    }

    private readonly ReadOnlySpan<char> window = window;
    private int at;

    public List<string> Cells { get; } = [];

    public CsvFault? Fault { get; private set; }

    /// <summary>Characters of the row with its line end.</summary>
    public readonly int Consumed => at;

    /// <summary>Lines the row takes.</summary>
    public long Lines { get; private set; } = 1;

    /// <summary>Characters of the first line with its end.</summary>
    public readonly int FirstLine
    {
        get
        {
            var length = window.IndexOfAny('\r', '\n');
            return length < 0 ? window.Length
                : window[length] == '\r' && length + 1 < window.Length && window[length + 1] == '\n' ? length + 2
                : length + 1;
        }
    }

    public Result Parse()
    {
        if (window.IsEmpty)
        {
            return isLast ? Result.Nothing : Result.More;
        }

        while (true)
        {
            var result = at < window.Length && window[at] == '"' ? Quoted() : Plain();
            if (result is { } over)
            {
                return over;
            }

            // A delimiter stands here: the next cell begins behind it.
            at++;
        }
    }

    /// <summary>Reads an unquoted cell; a quote inside it is a character like any other.</summary>
    private Result? Plain()
    {
        var length = window[at..].IndexOfAny(delimiter, '\r', '\n');
        if (length < 0)
        {
            length = window.Length - at;
            if (!isLast)
            {
                Fault ??= length > CsvLimits.MaxCell ? CsvFault.CellTooLong : null;
                return Result.More;
            }
        }

        Add(window.Slice(at, length));
        at += length;
        return AtEndOfCell();
    }

    private Result? Quoted()
    {
        var began = at++;
        StringBuilder? cell = null;
        while (true)
        {
            var length = window[at..].IndexOf('"');
            if (length < 0)
            {
                Fault ??= !isLast && window.Length - began > CsvLimits.MaxCell ? CsvFault.CellTooLong : null;
                return isLast ? Refuse(CsvFault.QuoteOpen) : Result.More;
            }

            var piece = window.Slice(at, length);
            Lines += LineEnds(piece);
            at += length + 1;
            if (at == window.Length && !isLast)
            {
                return Result.More;
            }

            if (at < window.Length && window[at] == '"')
            {
                (cell ??= new StringBuilder()).Append(piece).Append('"');
                at++;
                continue;
            }

            Add(cell is null ? piece : cell.Append(piece).ToString());
            return at == window.Length || window[at] == delimiter || window[at] is '\r' or '\n'
                ? AtEndOfCell()
                : Refuse(CsvFault.QuoteMisplaced);
        }
    }

    /// <summary>Null at a delimiter; the end of the row is taken in.</summary>
    private Result? AtEndOfCell()
    {
        if (at < window.Length && window[at] == delimiter)
        {
            return null;
        }

        if (at < window.Length && window[at++] == '\r')
        {
            if (at == window.Length && !isLast)
            {
                return Result.More;
            }

            at += at < window.Length && window[at] == '\n' ? 1 : 0;
        }

        return Result.Row;
    }

    private Result Refuse(CsvFault fault)
    {
        Fault = fault;
        return Result.Malformed;
    }

    private void Add(ReadOnlySpan<char> cell)
    {
        Fault ??=
            cell.Length > CsvLimits.MaxCell ? CsvFault.CellTooLong
            : Cells.Count == CsvLimits.MaxColumns ? CsvFault.TooManyColumns
            : cell.Contains('\0') ? CsvFault.NulCharacter
            : cell.Contains(CsvText.Replacement) ? CsvFault.Encoding
            : null;
        if (Fault is null)
        {
            Cells.Add(cell.ToString());
        }
    }

    private static int LineEnds(ReadOnlySpan<char> piece)
    {
        var count = 0;
        for (var i = 0; i < piece.Length; i++)
        {
            count += piece[i] == '\n' || (piece[i] == '\r' && (i + 1 == piece.Length || piece[i + 1] != '\n')) ? 1 : 0;
        }

        return count;
    }
}
