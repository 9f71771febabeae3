using System.Globalization;

namespace SocialRegistry.Host.Demo;

/// <summary>Identification numbers of ten digits: unlike for each person, not in order, the last digit by Verhoeff's scheme.</summary>
internal static class SampleCountryUin
{
    private const long Numbers = 800_000_000;

    /// <summary>Has no divisor in common with <see cref="Numbers"/>, so that no number comes twice.</summary>
    private const long Step = 386_423_917;

    private static readonly int[] Permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    private static readonly int[] Inverse = [0, 4, 3, 2, 1, 5, 6, 7, 8, 9];

    /// <param name="index">Number of the person, from 0 below 800,000,000.</param>
    /// <param name="offset">Of the seed.</param>
    public static string Of(long index, long offset)
    {
        var number = 200_000_000 + (((index * Step) + offset) % Numbers);
        var digits = number.ToString(CultureInfo.InvariantCulture);
        return digits + (char)('0' + CheckDigit(digits));
    }

    public static bool IsValid(string uin) => CheckDigit(uin[..^1]) == uin[^1] - '0';

    private static int CheckDigit(string digits)
    {
        var check = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            for (var times = (i + 1) % 8; times > 0; times--)
            {
                digit = Permutation[digit];
            }

            check = Multiply(check, digit);
        }

        return Inverse[check];
    }

    /// <summary>Multiplication in the group of the symmetries of a pentagon.</summary>
    private static int Multiply(int one, int other) =>
        (one < 5, other < 5) switch
        {
            (true, true) => (one + other) % 5,
            (true, false) => ((one + other - 5) % 5) + 5,
            (false, true) => ((one - 5 - other + 5) % 5) + 5,
            (false, false) => (one - other + 5) % 5,
        };
}
