using SocialRegistry.Access.Accounts;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Sessions;

/// <summary>Why a sign-in or a session is refused.</summary>
internal static class SessionProblems
{
    /// <summary>One answer for an unknown user, a suspended one and a wrong password.</summary>
    public static Problem Refused { get; } =
        new("session.refused", ProblemKind.Unauthenticated, "User or password is wrong.");

    /// <summary>Too many failures; known and unknown users alike.</summary>
    public static Problem Locked { get; } =
        new(
            "session.locked",
            ProblemKind.TooMany,
            "Too many wrong passwords. Wait as Retry-After says, then try again."
        );

    public static Problem Busy { get; } =
        new("session.busy", ProblemKind.Unavailable, "Too many are signing in just now. Try again in a few seconds.");

    public static Problem Incomplete { get; } =
        Problem.Invalid("session.incomplete", "A member is null that must be a text.");

    /// <summary>A code that was typed must not be passed over.</summary>
    public static Problem CodeNotEnrolled { get; } =
        Problem.Invalid(
            "session.code_not_enrolled",
            "No one-time code is set up here. Sign in without code.",
            new FieldProblem("code", "not_enrolled", "left out")
        );

    public static Problem CodeRequired { get; } =
        new(
            "session.code_required",
            ProblemKind.Unauthenticated,
            "Send the one-time code of your device, or a recovery code, in the member code."
        );

    public static Problem CodeWrong { get; } =
        new(
            "session.code_wrong",
            ProblemKind.Unauthenticated,
            "The code is not right, or was used already. Wait for the next one."
        );

    public static Problem CodesMissing { get; } =
        Problem.Forbidden(
            "session.codes_missing",
            "A role of yours needs one-time codes. Set them up with POST /api/v1/session/codes, then go on."
        );

    public static Problem CodesSetUp { get; } =
        Problem.Conflict(
            "session.codes_set_up",
            "One-time codes are set up already. End them with POST /api/v1/session/codes/end first."
        );

    public static Problem CodesNotBegun { get; } =
        Problem.Conflict(
            "session.codes_not_begun",
            "There is no secret to confirm. Begin with POST /api/v1/session/codes."
        );

    public static Problem Csrf { get; } =
        Problem.Forbidden("session.csrf", "A write needs the header X-CSRF-Token with the csrf of this session.");

    public static Problem PasswordExpired { get; } =
        Problem.Forbidden(
            "session.password_expired",
            "This password was for one sign-in. Choose your own with PUT /api/v1/session/password, then go on."
        );

    public static Problem NoSession { get; } =
        Problem.Forbidden("session.none", "Only somebody who signed in with a password has a session.");

    public static Problem WeakPassword { get; } =
        Problem.Invalid(
            "session.password_weak",
            "Choose another password.",
            new FieldProblem(
                "newPassword",
                "length",
                $"{Passwords.MinLength} to {Passwords.MaxLength} characters, not the user name and not the old password"
            )
        );
}
