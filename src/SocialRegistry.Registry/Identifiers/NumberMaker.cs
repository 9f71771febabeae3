using System.Security.Cryptography;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Identifiers;

/// <summary>Makes numbers of a type at random, until one passes its filters.</summary>
internal static class NumberMaker
{
    public const int MinLength = 4;
    public const int MaxLength = 32;

    /// <summary>Tries for one number; a generator that needs more is refused with its catalogue.</summary>
    private const int MaxTries = 20_000;

    private const string Digits = "0123456789";
    private const string Alphanumeric = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>What is wrong with the generator of a type; <c>null</c> when it makes numbers.</summary>
    public static string? Fault(IdentifierTypeView type, Func<string, bool> fits)
    {
        var rules = type.Generator!;
        return rules.Length is < MinLength or > MaxLength ? $"a number has {MinLength} to {MaxLength} characters"
            : rules.Alphabet is not ("digits" or "alphanumeric") ? "its alphabet is digits or alphanumeric"
            : rules.Alphabet == "alphanumeric" && type.Normalisation != Protection.Normalisation.Alphanumeric
                ? "letters need the normalisation alphanumeric"
            : type.CheckDigit == CheckDigits.Verhoeff && rules.Alphabet != "digits" ? "Verhoeff checks digits only"
            : int.Min(
                int.Min(rules.MaxRun, rules.MaxSequence),
                int.Min(rules.RepeatedBlock, int.Min(rules.MaxEvenRun, rules.DifferentEnds))
            ) < 0
                ? "its bounds are 0 or more"
            : rules.MaxRun == 1 && rules.MaxSequence == 1 ? "its bounds leave nothing"
            : rules.PoolSize is < 0 or > 100_000 ? "a pool keeps 0 to 100,000 numbers"
            : rules.Forbidden.Any(f => f.Length == 0) ? "a forbidden text is empty"
            : Make(type, fits) is null ? "no number passes its filters and the type's pattern"
            : null;
    }

    /// <summary>A number; <c>null</c> when none was found in 20,000 tries.</summary>
    /// <param name="type">A type with a generator.</param>
    /// <param name="fits">Whether the type itself takes a number.</param>
    public static string? Make(IdentifierTypeView type, Func<string, bool> fits)
    {
        var rules = type.Generator!;
        var alphabet = rules.Alphabet == "digits" ? Digits : Alphanumeric;
        for (var i = 0; i < MaxTries; i++)
        {
            var payload = RandomNumberGenerator.GetString(alphabet, rules.Length - CheckDigit.Length(type.CheckDigit));
            var number = payload + (type.CheckDigit is null ? "" : CheckDigit.Compute(type.CheckDigit, payload));
            if (NumberFilter.Allows(rules, number) && fits(number))
            {
                return number;
            }
        }

        return null;
    }
}
