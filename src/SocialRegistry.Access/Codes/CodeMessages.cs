using System.Text.Json.Serialization;

namespace SocialRegistry.Access.Codes;

/// <summary>One-time codes are to be set up; the password is asked again.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BeginCodesRequest
{
    public required string Password { get; init; }
}

/// <summary>The secret of the codes, shown once, to be taken into an authenticator app.</summary>
/// <param name="Secret">Base 32, for typing in.</param>
/// <param name="Uri">The same as <c>otpauth://</c> URI, for a QR code.</param>
public sealed record BegunCodesResponse(string Secret, string Uri);

/// <summary>The code that the app shows now: from then on each sign-in needs one.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ConfirmCodesRequest
{
    public required string Code { get; init; }
}

/// <summary>For the day the device is lost; each counts for one sign-in. They stand in this answer and nowhere else.</summary>
public sealed record RecoveryCodesResponse(IReadOnlyList<string> RecoveryCodes);

/// <summary>One-time codes are to be ended.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EndCodesRequest
{
    public required string Password { get; init; }

    /// <summary>A code, or a recovery code.</summary>
    public required string Code { get; init; }
}
