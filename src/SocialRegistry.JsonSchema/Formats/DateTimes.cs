namespace SocialRegistry.JsonSchema;

/// <summary><c>date</c>, <c>time</c>, <c>date-time</c> and <c>duration</c> of RFC 3339 (§5.6, appendix A).</summary>
internal static class DateTimes
{
    private static readonly int[] DaysOfMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    public static bool IsDate(string text) => IsDate(text.AsSpan());

    public static bool IsTime(string text) => IsTime(text.AsSpan());

    public static bool IsDateTime(string text) =>
        text.Length > 11 && text[10] is 'T' or 't' && IsDate(text.AsSpan(0, 10)) && IsTime(text.AsSpan(11));

    public static bool IsDuration(string text)
    {
        if (text.Length < 3 || text[0] != 'P')
        {
            return false;
        }

        var rest = text.AsSpan(1);
        if (rest[^1] == 'W')
        {
            return !rest[..^1].ContainsAnyExceptInRange('0', '9');
        }

        var mark = rest.IndexOf('T');
        if (mark < 0)
        {
            return IsRow(rest, "YMD");
        }

        return (mark == 0 || IsRow(rest[..mark], "YMD")) && IsRow(rest[(mark + 1)..], "HMS");
    }

    private static bool IsDate(ReadOnlySpan<char> text)
    {
        if (text.Length != 10 || text[4] != '-' || text[7] != '-')
        {
            return false;
        }

        var (year, month, day) = (Number(text[..4]), Number(text[5..7]), Number(text[8..]));
        if (year < 0 || month is < 1 or > 12 || day < 1)
        {
            return false;
        }

        var isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return day <= (month == 2 && isLeap ? 29 : DaysOfMonth[month - 1]);
    }

    private static bool IsTime(ReadOnlySpan<char> text)
    {
        if (text.Length < 9 || text[2] != ':' || text[5] != ':')
        {
            return false;
        }

        var (hour, minute, second) = (Number(text[..2]), Number(text[3..5]), Number(text[6..8]));
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60)
        {
            return false;
        }

        var rest = text[8..];
        if (rest[0] == '.')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0)
            {
                return false;
            }

            rest = rest[(1 + digits)..];
        }

        // A leap second stands at the end of a day of UTC only.
        return Offset(rest) is { } offset
            && (second < 60 || ((hour * 60) + minute - offset + (2 * 1440)) % 1440 == 1439);
    }

    private static int? Offset(ReadOnlySpan<char> text)
    {
        if (text is "Z" or "z")
        {
            return 0;
        }

        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':')
        {
            return null;
        }

        var (hour, minute) = (Number(text[1..3]), Number(text[4..]));
        var offset = (hour * 60) + minute;
        return hour is < 0 or > 23 || minute is < 0 or > 59 ? null
            : text[0] == '-' ? -offset
            : offset;
    }

    /// <summary>Numbers with their units, the units in order and without a gap (<c>P1Y2D</c> is none).</summary>
    private static bool IsRow(ReadOnlySpan<char> text, string units)
    {
        var last = -1;
        while (text.Length > 0)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            var unit = digits <= 0 ? -1 : units.IndexOf(text[digits], StringComparison.Ordinal);
            if (unit < 0 || (last >= 0 && unit != last + 1))
            {
                return false;
            }

            last = unit;
            text = text[(digits + 1)..];
        }

        return last >= 0;
    }

    /// <summary>−1 when these are not all digits.</summary>
    private static int Number(ReadOnlySpan<char> digits)
    {
        var result = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return -1;
            }

            result = (result * 10) + digit - '0';
        }

        return result;
    }
}
