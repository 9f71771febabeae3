using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace SocialRegistry.Access.Tokens;

/// <summary>The error of the token endpoint (RFC 6749 §5.2).</summary>
public sealed record OAuthError
{
    /// <summary><c>invalid_request</c>, <c>invalid_client</c>, <c>unauthorized_client</c>, <c>unsupported_grant_type</c> or <c>invalid_scope</c>.</summary>
    [JsonPropertyName("error")]
    public required string Error { get; init; }

    /// <summary>What to do, in English; never a value that was sent.</summary>
    [JsonPropertyName("error_description")]
    public required string Description { get; init; }

    [JsonIgnore]
    internal int Status { get; init; } = StatusCodes.Status400BadRequest;

    internal static OAuthError InvalidRequest(string description) =>
        new() { Error = "invalid_request", Description = description };

    /// <summary>One answer for an unknown client, a suspended one and a wrong secret.</summary>
    internal static OAuthError InvalidClient { get; } =
        new()
        {
            Error = "invalid_client",
            Description = "Client authentication failed: unknown client, no authentication, or not the right one.",
            Status = StatusCodes.Status401Unauthorized,
        };

    internal static OAuthError UnsupportedGrant { get; } =
        new() { Error = "unsupported_grant_type", Description = "This endpoint takes grant_type=client_credentials." };

    internal static OAuthError InvalidScope { get; } =
        new()
        {
            Error = "invalid_scope",
            Description =
                "A scope is unknown or not granted to this client. Without scope a token carries all its scopes.",
        };

    internal static OAuthError TooLarge { get; } =
        InvalidRequest("The body is larger than 16 KiB.") with
        {
            Status = StatusCodes.Status413PayloadTooLarge,
        };
}
