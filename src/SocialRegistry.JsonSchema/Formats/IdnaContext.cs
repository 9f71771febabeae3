using System.Globalization;

namespace SocialRegistry.JsonSchema;

/// <summary>The context rules of RFC 5892 appendix A.</summary>
internal static class IdnaContext
{
    /// <summary>Whether the code point at an index has a rule, and whether that holds.</summary>
    public static bool Rule(int[] points, int index, out bool holds)
    {
        var before = index > 0 ? points[index - 1] : -1;
        var after = index + 1 < points.Length ? points[index + 1] : -1;
        bool? rule = points[index] switch
        {
            // A.1 zero width non-joiner
            0x200C => IdnaTables.Viramas.Contains(before) || JoinsAcross(points, index),
            // A.2 zero width joiner
            0x200D => IdnaTables.Viramas.Contains(before),
            // A.3 middle dot: between two l
            0xB7 => before == 'l' && after == 'l',
            // A.4 Greek lower numeral sign
            0x375 => IsGreek(after),
            // A.5, A.6 Hebrew geresh and gershayim
            0x5F3 or 0x5F4 => IsHebrew(before),
            // A.7 Katakana middle dot
            0x30FB => points.Any(IsJapanese),
            // A.8, A.9 Arabic-Indic digits are not mixed with the extended ones
            >= 0x660 and <= 0x669 => !points.Any(p => p is >= 0x6F0 and <= 0x6F9),
            >= 0x6F0 and <= 0x6F9 => !points.Any(p => p is >= 0x660 and <= 0x669),
            _ => null,
        };
        holds = rule == true;
        return rule is not null;
    }

    private static bool JoinsAcross(int[] points, int index)
    {
        var left = index - 1;
        while (left >= 0 && IsTransparent(points[left]))
        {
            left--;
        }

        var right = index + 1;
        while (right < points.Length && IsTransparent(points[right]))
        {
            right++;
        }

        return left >= 0
            && right < points.Length
            && (IdnaTables.DualJoining.Contains(points[left]) || IdnaTables.LeftJoining.Contains(points[left]))
            && (IdnaTables.DualJoining.Contains(points[right]) || IdnaTables.RightJoining.Contains(points[right]));
    }

    private static bool IsTransparent(int point) =>
        point is not (0x200C or 0x200D)
        && CharUnicodeInfo.GetUnicodeCategory(point)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format;

    private static bool IsGreek(int point) =>
        point
            is (>= 0x370 and <= 0x373)
                or (>= 0x375 and <= 0x377)
                or (>= 0x37A and <= 0x37D)
                or 0x37F
                or 0x384
                or 0x386
                or (>= 0x388 and <= 0x3E1)
                or (>= 0x3F0 and <= 0x3FF)
                or (>= 0x1F00 and <= 0x1FFE);

    private static bool IsHebrew(int point) =>
        point is (>= 0x591 and <= 0x5C7) or (>= 0x5D0 and <= 0x5F4) or (>= 0xFB1D and <= 0xFB4F);

    private static bool IsJapanese(int point) =>
        point
            is (>= 0x3041 and <= 0x3096)
                or (>= 0x309D and <= 0x309F)
                or (>= 0x30A1 and <= 0x30FA)
                or (>= 0x30FD and <= 0x30FF)
                or (>= 0x31F0 and <= 0x31FF)
                or 0x3005
                or 0x3007
                or (>= 0x2E80 and <= 0x2FD5)
                or (>= 0x3400 and <= 0x4DBF)
                or (>= 0x4E00 and <= 0x9FFF)
                or (>= 0xF900 and <= 0xFAD9)
                or (>= 0x1B000 and <= 0x1B167)
                or (>= 0x20000 and <= 0x323AF);
}
