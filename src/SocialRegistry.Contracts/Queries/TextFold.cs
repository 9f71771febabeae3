using System.Globalization;
using System.Text;

namespace SocialRegistry.Contracts;

/// <summary>
/// The form in which texts are looked for: without case, without the accents of Latin, Greek and Cyrillic letters, one blank for any
/// white space. Marks of other scripts are part of the letter and stay.
/// </summary>
public static class TextFold
{
    /// <summary>Stands above every folded text that begins the same way; no folded text holds it.</summary>
    public const string Top = "\U0010FFFF";

    /// <summary>The folded text; empty when nothing of it counts.</summary>
    public static string Apply(string text)
    {
        var result = new StringBuilder(text.Length);
        var blank = false;
        foreach (var rune in Whole(text).Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                blank = result.Length > 0;
            }
            else if (rune.Value is not ((>= 0x300 and <= 0x36F) or 0x10FFFF) && !Rune.IsControl(rune))
            {
                result.Append(blank ? " " : "").Append(Fold(rune));
                blank = false;
            }
        }

        return result.ToString().Normalize(NormalizationForm.FormKC);
    }

    // By way of upper case, which also joins the two small sigmas.
    private static string Fold(Rune rune) =>
        rune.Value switch
        {
            0xDF or 0x1E9E => "ss",
            0x131 => "i",
            _ => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)).ToString(),
        };

    // Half a surrogate pair is no character, and cannot be normalised.
    private static string Whole(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(rune.ToString());
        }

        return result.ToString();
    }
}
