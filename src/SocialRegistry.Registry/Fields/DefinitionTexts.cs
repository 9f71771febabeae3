using System.Text.RegularExpressions;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Fields;

/// <summary>Checks the texts of definitions: labels by language, and names that come back in problems.</summary>
internal static partial class DefinitionTexts
{
    private const int MostLabels = 60;
    private const int LongestLabel = 200;

    /// <summary>A label in eng is always there; languages are ISO 639-3 codes.</summary>
    public static void CheckLabels(
        IReadOnlyDictionary<string, string>? labels,
        string path,
        List<FieldProblem> problems,
        bool needed = true
    )
    {
        if (labels is null || (needed && !labels.ContainsKey("eng")))
        {
            problems.Add(new FieldProblem(path + ".eng", "required", "There is no label in eng."));
            return;
        }

        if (labels.Count > MostLabels || !labels.Keys.All(k => Language().IsMatch(k)))
        {
            problems.Add(
                new FieldProblem(path, "language", $"Labels go by ISO 639-3 codes such as eng, at most {MostLabels}.")
            );
        }

        if (!labels.Values.All(IsLabel))
        {
            problems.Add(
                new FieldProblem(
                    path,
                    "length",
                    $"A label has 1 to {LongestLabel} characters and no control characters."
                )
            );
        }
    }

    /// <summary>A text of a definition, fit to be read by people.</summary>
    public static bool IsLabel(string? text) =>
        text is { Length: > 0 and <= LongestLabel } && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl);

    /// <summary>A name that came from outside, fit to be shown.</summary>
    public static string Printable(string? text)
    {
        var cut =
            text is null ? ""
            : text.Length <= 60 ? text
            : text[..60];
        return cut.Length > 0 && cut.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '_' or '.' or '-')
            ? cut
            : "?";
    }

    [GeneratedRegex("^[a-z]{3}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Language();
}
