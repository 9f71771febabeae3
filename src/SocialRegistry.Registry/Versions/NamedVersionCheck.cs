using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Versions;

/// <summary>What is wrong with a named version as it was sent.</summary>
internal static class NamedVersionCheck
{
    private static readonly string[] Standard =
    [
        NamedVersionKinds.Survey,
        NamedVersionKinds.Feedback,
        NamedVersionKinds.Import,
        NamedVersionKinds.Manual,
    ];

    public static List<FieldProblem> Problems(NewNamedVersion version, RegistryOptions options)
    {
        var problems = new List<FieldProblem>();
        if (!NamedVersionRows.IsName(version.Name))
        {
            problems.Add(Name("name"));
        }

        string[] kinds = [.. options.NamedVersionKinds ?? Standard, NamedVersionKinds.Feedback];
        if (!kinds.Contains(version.Kind))
        {
            problems.Add(
                new FieldProblem("kind", "unknown", "Send one of " + string.Join(", ", kinds.Distinct()) + ".")
            );
        }

        if (
            version.Source is { } source
            && (source.Length is 0 or > NamedVersion.MaxSource || source.Any(char.IsControl))
        )
        {
            problems.Add(
                new FieldProblem(
                    "source",
                    "length",
                    $"A source has 1 to {NamedVersion.MaxSource} printable characters."
                )
            );
        }

        if (!ValueLimits.IsPlausible(version.PeriodFrom))
        {
            problems.Add(new FieldProblem("periodFrom", "range", "This day cannot be."));
        }

        if (!ValueLimits.IsPlausible(version.PeriodTo) || version.PeriodTo < version.PeriodFrom)
        {
            problems.Add(new FieldProblem("periodTo", "range", "This day cannot be, or lies before the first."));
        }

        return problems;
    }

    /// <summary>A name that cannot be.</summary>
    /// <param name="field">Where it stands in what was sent.</param>
    public static FieldProblem Name(string field) =>
        new(
            field,
            "pattern",
            $"A name has 1 to {NamedVersion.MaxName} lower-case letters, digits, dots, hyphens and underscores; the first is a letter."
        );
}
