using System.Text.RegularExpressions;
using SocialRegistry.Contracts;
using SocialRegistry.JsonSchema;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Identifiers;

namespace SocialRegistry.Registry.Fields;

/// <summary>Checks an identifier type by itself.</summary>
internal static partial class IdentifierTypeCheck
{
    private const int MostSynonyms = 50;

    public static IReadOnlyList<FieldProblem> Problems(IdentifierTypeView type)
    {
        var problems = new List<FieldProblem>();
        if (!Name().IsMatch(type.Id ?? ""))
        {
            problems.Add(new FieldProblem("id", "pattern", "An identifier type has 1 to 40 letters, digits and _"));
        }

        DefinitionTexts.CheckLabels(type.Labels, "labels", problems);
        if (type.Kind is not (RegistrantKinds.Individual or RegistrantKinds.Group))
        {
            problems.Add(
                new FieldProblem(
                    "kind",
                    "unknown",
                    $"There is no kind of record named {DefinitionTexts.Printable(type.Kind)}; send individual or group."
                )
            );
        }

        if (type.Normalisation is null || !Normalisation.IsKnown(type.Normalisation))
        {
            problems.Add(new FieldProblem("normalisation", "unknown", "Send alphanumeric, digits or text."));
        }

        if (
            type.Synonyms is null
            || type.Synonyms.Count > MostSynonyms
            || !type.Synonyms.All(s => s is not null && Name().IsMatch(s))
        )
        {
            problems.Add(
                new FieldProblem("synonyms", "pattern", $"At most {MostSynonyms} names of letters, digits and _")
            );
        }

        SchemaPattern? compiled = null;
        if (type.Pattern is { } pattern && !SchemaPattern.TryParse(pattern, out compiled, out var fault))
        {
            problems.Add(new FieldProblem("pattern", "invalid", "It is no regular expression: " + fault));
        }

        if (type.CheckDigit is { } check && (!CheckDigit.IsKnown(check) || type.Normalisation == Normalisation.Text))
        {
            problems.Add(
                new FieldProblem("checkDigit", "unknown", "Send verhoeff, luhn or mod97-10, and not with texts.")
            );
        }
        else if (problems.Count == 0 && type.Generator is not null)
        {
            var ready = new IdentifierType(type, compiled);
            if (NumberMaker.Fault(type, number => ready.Normalise(number) == number) is { } unusable)
            {
                problems.Add(new FieldProblem("generator", "invalid", unusable));
            }
        }

        return problems;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,39}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
