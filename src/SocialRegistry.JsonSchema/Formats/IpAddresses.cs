namespace SocialRegistry.JsonSchema;

/// <summary><c>ipv4</c> (RFC 2673 §3.2) and <c>ipv6</c> (RFC 4291 §2.2).</summary>
internal static class IpAddresses
{
    public static bool IsV4(string text) => IsV4(text.AsSpan());

    public static bool IsV6(string text) => IsV6(text.AsSpan());

    public static bool IsV4(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var range in text.Split('.'))
        {
            var part = text[range];
            if (
                ++count > 4
                || part.Length is 0 or > 3
                || part.ContainsAnyExceptInRange('0', '9')
                || (part.Length > 1 && part[0] == '0')
                || int.Parse(part, System.Globalization.CultureInfo.InvariantCulture) > 255
            )
            {
                return false;
            }
        }

        return count == 4;
    }

    public static bool IsV6(ReadOnlySpan<char> text)
    {
        var gap = text.IndexOf("::");
        if (gap < 0)
        {
            return Groups(text, mayEndInV4: true) == 8;
        }

        var left = text[..gap];
        var right = text[(gap + 2)..];
        var before = left.IsEmpty ? 0 : Groups(left, mayEndInV4: false);
        var after = right.IsEmpty ? 0 : Groups(right, mayEndInV4: true);
        return before >= 0 && after >= 0 && before + after <= 7;
    }

    /// <summary>How many groups of 16 bits these are; −1 when they are none.</summary>
    private static int Groups(ReadOnlySpan<char> text, bool mayEndInV4)
    {
        var count = 0;
        foreach (var range in text.Split(':'))
        {
            var part = text[range];
            if (mayEndInV4 && range.End.GetOffset(text.Length) == text.Length && part.Contains('.'))
            {
                return IsV4(part) ? count + 2 : -1;
            }

            foreach (var digit in part)
            {
                if (!char.IsAsciiHexDigit(digit))
                {
                    return -1;
                }
            }

            if (part.Length is 0 or > 4 || ++count > 8)
            {
                return -1;
            }
        }

        return count;
    }
}
