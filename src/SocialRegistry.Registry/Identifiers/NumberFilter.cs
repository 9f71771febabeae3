using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Identifiers;

/// <summary>Which numbers are not given out: those that are easily guessed, misread or mistyped.</summary>
internal static class NumberFilter
{
    public static bool Allows(IdentifierGeneratorView rules, string number) =>
        !(rules.NoLeadingZeroOrOne && number[0] is '0' or '1')
        && !HasRun(number, rules.MaxRun, (a, b) => a == b)
        && !HasRun(number, rules.MaxSequence, (a, b) => b == a + 1)
        && !HasRun(number, rules.MaxSequence, (a, b) => b == a - 1)
        && !HasEvenRun(number, rules.MaxEvenRun)
        && !HasRepeatedBlock(number, rules.RepeatedBlock)
        && !HasEqualEnds(number, rules.DifferentEnds)
        && !rules.Forbidden.Any(f => number.Contains(f, StringComparison.Ordinal));

    private static bool HasRun(string number, int most, Func<char, char, bool> goesOn)
    {
        var length = 1;
        for (var i = 1; most > 0 && i < number.Length; i++)
        {
            length = goesOn(number[i - 1], number[i]) ? length + 1 : 1;
            if (length > most)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasEvenRun(string number, int most)
    {
        var length = 0;
        foreach (var character in number)
        {
            length = most > 0 && character is '0' or '2' or '4' or '6' or '8' ? length + 1 : 0;
            if (most > 0 && length > most)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasRepeatedBlock(string number, int block)
    {
        for (var i = 0; block > 0 && i + 2 * block <= number.Length; i++)
        {
            if (number.AsSpan(i + block).IndexOf(number.AsSpan(i, block)) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasEqualEnds(string number, int length)
    {
        if (length == 0 || 2 * length > number.Length)
        {
            return false;
        }

        var (first, last) = (number[..length], number[^length..]);
        return first == last || first.Reverse().SequenceEqual(last);
    }
}
