using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Sealing;

/// <summary>What can be refused about the log.</summary>
internal static class LogProblems
{
    public static Problem NotForEverybody { get; } =
        new(
            "log.rows",
            ProblemKind.Forbidden,
            "The log covers every record: it is for callers that are held to no area and no population, and for no person."
        );

    public static Problem Empty { get; } = Problem.NotFound("log.empty", "Nothing is sealed yet.");

    public static Problem NoLeaf { get; } =
        Problem.NotFound("log.no_leaf", "There is no such leaf in a tree of this size.");

    public static Problem NotSealed { get; } =
        Problem.NotFound(
            "log.not_sealed",
            "There is no such entry, or it is not sealed yet: entries are sealed within seconds."
        );

    public static Problem Size(string field) =>
        Problem.Invalid(
            "log.size",
            "The log has no tree of this size.",
            new FieldProblem(field, "range", "Send a size of at least 1 and at most that of the newest checkpoint.")
        );

    public static Problem Order { get; } =
        Problem.Invalid(
            "log.order",
            "The smaller tree comes first.",
            new FieldProblem("from", "range", "Send from and to with from at most to.")
        );
}
