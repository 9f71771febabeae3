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

    /// <summary>Codes come with a later version; a code that was typed must not be passed over.</summary>
    public static Problem CodeNotEnrolled { get; } =
        Problem.Invalid(
            "session.code_not_enrolled",
            "No one-time code is set up here. Sign in without code.",
            new FieldProblem("code", "not_enrolled", "left out")
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
