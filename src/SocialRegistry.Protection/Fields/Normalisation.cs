using System.Globalization;
using System.Text;

namespace SocialRegistry.Protection;

/// <summary>How a value is written before it is compared or tokenised; the names are those of the field catalogue.</summary>
public static class Normalisation
{
    /// <summary>Upper case, letters (with their marks) and digits only; digits of every script as 0 to 9.</summary>
    public const string Alphanumeric = "alphanumeric";

    /// <summary>Digits only, of every script as 0 to 9.</summary>
    public const string Digits = "digits";

    /// <summary>NFKC, case folded, trimmed.</summary>
    public const string Text = "text";

    public static bool IsKnown(string rule) => rule is Alphanumeric or Digits or Text;

    /// <summary>The normalised value; empty when nothing of it counts, which a caller must refuse.</summary>
    /// <exception cref="ArgumentException">An unknown rule.</exception>
    public static string Apply(string rule, string value)
    {
        var text = Whole(value).Normalize(NormalizationForm.FormKC);
        return rule switch
        {
            Alphanumeric => Filter(text.ToUpperInvariant(), keepLetters: true),
            Digits => Filter(text, keepLetters: false),
            Text => Fold(text).Trim(),
            _ => throw new ArgumentException("Unknown normalisation: " + rule, nameof(rule)),
        };
    }

    private static string Filter(string text, bool keepLetters)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber)
            {
                result.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            }
            else if (keepLetters && (Rune.IsLetterOrDigit(rune) || IsMark(rune)))
            {
                result.Append(rune.ToString());
            }
        }

        return result.ToString();
    }

    // Vowel signs are part of the letters of many scripts: without them different values would be equal.
    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Simple case folding by way of upper case, which also joins the two small sigmas; the two full foldings that occur in names are added.
    private static string Fold(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(
                rune.Value switch
                {
                    0xDF or 0x1E9E => "ss",
                    0x130 => "i\u0307",
                    _ => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).ToString(),
                }
            );
        }

        return result.ToString().Normalize(NormalizationForm.FormKC);
    }

    // Half a surrogate pair is no character: it becomes U+FFFD, which matches nobody.
    private static string Whole(string value)
    {
        var whole = true;
        for (var i = 0; whole && i < value.Length; i++)
        {
            whole = !char.IsSurrogate(value[i]) || (char.IsSurrogatePair(value, i) && i++ >= 0);
        }

        if (whole)
        {
            return value;
        }

        var result = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            result.Append(rune.ToString());
        }

        return result.ToString();
    }
}
