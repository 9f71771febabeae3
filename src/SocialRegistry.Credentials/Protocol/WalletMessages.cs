using System.Text.Json.Serialization;

namespace SocialRegistry.Credentials.Protocol;

/// <summary>A refusal on the wire (RFC 6749 §5.2, OpenID4VCI 1.0 §8.3.1.2).</summary>
/// <param name="CNonce">Drafts up to 13 only: the nonce to try again with.</param>
public sealed record WalletErrorAnswer(
    [property: JsonPropertyName("error")] string Error,
    [property: JsonPropertyName("error_description")] string ErrorDescription,
    [property: JsonPropertyName("c_nonce")] string? CNonce = null,
    [property: JsonPropertyName("c_nonce_expires_in")] int? CNonceExpiresIn = null
);

/// <summary>Token response (OpenID4VCI 1.0 §6.2).</summary>
/// <param name="ExpiresIn">Seconds.</param>
/// <param name="CNonce">For wallets of drafts up to 13; others ask the nonce endpoint.</param>
public sealed record TokenAnswer(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("c_nonce")] string CNonce,
    [property: JsonPropertyName("c_nonce_expires_in")] int CNonceExpiresIn,
    [property: JsonPropertyName("authorization_details")] IReadOnlyList<AuthorizationDetail>? AuthorizationDetails
);

/// <summary>One of the <c>authorization_details</c> (RFC 9396) of a token response.</summary>
public sealed record AuthorizationDetail(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("credential_configuration_id")] string CredentialConfigurationId,
    [property: JsonPropertyName("credential_identifiers")] IReadOnlyList<string> CredentialIdentifiers
);

/// <summary>Nonce response (OpenID4VCI 1.0 §7.2).</summary>
public sealed record NonceAnswer(
    [property: JsonPropertyName("c_nonce")] string CNonce,
    [property: JsonPropertyName("c_nonce_expires_in")] int CNonceExpiresIn
);

/// <summary>Credential response (OpenID4VCI 1.0 §8.3).</summary>
/// <param name="Credentials">One for each key proof, in their order.</param>
/// <param name="Credential">Drafts up to 14 only: the first of them.</param>
/// <param name="CNonce">A fresh nonce for wallets that take it from here.</param>
public sealed record CredentialAnswer(
    [property: JsonPropertyName("credentials")] IReadOnlyList<CredentialItem> Credentials,
    [property: JsonPropertyName("credential")] string? Credential,
    [property: JsonPropertyName("format")] string? Format,
    [property: JsonPropertyName("c_nonce")] string CNonce,
    [property: JsonPropertyName("c_nonce_expires_in")] int CNonceExpiresIn
);

/// <summary>One credential in its compact form.</summary>
public sealed record CredentialItem([property: JsonPropertyName("credential")] string Credential);

/// <summary>Credential offer (OpenID4VCI 1.0 §4.1.1).</summary>
public sealed record OfferAnswer(
    [property: JsonPropertyName("credential_issuer")] string CredentialIssuer,
    [property: JsonPropertyName("credential_configuration_ids")] IReadOnlyList<string> CredentialConfigurationIds,
    [property: JsonPropertyName("grants")] OfferGrants Grants
);

/// <summary>The grants of an offer: the pre-authorized code only.</summary>
public sealed record OfferGrants(
    [property: JsonPropertyName(OfferGrants.PreAuthorizedCode)] PreAuthorizedGrant PreAuthorized
)
{
    public const string PreAuthorizedCode = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
}

/// <summary>The code, and what the wallet has to ask the citizen for.</summary>
public sealed record PreAuthorizedGrant(
    [property: JsonPropertyName("pre-authorized_code")] string Code,
    [property: JsonPropertyName("tx_code")] TxCodeDescription? TxCode
);

/// <summary>How the transaction code looks.</summary>
public sealed record TxCodeDescription(
    [property: JsonPropertyName("input_mode")] string InputMode,
    [property: JsonPropertyName("length")] int Length,
    [property: JsonPropertyName("description")] string Description
);

/// <summary>The body of a credential request (OpenID4VCI 1.0 §8.2), for the API description; drafts 11 to 15 are understood as well.</summary>
public sealed record CredentialRequestBody(
    [property: JsonPropertyName("credential_configuration_id")] string? CredentialConfigurationId,
    [property: JsonPropertyName("credential_identifier")] string? CredentialIdentifier,
    [property: JsonPropertyName("proofs")] CredentialProofs? Proofs
);

/// <summary>Key proofs: one credential is issued for each.</summary>
public sealed record CredentialProofs([property: JsonPropertyName("jwt")] IReadOnlyList<string> Jwt);

/// <summary>The body of a token request, for the API description.</summary>
public sealed record TokenRequestForm(
    [property: JsonPropertyName("grant_type")] string GrantType,
    [property: JsonPropertyName("pre-authorized_code")] string PreAuthorizedCode,
    [property: JsonPropertyName("tx_code")] string? TxCode,
    [property: JsonPropertyName("authorization_details")] string? AuthorizationDetails
);
