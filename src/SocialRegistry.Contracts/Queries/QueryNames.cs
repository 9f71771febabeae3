namespace SocialRegistry.Contracts;

/// <summary>The words of queries in JSON.</summary>
internal static class QueryNames
{
    public static IReadOnlyDictionary<string, QueryOperator> Operators { get; } =
        new Dictionary<string, QueryOperator>
        {
            ["eq"] = QueryOperator.Eq,
            ["ne"] = QueryOperator.Ne,
            ["lt"] = QueryOperator.Lt,
            ["le"] = QueryOperator.Le,
            ["gt"] = QueryOperator.Gt,
            ["ge"] = QueryOperator.Ge,
            ["in"] = QueryOperator.In,
            ["nin"] = QueryOperator.Nin,
            ["exists"] = QueryOperator.Exists,
            ["contains"] = QueryOperator.Contains,
            ["startsWith"] = QueryOperator.StartsWith,
        };

    public static IReadOnlyDictionary<string, RelativeKind> Relatives { get; } =
        new Dictionary<string, RelativeKind>
        {
            ["parent"] = RelativeKind.Parent,
            ["child"] = RelativeKind.Child,
            ["spouse"] = RelativeKind.Spouse,
        };

    /// <summary>Archived records are not searched, so their status is none of these.</summary>
    public static IReadOnlySet<string> Statuses { get; } =
        new HashSet<string> { "active", "inactive", "deceased", "merged" };

    public static IReadOnlySet<string> Kinds { get; } =
        new HashSet<string> { RegistrantKinds.Individual, RegistrantKinds.Group };

    public static string Name(QueryOperator op) => Operators.First(o => o.Value == op).Key;

    public static string Name(RelativeKind kind) => Relatives.First(r => r.Value == kind).Key;
}
