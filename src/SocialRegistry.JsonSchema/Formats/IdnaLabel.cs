using System.Globalization;
using System.Text;

namespace SocialRegistry.JsonSchema;

/// <summary>Whether a text can be a U-label: RFC 5891 §4.2 with the derived property of RFC 5892 and its context rules.</summary>
internal static class IdnaLabel
{
    // RFC 5892 §2.6: exceptions, and one of §2.7 in the other direction.
    private static readonly CodePoints Allowed = CodePoints.Of(
        (0xDF, 0xDF),
        (0x3C2, 0x3C2),
        (0x6FD, 0x6FE),
        (0xF0B, 0xF0B),
        (0x3007, 0x3007)
    );

    private static readonly CodePoints Refused = CodePoints.Of(
        (0x640, 0x640),
        (0x7FA, 0x7FA),
        (0x302E, 0x302F),
        (0x3031, 0x3035),
        (0x303B, 0x303B)
    );

    // §2.9 Old Hangul Jamo, §2.4 and §2.3 ignorable: blocks and properties that .NET does not name.
    private static readonly CodePoints Ignorable = CodePoints.Of(
        (0x34F, 0x34F),
        (0x61C, 0x61C),
        (0x1100, 0x11FF),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0x20D0, 0x20FF),
        (0x3164, 0x3164),
        (0xA960, 0xA97F),
        (0xD7B0, 0xD7FF),
        (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF),
        (0xFFA0, 0xFFA0),
        (0x1D100, 0x1D24F),
        (0xE0000, 0xE0FFF)
    );

    public static bool IsValid(string label)
    {
        if (
            label.Length == 0
            || label[0] == '-'
            || label[^1] == '-'
            || (label.Length > 3 && label[2] == '-' && label[3] == '-')
            || !label.IsNormalized(NormalizationForm.FormC)
        )
        {
            return false;
        }

        var points = label.EnumerateRunes().Select(r => r.Value).ToArray();
        if (
            CharUnicodeInfo.GetUnicodeCategory(points[0])
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark
        )
        {
            return false;
        }

        for (var i = 0; i < points.Length; i++)
        {
            if (!IdnaContext.Rule(points, i, out var holds) ? !IsProtocolValid(points[i]) : !holds)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsProtocolValid(int point)
    {
        if (Allowed.Contains(point) || point is '-' or (>= '0' and <= '9') or (>= 'a' and <= 'z'))
        {
            return true;
        }

        return !Refused.Contains(point)
            && !Ignorable.Contains(point)
            && CharUnicodeInfo.GetUnicodeCategory(point)
                is UnicodeCategory.LowercaseLetter
                    or UnicodeCategory.OtherLetter
                    or UnicodeCategory.ModifierLetter
                    or UnicodeCategory.NonSpacingMark
                    or UnicodeCategory.SpacingCombiningMark
                    or UnicodeCategory.DecimalDigitNumber
                    or UnicodeCategory.UppercaseLetter
            && IsStable(point);
    }

    /// <summary>§2.2: the code point stays what it is when it is folded and normalised.</summary>
    private static bool IsStable(int point)
    {
        // Full case folding beyond what upper and lower case say: iota below, Cherokee's small letters, Cyrillic variants.
        if (point is 0x345 or (>= 0x1C80 and <= 0x1C8A) or (>= 0x13F8 and <= 0x13FD) or (>= 0xAB70 and <= 0xABBF))
        {
            return false;
        }

        var text = char.ConvertFromUtf32(point);
        if (point is >= 0x13A0 and <= 0x13F5)
        {
            return true;
        }

        var folded = text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Normalize(NormalizationForm.FormKC);
        return folded == text && !HasIotaBelow(text);
    }

    private static bool HasIotaBelow(string text) =>
        text.Normalize(NormalizationForm.FormD).Contains('\u0345', StringComparison.Ordinal);
}
