using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Identifiers;

/// <summary>The check rules of identifier types (<see cref="CheckDigits"/>), over upper-case letters and digits.</summary>
internal static class CheckDigit
{
    private static readonly int[,] Product =
    {
        { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 },
        { 1, 2, 3, 4, 0, 6, 7, 8, 9, 5 },
        { 2, 3, 4, 0, 1, 7, 8, 9, 5, 6 },
        { 3, 4, 0, 1, 2, 8, 9, 5, 6, 7 },
        { 4, 0, 1, 2, 3, 9, 5, 6, 7, 8 },
        { 5, 9, 8, 7, 6, 0, 4, 3, 2, 1 },
        { 6, 5, 9, 8, 7, 1, 0, 4, 3, 2 },
        { 7, 6, 5, 9, 8, 2, 1, 0, 4, 3 },
        { 8, 7, 6, 5, 9, 3, 2, 1, 0, 4 },
        { 9, 8, 7, 6, 5, 4, 3, 2, 1, 0 },
    };

    private static readonly int[,] Permutation =
    {
        { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 },
        { 1, 5, 7, 6, 2, 8, 3, 0, 9, 4 },
        { 5, 8, 0, 3, 7, 9, 6, 1, 4, 2 },
        { 8, 9, 1, 6, 0, 4, 3, 5, 2, 7 },
        { 9, 4, 5, 3, 1, 2, 6, 8, 7, 0 },
        { 4, 2, 8, 6, 5, 7, 3, 9, 0, 1 },
        { 2, 7, 9, 3, 8, 0, 6, 4, 1, 5 },
        { 7, 0, 4, 6, 9, 1, 3, 2, 5, 8 },
    };

    private static readonly int[] Inverse = [0, 4, 3, 2, 1, 5, 6, 7, 8, 9];

    public static bool IsKnown(string rule) => rule is CheckDigits.Verhoeff or CheckDigits.Luhn or CheckDigits.Mod97;

    /// <summary>Characters that the rule adds.</summary>
    public static int Length(string? rule) =>
        rule switch
        {
            null => 0,
            CheckDigits.Mod97 => 2,
            _ => 1,
        };

    /// <summary>Whether the last characters of a normalised number are the ones that the others ask for.</summary>
    public static bool Fits(string rule, string number) =>
        number.Length > Length(rule)
        && Compute(rule, number[..^Length(rule)]) is { } expected
        && number.EndsWith(expected, StringComparison.Ordinal);

    /// <summary>The characters to put behind; <c>null</c> when the rule does not know a character.</summary>
    public static string? Compute(string rule, string payload) =>
        rule switch
        {
            CheckDigits.Verhoeff => Verhoeff(payload),
            CheckDigits.Luhn => Luhn(payload),
            CheckDigits.Mod97 => Mod97(payload),
            _ => throw new ArgumentException("Unknown check rule: " + rule, nameof(rule)),
        };

    private static string? Verhoeff(string payload)
    {
        var check = 0;
        for (var i = 0; i < payload.Length; i++)
        {
            var digit = payload[^(i + 1)];
            if (!char.IsAsciiDigit(digit))
            {
                return null;
            }

            check = Product[check, Permutation[(i + 1) % 8, digit - '0']];
        }

        return ((char)('0' + Inverse[check])).ToString();
    }

    private static string? Luhn(string payload)
    {
        var radix = payload.All(char.IsAsciiDigit) ? 10 : 36;
        var sum = 0;
        for (var i = 0; i < payload.Length; i++)
        {
            if (Value(payload[^(i + 1)]) is not { } value)
            {
                return null;
            }

            var weighed = i % 2 == 0 ? value * 2 : value;
            sum += weighed / radix + weighed % radix;
        }

        var check = (radix - sum % radix) % radix;
        return ((char)(check < 10 ? '0' + check : 'A' + check - 10)).ToString();
    }

    private static string? Mod97(string payload)
    {
        var rest = 0;
        foreach (var character in payload)
        {
            if (Value(character) is not { } value)
            {
                return null;
            }

            rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
        }

        return (98 - rest * 100 % 97).ToString("D2", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static int? Value(char character) =>
        char.IsAsciiDigit(character) ? character - '0'
        : character is >= 'A' and <= 'Z' ? character - 'A' + 10
        : null;
}
