namespace SocialRegistry.Contracts;

/// <summary>What can be refused about queries. Paths lead into the query; names of fields are told, values are not.</summary>
public static class QueryProblems
{
    /// <summary>The tree is no tree, or compares what cannot be compared (HTTP 400).</summary>
    public const string InvalidCode = "queries.invalid";

    /// <summary>A filter that the caller may not use (HTTP 403).</summary>
    public const string ForbiddenCode = "queries.filter_forbidden";

    public static Problem Invalid(IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid(InvalidCode, "The query cannot be answered as it is.", fields);

    public static Problem Forbidden(IReadOnlyList<FieldProblem> fields) =>
        Problem.Forbidden(ForbiddenCode, "The query filters by what this caller may not filter by.") with
        {
            Fields = fields,
        };

    /// <summary>A name that came from outside, fit to be shown: never a value.</summary>
    internal static string Printable(string name)
    {
        var text = name.Length <= 60 ? name : name[..60];
        return text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-') ? text : "?";
    }
}
