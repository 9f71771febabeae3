using System.Text.Json;
using System.Text.RegularExpressions;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Fields;

/// <summary>Checks that a field's definition is whole and does not contradict itself. Problems name the member of the definition.</summary>
internal sealed partial class FieldCheck(IReadOnlyDictionary<string, CodeListView> codeLists)
{
    private const int MostParts = 60;
    private const int DeepestPart = 3;
    private const int LongestValidation = 16 * 1024;

    private readonly List<FieldProblem> problems = [];

    public static IReadOnlyList<FieldProblem> Problems(
        FieldView field,
        IReadOnlyDictionary<string, CodeListView> codeLists
    )
    {
        var check = new FieldCheck(codeLists);
        check.CheckField(field);
        return check.problems;
    }

    private void CheckField(FieldView field)
    {
        if (field.Kind is not (RegistrantKinds.Individual or RegistrantKinds.Group))
        {
            Add("kind", "unknown", $"There is no kind of record named {Shown(field.Kind)}; send individual or group.");
        }

        if (!Enum.IsDefined(field.Class))
        {
            Add("class", "unknown", "Send public, internal, personal or sensitive.");
        }

        if (!FieldId().IsMatch(field.Section ?? ""))
        {
            Add("section", "pattern", "A section is named in snake_case.");
        }
        else if (
            codeLists.TryGetValue(SectionList, out var sections)
            && sections.Codes.All(c => c.Code != field.Section || c.Retired)
        )
        {
            Add("section", "code", $"Send a code of the list {SectionList}.");
        }

        if (
            field.Computed
            && (field.Kind != RegistrantKinds.Group || !Groups.GroupFigures.Known.Contains(field.Id ?? ""))
        )
        {
            Add("computed", "unknown", "Nothing computes a field of this id.");
        }

        CheckUse(field);
        CheckNames(field);
        CheckOne(field, "", 0);
    }

    /// <summary>The code list whose codes are the sections of forms.</summary>
    public const string SectionList = "section";

    /// <summary>What a field and a part have in common.</summary>
    private void CheckOne(FieldView field, string path, int depth)
    {
        if (!FieldId().IsMatch(field.Id ?? ""))
        {
            Add(path + "id", "pattern", $"The id {Shown(field.Id)} is not snake_case of up to 60 characters.");
        }

        DefinitionTexts.CheckLabels(field.Labels, path + "labels", problems);
        if (!Enum.IsDefined(field.Type))
        {
            Add(path + "type", "unknown", "There is no such type.");
            return;
        }

        if (field.Type == FieldType.Code != field.CodeList is not null)
        {
            Add(path + "codeList", "contradiction", "A code names its code list, and nothing else does.");
        }
        else if (field.CodeList is { } list && !codeLists.ContainsKey(list))
        {
            Add(path + "codeList", "unknown", "It names no code list that is there.");
        }

        if (
            field.Precisions is null
            || field.Precisions.Distinct().Count() != field.Precisions.Count
            || !field.Precisions.All(Enum.IsDefined)
            || (field.Precisions.Count > 0 && field.Type != FieldType.Date)
        )
        {
            Add(path + "precisions", "contradiction", "Only a date has precisions: day, month, year, each once.");
        }

        if (field.Validation is { } validation)
        {
            CheckValidation(field, validation, path);
        }

        CheckParts(field, path, depth);
    }

    private void CheckParts(FieldView field, string path, int depth)
    {
        if (field.HasParts != field.Parts.Count > 0)
        {
            Add(path + "parts", "contradiction", "A group has parts, and nothing else has.");
        }
        else if (field.Parts.Count > MostParts || (field.Parts.Count > 0 && depth == DeepestPart))
        {
            Add(path + "parts", "too_many", $"A group has at most {MostParts} parts, {DeepestPart} deep.");
        }
        else
        {
            if (field.Parts.DistinctBy(p => p.Id).Count() != field.Parts.Count)
            {
                Add(path + "parts", "duplicate", "A part is there twice.");
            }

            foreach (var (index, part) in field.Parts.Index())
            {
                CheckOne(part, $"{path}parts[{index}].", depth + 1);
            }
        }
    }

    private void CheckValidation(FieldView field, JsonElement validation, string path)
    {
        if (validation.GetRawText().Length > LongestValidation)
        {
            Add(path + "validation", "too_large", $"A validation has at most {LongestValidation} characters.");
            return;
        }

        try
        {
            FieldSchema.Read(field, validation);
        }
        catch (InvalidOperationException e)
        {
            Add(path + "validation", "invalid", e.Message);
        }
    }

    /// <summary>What is done with the values.</summary>
    private void CheckUse(FieldView field)
    {
        var isClear = field.Class is FieldClass.Public or FieldClass.Internal;
        var isScalar = !field.Repeated && !field.HasParts;
        if (
            field.Searchable && (field.Type is FieldType.Document or FieldType.GeoPoint || (field.HasParts && !isClear))
        )
        {
            Add("searchable", "contradiction", "Positions, documents and protected groups cannot be searched.");
        }

        if (field.AttestationPolicy is { } policy)
        {
            if (!field.Attestable)
            {
                Add("attestationPolicy", "contradiction", "Only an attestable field has a policy.");
            }

            if (policy.ValidMonths is < 1 or > 1200)
            {
                Add("attestationPolicy.validMonths", "range", "A statement holds 1 to 1,200 months.");
            }

            if (
                policy.Roles is null
                || policy.Roles.Count > 50
                || policy.Roles.Any(r => r is not { Length: > 0 and <= 60 })
            )
            {
                Add("attestationPolicy.roles", "length", "At most 50 roles, each named in 1 to 60 characters.");
            }
        }

        if (!Enum.IsDefined(field.SelfService))
        {
            Add("selfService", "unknown", "Send hidden, read, edit or changeRequest.");
        }

        var counts = field.Statistics switch
        {
            StatisticalUse.None => true,
            StatisticalUse.Dimension => isClear
                && isScalar
                && field.Type is FieldType.Code or FieldType.Boolean or FieldType.Date or FieldType.Integer,
            StatisticalUse.Measure => isClear && isScalar && field.Type is FieldType.Integer or FieldType.Decimal,
            _ => false,
        };
        if (!counts)
        {
            Add(
                "statistics",
                "contradiction",
                "A dimension is a single code, boolean, date or whole number, a measure a single number; both stand clear (class public or internal)."
            );
        }
    }

    private void CheckNames(FieldView field)
    {
        foreach (
            var (member, value) in ((string, string?)[])
                [("dciPath", field.DciPath), ("g2pPath", field.G2pPath), ("govStackName", field.GovStackName)]
        )
        {
            if (value is not null && !(value.Length <= 200 && NamePath().IsMatch(value)))
            {
                Add(member, "pattern", "Names of letters, digits and underscores, joined by dots.");
            }
        }

        if (field.Claim is { } claim && !ClaimName().IsMatch(claim))
        {
            Add("claim", "pattern", "A claim name has 1 to 60 letters, digits and underscores, a letter first.");
        }
    }

    private void Add(string member, string code, string detail)
    {
        if (problems.Count < ValueLimits.MaxProblems)
        {
            problems.Add(new FieldProblem(member, code, detail));
        }
    }

    private static string Shown(string? text) => DefinitionTexts.Printable(text);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,59}\\z", RegexOptions.CultureInvariant)]
    public static partial Regex FieldId();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*){0,5}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePath();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]{0,59}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ClaimName();
}
