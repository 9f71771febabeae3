using System.Globalization;
using System.Text;

namespace SocialRegistry.JsonSchema;

/// <summary>A set of Unicode code points, as sorted ranges that do not touch.</summary>
internal sealed class CodePoints
{
    private const int Last = 0x10FFFF;

    private readonly (int From, int To)[] ranges;

    private CodePoints((int, int)[] ranges) => this.ranges = ranges;

    public static CodePoints Digits { get; } = Of(('0', '9'));

    public static CodePoints Word { get; } = Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));

    /// <summary>WhiteSpace and LineTerminator of ECMA-262.</summary>
    public static CodePoints Space { get; } =
        Of(
            (0x09, 0x0D),
            (0x20, 0x20),
            (0xA0, 0xA0),
            (0x1680, 0x1680),
            (0x2000, 0x200A),
            (0x2028, 0x2029),
            (0x202F, 0x202F),
            (0x205F, 0x205F),
            (0x3000, 0x3000),
            (0xFEFF, 0xFEFF)
        );

    /// <summary>What the dot stands for.</summary>
    public static CodePoints NotLineEnds { get; } = Of(('\n', '\n'), ('\r', '\r'), (0x2028, 0x2029)).Complement();

    public static CodePoints Of(params IEnumerable<(int From, int To)> parts)
    {
        var merged = new List<(int From, int To)>();
        foreach (var part in parts.OrderBy(p => p.From))
        {
            if (merged.Count > 0 && part.From <= merged[^1].To + 1)
            {
                merged[^1] = (merged[^1].From, Math.Max(merged[^1].To, part.To));
            }
            else
            {
                merged.Add(part);
            }
        }

        return new([.. merged]);
    }

    public static CodePoints Union(IEnumerable<CodePoints> sets) => Of(sets.SelectMany(s => s.ranges));

    public bool Contains(int point)
    {
        var (low, high) = (0, ranges.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (point < ranges[middle].From)
            {
                high = middle - 1;
            }
            else if (point > ranges[middle].To)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    public CodePoints Complement()
    {
        var result = new List<(int, int)>();
        var next = 0;
        foreach (var (from, to) in ranges)
        {
            if (from > next)
            {
                result.Add((next, from - 1));
            }

            next = to + 1;
        }

        if (next <= Last)
        {
            result.Add((next, Last));
        }

        return new([.. result]);
    }

    /// <summary>
    /// One unit of a .NET expression that matches exactly one of the code points, where .NET sees UTF-16. Halves of surrogate pairs
    /// match nothing.
    /// </summary>
    public string ToExpression()
    {
        var basic = new StringBuilder();
        var pairs = new List<string>();
        foreach (var (from, to) in ranges)
        {
            AddBasic(basic, from, Math.Min(to, 0xD7FF));
            AddBasic(basic, Math.Max(from, 0xE000), Math.Min(to, 0xFFFF));
            if (to > 0xFFFF)
            {
                AddPairs(pairs, Math.Max(from, 0x10000), to);
            }
        }

        if (basic.Length > 0)
        {
            pairs.Insert(0, "[" + basic + "]");
        }

        return pairs.Count switch
        {
            0 => "(?!)",
            1 when basic.Length > 0 => pairs[0],
            _ => "(?:" + string.Join('|', pairs) + ")",
        };
    }

    private static void AddBasic(StringBuilder text, int from, int to)
    {
        if (from <= to)
        {
            text.Append(Unit(from));
            if (to > from)
            {
                text.Append('-').Append(Unit(to));
            }
        }
    }

    private static void AddPairs(List<string> pairs, int from, int to)
    {
        while (from <= to)
        {
            var high = High(from);
            if (from == FirstOf(high) && High(to) > high)
            {
                // Whole blocks in one.
                var lastWhole = to == FirstOf(High(to)) + 0x3FF ? High(to) : High(to) - 1;
                pairs.Add($"[{Unit(high)}-{Unit(lastWhole)}][{Unit(0xDC00)}-{Unit(0xDFFF)}]");
                from = FirstOf(lastWhole) + 0x400;
            }
            else
            {
                var end = Math.Min(to, FirstOf(high) + 0x3FF);
                pairs.Add($"{Unit(high)}[{Unit(Low(from))}-{Unit(Low(end))}]");
                from = end + 1;
            }
        }
    }

    private static int High(int point) => 0xD800 + ((point - 0x10000) >> 10);

    private static int Low(int point) => 0xDC00 + ((point - 0x10000) & 0x3FF);

    private static int FirstOf(int high) => ((high - 0xD800) << 10) + 0x10000;

    private static string Unit(int unit) =>
        unit < 0x80 && char.IsAsciiLetterOrDigit((char)unit)
            ? ((char)unit).ToString()
            : "\\u" + unit.ToString("X4", CultureInfo.InvariantCulture);
}
