using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Roles;

/// <summary>What can be refused about roles.</summary>
internal static class RoleProblems
{
    public static Problem NotFound { get; } = Problem.NotFound("roles.not_found", "There is no such role.");

    public static Problem Taken { get; } =
        Problem.Conflict("roles.taken", "A role has or had this name; names are never given a second time.");

    public static Problem Retired { get; } =
        Problem.Conflict("roles.retired", "The role was retired. Make another one.");

    public static Problem Needed { get; } =
        Problem.Conflict("roles.needed", "The deployment itself needs this role; it can be changed, not retired.");

    public static Problem NeedsManageAccess { get; } =
        Problem.Conflict(
            "roles.needed",
            "The role of the first administrator keeps access:manage; make another role for less."
        );

    public static Problem InUse(int holders) =>
        Problem.Conflict("roles.in_use", $"{holders} accounts hold this role. Take it from them first.");

    public static Problem BreaksHolders(int holders) =>
        Problem.Conflict(
            "roles.breaks_holders",
            $"{holders} accounts would then hold roles that do not go together: {RoleRules.Separation}."
        );

    public static Problem TooMany(int most) =>
        Problem.Conflict("roles.too_many", $"A deployment has at most {most} roles, retired ones included.");
}
