using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Alerts;

/// <summary>What can be refused about alerts and readings past one's rights. Codes are stable.</summary>
internal static class AlertProblems
{
    public static Problem NotFound { get; } = Problem.NotFound("alerts.not_found", "There is no such alert.");

    public static Problem NotForEverybody { get; } =
        Problem.Forbidden("alerts.rows", "Alerts are for staff who are held to no area and no population.");

    public static Problem Own { get; } =
        Problem.Forbidden("alerts.own", "Another than the reader whom the alert is about has to look at it.");

    public static Problem Reviewed { get; } =
        Problem.Conflict("alerts.reviewed", "Somebody has said already what came of it.");

    public static Problem InvalidReview(IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid("alerts.invalid", "The review cannot be taken as it is.", fields);

    public static Problem InvalidFilter(IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid("alerts.filter_invalid", "There are no such alerts.", fields);

    public static Problem StaffOnly { get; } =
        Problem.Forbidden("glass.staff_only", "Only staff read past their rights; a partner or a person never does.");

    public static Problem InvalidGlass(IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid("glass.invalid", "The record cannot be opened for this.", fields);

    public static Problem TooMany(int most) =>
        new(
            "glass.too_many",
            ProblemKind.TooMany,
            $"A user opens at most {most} records an hour this way (Registry:Alerts:GlassPerHour)."
        );
}
