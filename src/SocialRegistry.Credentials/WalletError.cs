using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace SocialRegistry.Credentials;

/// <summary>
/// The error form of OAuth 2.0 (RFC 6749 §5.2) and OpenID4VCI 1.0 (§6.3, §8.3.1.2). Descriptions are ASCII without quote and backslash
/// and repeat nothing of the request.
/// </summary>
internal sealed record WalletError
{
    [JsonPropertyName("error")]
    public required string Error { get; init; }

    [JsonPropertyName("error_description")]
    public required string Description { get; init; }

    /// <summary>For wallets of the drafts: the nonce to try again with.</summary>
    [JsonPropertyName("c_nonce"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Nonce { get; init; }

    /// <summary>In seconds.</summary>
    [JsonPropertyName("c_nonce_expires_in"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? NonceExpiresIn { get; init; }

    [JsonIgnore]
    public int Status { get; init; } = StatusCodes.Status400BadRequest;

    public static WalletError Of(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        new()
        {
            Error = error,
            Description = description,
            Status = status,
        };

    public static WalletError InvalidRequest(string description) => Of("invalid_request", description);

    public static WalletError InvalidGrant(string description) => Of("invalid_grant", description);

    public static WalletError InvalidCredentialRequest(string description) =>
        Of("invalid_credential_request", description);

    public static WalletError InvalidProof(string description) => Of("invalid_proof", description);

    public static WalletError InvalidNonce { get; } =
        Of("invalid_nonce", "The nonce is unknown, used or expired. Fetch a new one from the nonce endpoint.");

    public static WalletError InvalidToken { get; } =
        Of("invalid_token", "The access token is unknown or has expired.", StatusCodes.Status401Unauthorized);

    public static WalletError Denied(string description) => Of("credential_request_denied", description);
}

/// <summary>Either a value or an error for a wallet.</summary>
internal readonly struct WalletOutcome<T>
    where T : class
{
    private WalletOutcome(T? value, WalletError? error) => (Value, Error) = (value, error);

    public T? Value { get; }

    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(false, nameof(Value))]
    public bool Failed => Error is not null;

    public WalletError? Error { get; }

    public static implicit operator WalletOutcome<T>(T value) => new(value, null);

    public static implicit operator WalletOutcome<T>(WalletError error) => new(null, error);
}
