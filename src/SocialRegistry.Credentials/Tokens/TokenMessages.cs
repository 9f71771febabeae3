using System.Text.Json.Serialization;

namespace SocialRegistry.Credentials.Tokens;

/// <summary>Form of a token request (OpenID4VCI 1.0 §6.1).</summary>
internal sealed record WalletTokenRequest
{
    public const string PreAuthorizedCode = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    /// <summary>Always <c>urn:ietf:params:oauth:grant-type:pre-authorized_code</c>.</summary>
    [JsonPropertyName("grant_type")]
    public required string GrantType { get; init; }

    [JsonPropertyName("pre-authorized_code")]
    public required string Code { get; init; }

    /// <summary>When the offer asks for one.</summary>
    [JsonPropertyName("tx_code")]
    public string? TxCode { get; init; }

    /// <summary>RFC 9396, type <c>openid_credential</c>, when the wallet wants credential identifiers.</summary>
    [JsonPropertyName("authorization_details")]
    public string? AuthorizationDetails { get; init; }
}

/// <summary>A wallet's token (OpenID4VCI 1.0 §6.2).</summary>
internal sealed record WalletTokenResponse
{
    [JsonPropertyName("access_token")]
    public required string AccessToken { get; init; }

    [JsonPropertyName("token_type")]
    public string TokenType { get; init; } = "Bearer";

    /// <summary>In seconds.</summary>
    [JsonPropertyName("expires_in")]
    public required int ExpiresIn { get; init; }

    /// <summary>For wallets of the drafts; newer ones ask the nonce endpoint.</summary>
    [JsonPropertyName("c_nonce")]
    public required string Nonce { get; init; }

    [JsonPropertyName("c_nonce_expires_in")]
    public required int NonceExpiresIn { get; init; }

    /// <summary>Only when asked for.</summary>
    [JsonPropertyName("authorization_details"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<GrantedDetail>? AuthorizationDetails { get; init; }
}

internal sealed record GrantedDetail
{
    [JsonPropertyName("type")]
    public string Type { get; init; } = AuthorizationDetails.Type;

    [JsonPropertyName("credential_configuration_id")]
    public required string ConfigurationId { get; init; }

    [JsonPropertyName("credential_identifiers")]
    public required IReadOnlyList<string> Identifiers { get; init; }
}

internal sealed record NonceResponse
{
    [JsonPropertyName("c_nonce")]
    public required string Nonce { get; init; }

    /// <summary>In seconds; of the drafts, tells old wallets when to ask again.</summary>
    [JsonPropertyName("c_nonce_expires_in")]
    public required int NonceExpiresIn { get; init; }
}
