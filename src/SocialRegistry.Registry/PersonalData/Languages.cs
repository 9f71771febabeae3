using System.Text.RegularExpressions;

namespace SocialRegistry.Registry.PersonalData;

/// <summary>Languages as the catalogue names them: ISO 639-3.</summary>
internal static partial class Languages
{
    public const string English = "eng";

    /// <summary>Two letters (ISO 639-1) of languages spoken by many.</summary>
    private static readonly Dictionary<string, string> Short = new()
    {
        ["am"] = "amh",
        ["ar"] = "ara",
        ["bn"] = "ben",
        ["de"] = "deu",
        ["en"] = English,
        ["es"] = "spa",
        ["fa"] = "fas",
        ["fr"] = "fra",
        ["ha"] = "hau",
        ["he"] = "heb",
        ["hi"] = "hin",
        ["id"] = "ind",
        ["it"] = "ita",
        ["km"] = "khm",
        ["lo"] = "lao",
        ["mg"] = "mlg",
        ["my"] = "mya",
        ["ne"] = "nep",
        ["ps"] = "pus",
        ["pt"] = "por",
        ["ru"] = "rus",
        ["rw"] = "kin",
        ["si"] = "sin",
        ["so"] = "som",
        ["sw"] = "swa",
        ["ta"] = "tam",
        ["te"] = "tel",
        ["th"] = "tha",
        ["tl"] = "tgl",
        ["uk"] = "ukr",
        ["ur"] = "urd",
        ["vi"] = "vie",
        ["yo"] = "yor",
        ["zh"] = "zho",
        ["zu"] = "zul",
    };

    /// <summary>The language meant; <c>null</c> when it is no code of one.</summary>
    public static string? Read(string? code) =>
        code is null || !CodePattern().IsMatch(code) ? null : Short.GetValueOrDefault(code, code);

    /// <summary>A label in the language, or else in English, or else the id.</summary>
    public static string Label(IReadOnlyDictionary<string, string>? labels, string language, string id) =>
        labels?.GetValueOrDefault(language) ?? labels?.GetValueOrDefault(English) ?? id;

    [GeneratedRegex(@"^[a-z]{2,3}\z")]
    private static partial Regex CodePattern();
}
