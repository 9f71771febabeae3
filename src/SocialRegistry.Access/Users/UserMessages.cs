using System.Text.Json.Serialization;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Users;

/// <summary>An account as an administrator sees it: neither its password nor whose record it belongs to.</summary>
public sealed record UserResponse
{
    public required string Id { get; init; }

    /// <summary>The name to sign in with.</summary>
    public required string User { get; init; }

    /// <summary><c>active</c>, <c>locked</c> or <c>deactivated</c>.</summary>
    public required string Status { get; init; }

    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Codes of areas it is held to; empty means everywhere.</summary>
    public required IReadOnlyList<string> Areas { get; init; }

    /// <summary>True when it belongs to a person; who that is stands protected and is told to nobody.</summary>
    public required bool RegistrantLinked { get; init; }

    /// <summary>True while its password is one for a single sign-in.</summary>
    public required bool PasswordExpired { get; init; }

    /// <summary>True when it signs in with a one-time code.</summary>
    public required bool CodesSetUp { get; init; }

    /// <summary>The ETag.</summary>
    public required long Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    internal static UserResponse Of(Account account) =>
        new()
        {
            Id = account.Id.ToString("D"),
            User = account.User,
            Status = UserState.StatusOf(account),
            Roles = account.Roles,
            Areas = account.Areas,
            RegistrantLinked = account.LinkTail is not null,
            PasswordExpired = account.PasswordExpired,
            CodesSetUp = account.NeedsCode,
            Version = account.Version,
            CreatedAt = account.CreatedAt,
            UpdatedAt = account.UpdatedAt,
        };
}

/// <summary>An account to be made.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateUserRequest
{
    /// <summary>1 to 100 characters, compared without case; never given a second time.</summary>
    public required string User { get; init; }

    /// <summary>Names of roles, at least one.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Codes of areas it is held to, at most 100; none means everywhere.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>For the role <c>person</c>: who she is.</summary>
    public Identifier? Registrant { get; init; }
}

/// <summary>What an account may do, as a whole.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChangeUserRequest
{
    /// <summary>Names of roles, at least one.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Codes of areas it is held to, at most 100; none means everywhere.</summary>
    public required IReadOnlyList<string> Areas { get; init; }
}

/// <summary>A password for one sign-in; it stands in this answer and nowhere else.</summary>
/// <param name="OneTimePassword">The session that it opens can only choose another password.</param>
public sealed record OneTimePasswordResponse(UserResponse User, string OneTimePassword);
