using System.Text.Json.Serialization;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>OpenID4VCI 1.0 §8.3.</summary>
internal sealed record CredentialResponse
{
    [JsonPropertyName("credentials")]
    public required IReadOnlyList<IssuedItem> Credentials { get; init; }

    /// <summary>Drafts up to 14.</summary>
    [JsonPropertyName("credential"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Credential { get; init; }

    /// <summary>For the next request of wallets that do not ask the nonce endpoint.</summary>
    [JsonPropertyName("c_nonce")]
    public required string Nonce { get; init; }

    [JsonPropertyName("c_nonce_expires_in")]
    public required int NonceExpiresIn { get; init; }
}

internal sealed record IssuedItem
{
    [JsonPropertyName("credential")]
    public required string Credential { get; init; }
}

/// <summary>OpenID4VCI 1.0 §8.2, for the API description; drafts' forms are read as well.</summary>
internal sealed record CredentialRequestBody
{
    /// <summary>As in the offer.</summary>
    [JsonPropertyName("credential_configuration_id")]
    public string? ConfigurationId { get; init; }

    /// <summary>Instead, when the token response had identifiers.</summary>
    [JsonPropertyName("credential_identifier")]
    public string? Identifier { get; init; }

    [JsonPropertyName("proofs")]
    public required CredentialRequestProofs Proofs { get; init; }
}

internal sealed record CredentialRequestProofs
{
    /// <summary>One credential for each; at most the metadata's batch size.</summary>
    [JsonPropertyName("jwt")]
    public required IReadOnlyList<string> Jwt { get; init; }
}
