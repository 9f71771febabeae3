using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Areas;

/// <summary>What can be refused about areas. Codes are stable.</summary>
internal static class AreaProblems
{
    public static Problem NotFound { get; } = Problem.NotFound("areas.not_found", "There is no area of this code.");

    public static Problem NoBoundary { get; } = Problem.NotFound("areas.no_boundary", "The area has no boundary.");

    public static Problem Invalid(params IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid("areas.invalid", "Some of what was sent does not fit the tree of areas.", fields);

    public static Problem CodeTaken { get; } =
        Problem.Conflict("areas.code_taken", "There is an area of this code, perhaps in another case.");

    public static Problem Cycle { get; } =
        Problem.Conflict("areas.cycle", "An area cannot lie within itself or within an area below it.");

    public static Problem DuplicateRow { get; } =
        Problem.Conflict("areas.duplicate_row", "A row before this one has the same code.");

    public static Problem TooManyRows { get; } =
        Problem.Invalid("areas.too_many_rows", $"At most {AreaLimits.MaxRows} rows in one call.");

    public static Problem ChangedSince(long version) =>
        new(
            "areas.changed_since",
            ProblemKind.PreconditionFailed,
            "The area was changed since it was read. Read it again and repeat the change."
        )
        {
            CurrentVersion = version,
        };

    public static FieldProblem UnknownParent { get; } =
        new("parent", "unknown", "There is no area of this code; areas above come first.");
}
