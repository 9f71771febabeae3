using System.Text.RegularExpressions;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Fields;

/// <summary>Checks a code list: every word of it leads to one code.</summary>
internal static partial class CodeListCheck
{
    public const int MostCodes = 5_000;
    private const int MostWords = 100;

    public static IReadOnlyList<FieldProblem> Problems(CodeListView list)
    {
        var problems = new List<FieldProblem>();
        if (!FieldCheck.FieldId().IsMatch(list.Id ?? ""))
        {
            problems.Add(new FieldProblem("id", "pattern", "The id of a code list is snake_case."));
        }

        DefinitionTexts.CheckLabels(list.Labels, "labels", problems, needed: false);
        if (list.Codes is null)
        {
            problems.Add(new FieldProblem("codes", "required", "Send the codes, [] for none."));
            return problems;
        }

        if (list.Codes.Count > MostCodes)
        {
            problems.Add(new FieldProblem("codes", "too_many", $"A code list has at most {MostCodes} codes."));
            return problems;
        }

        var known = list.Codes.Where(c => c is not null).Select(c => c.Code).ToHashSet();
        var owners = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, code) in list.Codes.Index())
        {
            if (problems.Count >= ValueLimits.MaxProblems)
            {
                break;
            }

            CheckCode(code, $"codes[{index}]", known, problems);
            foreach (var word in Words(code).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!owners.TryAdd(word, index))
                {
                    problems.Add(
                        new FieldProblem(
                            $"codes[{index}]",
                            "duplicate",
                            $"The code or one of its synonyms is there twice: it also belongs to codes[{owners[word]}]."
                        )
                    );
                    break;
                }
            }
        }

        return problems;
    }

    private static IEnumerable<string> Words(CodeView? code) =>
        code is null ? [] : (code.Synonyms ?? []).Prepend(code.Code).Where(w => w is not null);

    private static void CheckCode(CodeView? code, string path, HashSet<string> known, List<FieldProblem> problems)
    {
        if (code is null || !Code().IsMatch(code.Code ?? ""))
        {
            problems.Add(
                new FieldProblem(path + ".code", "pattern", "A code has 1 to 60 letters, digits and the signs . _ : -")
            );
            return;
        }

        DefinitionTexts.CheckLabels(code.Labels, path + ".labels", problems);
        if (code.Synonyms is null || code.Synonyms.Count > MostWords || !code.Synonyms.All(DefinitionTexts.IsLabel))
        {
            problems.Add(
                new FieldProblem(path + ".synonyms", "length", $"At most {MostWords} synonyms of 1 to 200 characters.")
            );
        }

        if (
            code.Mappings is null
            || code.Mappings.Count > MostWords
            || !code.Mappings.All(m => MappingName().IsMatch(m.Key) && DefinitionTexts.IsLabel(m.Value))
        )
        {
            problems.Add(
                new FieldProblem(
                    path + ".mappings",
                    "invalid",
                    $"At most {MostWords} mappings from a standard's name or a partner's id to a word of 1 to 200 characters."
                )
            );
        }

        if (code.Inverse is { } inverse && !known.Contains(inverse))
        {
            problems.Add(new FieldProblem(path + ".inverse", "unknown", "The inverse is no code of the list."));
        }
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._:-]{0,59}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Code();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._~:/@-]{0,99}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex MappingName();
}
