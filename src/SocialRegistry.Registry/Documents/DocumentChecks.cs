using System.Globalization;
using System.Text.RegularExpressions;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Documents;

/// <summary>What is said of a file, checked before a byte of it is read.</summary>
internal static partial class DocumentChecks
{
    private const int MaxName = 150;
    private const int MaxDescription = 500;

    public static List<FieldProblem> Check(NewDocument document)
    {
        var problems = new List<FieldProblem>();
        if (!Kind().IsMatch(document.Kind ?? ""))
        {
            problems.Add(
                new FieldProblem(
                    "kind",
                    "pattern",
                    "Send a word of lower-case letters, digits and underscores, up to 40."
                )
            );
        }

        if (!DocumentTypes.All.TryGetValue(document.MediaType ?? "", out var endings))
        {
            problems.Add(
                new FieldProblem(
                    "mediaType",
                    "unknown",
                    "Send one of " + string.Join(", ", DocumentTypes.All.Keys) + "."
                )
            );
        }

        if (!IsName(document.FileName))
        {
            problems.Add(
                new FieldProblem(
                    "fileName",
                    "characters",
                    $"Send a file name of 1 to {MaxName} characters without a path."
                )
            );
        }
        else if (
            endings is not null
            && !endings.Any(e => document.FileName.EndsWith(e, StringComparison.OrdinalIgnoreCase))
        )
        {
            problems.Add(
                new FieldProblem("fileName", "ending", "The name must end in " + string.Join(" or ", endings) + ".")
            );
        }

        if (document.Description is { } text && (text.Length > MaxDescription || !IsWhole(text)))
        {
            problems.Add(
                new FieldProblem(
                    "description",
                    "length",
                    $"A description has at most {MaxDescription} printable characters."
                )
            );
        }

        return problems;
    }

    public static bool IsReason(string? reason) =>
        reason is { Length: > 0 and <= ValueLimits.MaxReasonLength } && IsWhole(reason);

    private static bool IsName(string? name) =>
        name is { Length: > 0 and <= MaxName }
        && IsWhole(name)
        && name.Trim() == name
        && name[0] != '.'
        && name.IndexOfAny(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\n', '\r', '\t']) < 0;

    /// <summary>No control or direction characters, no half surrogate pairs.</summary>
    private static bool IsWhole(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var category = System.Text.Rune.GetUnicodeCategory(rune);
            if (
                rune.Value == 0xFFFD
                || category is UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
                || (category == UnicodeCategory.Control && rune.Value is not ('\n' or '\r' or '\t'))
            )
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Kind();
}
