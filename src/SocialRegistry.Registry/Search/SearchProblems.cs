using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Search;

/// <summary>What can be refused about searches beside the query itself (<see cref="QueryProblems"/>).</summary>
internal static class SearchProblems
{
    public static Problem Invalid(string path, string code, string detail) =>
        Problem.Invalid(
            "searches.invalid",
            "The search cannot be answered as it is.",
            new FieldProblem(path, code, detail)
        );

    public static Problem Cursor { get; } =
        Problem.Invalid(
            "searches.cursor_invalid",
            "The page after this cursor is not known here: a cursor belongs to its query, sort and caller.",
            new FieldProblem(
                "page.after",
                "cursor",
                "Send the 'next' of the page before, with the same query and sort."
            )
        );

    /// <summary>Searchable, but what makes a search by it quick is not there yet.</summary>
    public static Problem IndexWaits(IReadOnlyList<string> fields) =>
        new(
            "searches.index_waits",
            ProblemKind.Unavailable,
            "The index of a field is being made; try again later, or search without the field."
        )
        {
            Fields = [.. fields.Select(f => new FieldProblem(f, "index", $"The index of {f} is being made."))],
        };

    public static Problem TooSlow { get; } =
        new(
            "searches.too_slow",
            ProblemKind.Unavailable,
            "The search took too long and was ended. Ask for less, by more selective conditions."
        );
}
