using System.Text.Json.Serialization;

namespace SocialRegistry.Credentials.Protocol;

/// <summary>A refusal in the form wallets read (RFC 6749 §5.2, OpenID4VCI 1.0 §8.3.1.2).</summary>
/// <param name="Error">The standard's code.</param>
/// <param name="Description">A sentence a citizen can read: ASCII without quotes and backslashes, and nothing of what was sent.</param>
internal sealed record WalletError(string Error, string Description, [property: JsonIgnore] int Status = 400)
{
    public static WalletError InvalidRequest(string description) => new("invalid_request", description);

    public static WalletError InvalidGrant(string description) => new("invalid_grant", description);

    public static WalletError InvalidToken(string description) => new("invalid_token", description, 401);

    public static WalletError InvalidCredentialRequest(string description, int status = 400) =>
        new("invalid_credential_request", description, status);

    public static WalletError InvalidProof(string description) => new("invalid_proof", description);

    public static WalletError InvalidNonce(string description) => new("invalid_nonce", description);

    public static WalletError Denied(string description) => new("credential_request_denied", description);
}

/// <summary>Either a value or a refusal.</summary>
internal readonly record struct Reply<T>(T? Value, WalletError? Error)
    where T : class
{
    public static implicit operator Reply<T>(T value) => new(value, null);

    public static implicit operator Reply<T>(WalletError error) => new(null, error);
}
