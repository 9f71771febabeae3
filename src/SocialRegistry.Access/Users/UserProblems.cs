using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Users;

/// <summary>What can be refused about accounts.</summary>
internal static class UserProblems
{
    public static Problem NotFound { get; } = Problem.NotFound("users.not_found", "There is no such account.");

    public static Problem Taken { get; } =
        Problem.Conflict("users.taken", "An account has or had this name; names are never given a second time.");

    public static Problem Deactivated { get; } =
        Problem.Conflict("users.deactivated", "The account was deactivated for good. Make another one.");

    public static Problem NotAPerson { get; } =
        Problem.Conflict("users.not_a_person", "Only an account with a role of persons belongs to a registrant.");

    public static Problem Linked { get; } =
        Problem.Conflict(
            "users.linked",
            "The account belongs to a registrant. Take the link away before it becomes one of staff."
        );
}
