using System.Globalization;
using System.Text;

namespace SocialRegistry.JsonSchema;

/// <summary>The Bidi rule of RFC 5893 §2, for labels whose code points were checked before.</summary>
internal static class BidiRule
{
    private enum Class
    {
        Left,
        Right,
        ArabicNumber,
        EuropeanNumber,
        Neutral,
        Mark,
    }

    public static bool IsRightToLeft(string label) =>
        label.EnumerateRunes().Any(r => Of(r) is Class.Right or Class.ArabicNumber);

    public static bool Fits(string label)
    {
        var classes = label.EnumerateRunes().Select(Of).ToList();

        // 1: the first character says the direction.
        if (classes[0] is not (Class.Left or Class.Right))
        {
            return false;
        }

        var last = classes.FindLast(c => c != Class.Mark);
        return classes[0] == Class.Right
            // 2, 3, 4
            ? !classes.Contains(Class.Left)
                && last is Class.Right or Class.EuropeanNumber or Class.ArabicNumber
                && !(classes.Contains(Class.EuropeanNumber) && classes.Contains(Class.ArabicNumber))
            // 5, 6
            : !classes.Contains(Class.Right)
                && !classes.Contains(Class.ArabicNumber)
                && last is Class.Left or Class.EuropeanNumber;
    }

    private static Class Of(Rune rune) =>
        rune.Value is (>= '0' and <= '9') or (>= 0x6F0 and <= 0x6F9) ? Class.EuropeanNumber
        : rune.Value is >= 0x660 and <= 0x669 || IdnaTables.ArabicNumbers.Contains(rune.Value) ? Class.ArabicNumber
        : IdnaTables.RightToLeft.Contains(rune.Value) || rune.Value is 0x5F3 or 0x5F4 ? Class.Right
        : Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? Class.Mark
        : rune.Value is 0x200C or 0x200D || IdnaTables.Neutral.Contains(rune.Value) ? Class.Neutral
        : Class.Left;
}
