using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Fields.Changes;

/// <summary>Makes code lists and changes them; what is the same already makes no version.</summary>
internal sealed class PutCodeLists(CatalogueWriter writer)
{
    /// <summary>Code lists of a catalogue.</summary>
    public const int MostLists = 500;

    public Task<Outcome<CodeListView>> PutAsync(
        CodeListView list,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<CodeListView>(
            caller,
            conditions,
            "code_list",
            list,
            edit =>
                Task.FromResult(
                    conditions.ExpectedVersion is { } version and not 0 ? CatalogueProblems.CodeListVersion(version)
                    : conditions.ExpectedVersion == 0 && edit.Standing.CodeLists.Keys.Any(id => id == list.Id)
                        ? CatalogueProblems.CodeListExists
                    : Put(edit, list, CatalogueOperations.CodeListPut, list.Id)
                ),
            cancellationToken
        );

    public Task<Outcome<CodeListView>> PutCodeAsync(
        string list,
        CodeView code,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        writer.RunAsync<CodeListView>(
            caller,
            conditions,
            "code",
            new { list, code },
            edit =>
                Task.FromResult(
                    edit.Standing.CodeLists.TryGetValue(list, out var standing)
                        ? Put(edit, standing.With(code), CatalogueOperations.CodePut, $"{list}.{code.Code}", code.Code)
                        : CatalogueProblems.UnknownCodeList
                ),
            cancellationToken
        );

    private static Outcome<CodeListView> Put(
        CatalogueEdit edit,
        CodeListView list,
        string operation,
        string subject,
        string? onlyCode = null
    )
    {
        var before = edit.Standing.CodeLists.GetValueOrDefault(list.Id ?? "");
        if (IsSame(before, list))
        {
            return before!;
        }

        var problems = Problems(edit.Standing.View, before, list);
        if (problems.Count > 0)
        {
            return CatalogueProblems.InvalidCodeList(problems);
        }

        var view = edit.Standing.View.With(list);
        if (view.CodeLists.Count > MostLists)
        {
            return CatalogueProblems.TooManyCodeLists(MostLists);
        }

        edit.Store(new Catalogue(view), operation, subject, Part(before, onlyCode), Part(list, onlyCode));
        return list;
    }

    /// <summary>True when the list is in this form already.</summary>
    public static bool IsSame(CodeListView? before, CodeListView list) =>
        before is not null && Text(before) == Text(list);

    /// <summary>Why the list cannot stand in the place of the one before.</summary>
    public static IReadOnlyList<FieldProblem> Problems(CatalogueView standing, CodeListView? before, CodeListView list)
    {
        var problems = CodeListCheck.Problems(list).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        var codes = list.Codes.Select(c => c.Code).ToHashSet();
        problems.AddRange(
            (before?.Codes ?? [])
                .Where(c => !codes.Contains(c.Code))
                .Take(ValueLimits.MaxProblems)
                .Select(c => new FieldProblem("codes", "missing", $"The code {c.Code} is there already: retire it."))
        );
        problems.AddRange(SectionsInUse(standing, list));
        return problems;
    }

    /// <summary>A section stays while a field stands in it.</summary>
    private static IEnumerable<FieldProblem> SectionsInUse(CatalogueView view, CodeListView list) =>
        list.Id != FieldCheck.SectionList
            ? []
            : view
                .Fields.Select(f => f.Section)
                .Distinct()
                .Where(s => list.Codes.All(c => c.Code != s || c.Retired))
                .Select(s => new FieldProblem("codes", "in_use", $"Fields stand in the section {s}."));

    private static object? Part(CodeListView? list, string? code) =>
        code is null ? list : list?.Codes.FirstOrDefault(c => c.Code == code);

    private static string Text(CodeListView list) => JsonSerializer.Serialize(list, FieldDefinition.Format);
}
