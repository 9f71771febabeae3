using System.Text.RegularExpressions;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Areas;

/// <summary>Checks what was sent by itself, before the tree is looked at.</summary>
internal static partial class AreaRules
{
    public const string English = "eng";

    public static bool IsCode(string? text) => text is not null && Code().IsMatch(text);

    public static IEnumerable<FieldProblem> CheckCode(string field, string? code)
    {
        if (!IsCode(code))
        {
            yield return new FieldProblem(
                field,
                "pattern",
                $"A code has 1 to {AreaLimits.MaxCodeLength} ASCII letters, digits and . _ - and begins with a letter or digit."
            );
        }
    }

    public static IEnumerable<FieldProblem> CheckLevelNumber(string field, int? level)
    {
        if (level is < 1 or > AreaLimits.MaxLevel)
        {
            yield return new FieldProblem(field, "range", $"A level is a number from 1 to {AreaLimits.MaxLevel}.");
        }
    }

    /// <summary>Names by language; <c>null</c> stands for one to be removed.</summary>
    public static IEnumerable<FieldProblem> CheckNames(IReadOnlyDictionary<string, string?> names)
    {
        if (names.Count > AreaLimits.MaxNames)
        {
            yield return new FieldProblem("names", "items", $"At most {AreaLimits.MaxNames} names.");
            yield break;
        }

        foreach (var (language, name) in names)
        {
            if (!Language().IsMatch(language))
            {
                yield return new FieldProblem(
                    "names",
                    "language",
                    "Names are given by ISO 639-3 code, three lower-case letters."
                );
            }
            else if (name is not null && !IsName(name))
            {
                yield return new FieldProblem(
                    "names." + language,
                    "text",
                    $"A name has 1 to {AreaLimits.MaxNameLength} printable characters."
                );
            }
        }
    }

    /// <summary>Whole names, as of a new area: English is among them.</summary>
    public static IEnumerable<FieldProblem> CheckWholeNames(IReadOnlyDictionary<string, string> names)
    {
        foreach (var problem in CheckNames(names!))
        {
            yield return problem;
        }

        if (!names.ContainsKey(English))
        {
            yield return new FieldProblem("names.eng", "required", "An area has a name in eng.");
        }
    }

    public static IEnumerable<FieldProblem> CheckPoint(AreaPoint? point)
    {
        if (point is not null && !(Math.Abs(point.Latitude) <= 90 && Math.Abs(point.Longitude) <= 180))
        {
            yield return new FieldProblem(
                "point",
                "range",
                "A point has a latitude of -90 to 90 and a longitude of -180 to 180 degrees."
            );
        }
    }

    public static IEnumerable<FieldProblem> CheckPeriod(DateOnly? from, DateOnly? to)
    {
        if (!IsPlausible(from))
        {
            yield return new FieldProblem("validFrom", "range", "This date cannot be.");
        }

        if (!IsPlausible(to))
        {
            yield return new FieldProblem("validTo", "range", "This date cannot be.");
        }
        else if (to < from)
        {
            yield return new FieldProblem("validTo", "before_from", "The last day lies before the first.");
        }
    }

    /// <summary>Some areas are older than every person.</summary>
    private static bool IsPlausible(DateOnly? date) =>
        date is null || (date.Value.Year >= 1 && date <= ValueLimits.LastDate);

    private static bool IsName(string name) =>
        name.Length <= AreaLimits.MaxNameLength
        && !string.IsNullOrWhiteSpace(name)
        && !name.Any(char.IsControl)
        && IsWellFormed(name);

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex(@"\A[a-z]{3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Language();
}
