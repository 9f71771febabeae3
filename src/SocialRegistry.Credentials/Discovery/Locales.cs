using System.Collections.Frozen;
using System.Globalization;

namespace SocialRegistry.Credentials.Discovery;

/// <summary>Language tags: the catalogue has ISO 639-3 codes, wallets want BCP 47, which takes the two-letter code where there is one.</summary>
internal static class Locales
{
    private static readonly FrozenDictionary<string, string> Short = CultureInfo
        .GetCultures(CultureTypes.NeutralCultures)
        .Where(culture => culture.Name.Length == 2 && culture.TwoLetterISOLanguageName == culture.Name)
        .GroupBy(culture => culture.ThreeLetterISOLanguageName)
        .ToFrozenDictionary(group => group.Key, group => group.First().Name, StringComparer.Ordinal);

    public static string Of(string language) => Short.GetValueOrDefault(language, language);
}
