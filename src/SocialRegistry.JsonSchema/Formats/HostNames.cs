namespace SocialRegistry.JsonSchema;

/// <summary><c>hostname</c> (RFC 1123 §2.1, with the A-labels of RFC 5890) and <c>idn-hostname</c> (RFC 5890 §2.3.2.3).</summary>
internal static class HostNames
{
    private const int MaxName = 253;
    private const int MaxLabel = 63;
    private const string Prefix = "xn--";

    private static readonly char[] Dots = ['.', '\u3002', '\uFF0E', '\uFF61'];

    public static bool IsAscii(string text)
    {
        if (text.Length is 0 or > MaxName)
        {
            return false;
        }

        var labels = text.Split('.');
        return labels.All(IsAsciiLabel) && MayStandTogether(labels);
    }

    public static bool IsInternational(string text)
    {
        if (text.Length is 0 or > MaxName)
        {
            return false;
        }

        var labels = text.Split(Dots);
        var length = labels.Length - 1;
        foreach (var label in labels)
        {
            if (IsAsciiOnly(label))
            {
                length += label.Length;
                if (!IsAsciiLabel(label))
                {
                    return false;
                }
            }
            else if (!IdnaLabel.IsValid(label) || Punycode.Encode(label) is not { } encoded)
            {
                return false;
            }
            else
            {
                length += Prefix.Length + encoded.Length;
                if (Prefix.Length + encoded.Length > MaxLabel)
                {
                    return false;
                }
            }
        }

        return length <= MaxName && MayStandTogether(labels);
    }

    private static bool IsAsciiLabel(string label)
    {
        if (
            label.Length is 0 or > MaxLabel
            || label[0] == '-'
            || label[^1] == '-'
            || !label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        )
        {
            return false;
        }

        return !label.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || Unicode(label) is not null;
    }

    /// <summary>The U-label of an A-label; null when it has none that leads back to it.</summary>
    private static string? Unicode(string label) =>
        Punycode.Decode(label[Prefix.Length..].ToLowerInvariant()) is { } decoded
        && !IsAsciiOnly(decoded)
        && IdnaLabel.IsValid(decoded)
        && string.Equals(Punycode.Encode(decoded), label[Prefix.Length..], StringComparison.OrdinalIgnoreCase)
            ? decoded
            : null;

    /// <summary>The Bidi rule (RFC 5893 §2) holds for every label as soon as one is written from right to left.</summary>
    private static bool MayStandTogether(string[] labels)
    {
        var unicode = labels
            .Select(l => l.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? Unicode(l) ?? l : l)
            .ToList();
        return !unicode.Any(BidiRule.IsRightToLeft) || unicode.All(BidiRule.Fits);
    }

    private static bool IsAsciiOnly(string text) => System.Text.Ascii.IsValid(text);
}
