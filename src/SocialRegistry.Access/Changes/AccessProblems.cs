using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Changes;

/// <summary>What can be refused when rights are changed. Codes are stable.</summary>
internal static class AccessProblems
{
    public static Problem LastAdministrator { get; } =
        Problem.Conflict(
            "access.last_administrator",
            "This would leave nobody who manages access. Give access:manage to another active account first."
        );

    public static Problem OwnRights { get; } =
        Problem.Forbidden("access.own_rights", "Nobody changes what she may do herself; another administrator does.");

    public static Problem Invalid(IReadOnlyList<FieldProblem> fields) =>
        Problem.Invalid("access.invalid", "Some of what was sent cannot be granted as it is.", [.. fields.Take(50)]);

    public static Problem ChangedSince(long version) =>
        new("access.changed_since", ProblemKind.PreconditionFailed, "It was changed since it was read. Read it again.")
        {
            CurrentVersion = version,
        };

    public static Problem IfMatchRequired { get; } =
        new(
            "access.if_match_required",
            ProblemKind.PreconditionRequired,
            "Send the ETag that was read in If-Match, so that nobody's change is lost."
        );

    public static Problem IfMatchInvalid { get; } =
        Problem.Invalid("access.if_match_invalid", "If-Match takes one ETag as it was answered, such as \"3\".");
}
