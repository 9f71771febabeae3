using System.Text.Json.Serialization;

namespace SocialRegistry.Access.Sessions;

/// <summary>A sign-in with a password.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SessionRequest
{
    /// <summary>Compared without case. 1 to 100 characters.</summary>
    public required string? User { get; init; }

    public required string? Password { get; init; }

    /// <summary>One-time code (or a recovery code), where codes are set up for the account; refused where they are not.</summary>
    public string? Code { get; init; }
}

/// <summary>An open session; its token is in the cookie.</summary>
public sealed record SessionResponse
{
    /// <summary>For the header <c>X-CSRF-Token</c> of every write.</summary>
    public required string Csrf { get; init; }

    public required string User { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>What the holder may do; empty while <see cref="PasswordExpired"/> or <see cref="CodesMissing"/>.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }

    /// <summary>True after a sign-in with a one-time password: choose your own with <c>PUT /api/v1/session/password</c> before anything else.</summary>
    public required bool PasswordExpired { get; init; }

    /// <summary>True while a role asks for one-time codes and none are set up: set them up with <c>POST /api/v1/session/codes</c>.</summary>
    public required bool CodesMissing { get; init; }

    public required bool CodesSetUp { get; init; }

    /// <summary>For a person: her own record, when it was found at sign-in.</summary>
    public string? Registrant { get; init; }
}

/// <summary>A change of one's own password; it ends all other sessions of the account.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PasswordRequest
{
    public required string? Password { get; init; }

    /// <summary>12 to 256 characters.</summary>
    public required string? NewPassword { get; init; }
}
