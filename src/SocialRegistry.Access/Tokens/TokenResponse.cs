using System.Text.Json.Serialization;

namespace SocialRegistry.Access.Tokens;

/// <summary>The answer of the token endpoint (RFC 6749 §5.1).</summary>
public sealed record TokenResponse
{
    /// <summary>For the header <c>Authorization: Bearer …</c>; opaque to its holder.</summary>
    [JsonPropertyName("access_token")]
    public required string AccessToken { get; init; }

    /// <summary><c>Bearer</c>.</summary>
    [JsonPropertyName("token_type")]
    public string TokenType { get; init; } = "Bearer";

    /// <summary>Seconds; 3,600.</summary>
    [JsonPropertyName("expires_in")]
    public required int ExpiresIn { get; init; }

    /// <summary>The scopes it carries, separated by blanks.</summary>
    [JsonPropertyName("scope")]
    public required string Scope { get; init; }
}

/// <summary>The form fields of a token request: a client secret (here or by HTTP Basic) or a client assertion, never both.</summary>
public sealed record TokenRequest
{
    /// <summary><c>client_credentials</c>.</summary>
    [JsonPropertyName("grant_type")]
    public required string GrantType { get; init; }

    /// <summary>The partner's id; may be left out with HTTP Basic and with an assertion.</summary>
    [JsonPropertyName("client_id")]
    public string? ClientId { get; init; }

    [JsonPropertyName("client_secret")]
    public string? ClientSecret { get; init; }

    /// <summary><c>urn:ietf:params:oauth:client-assertion-type:jwt-bearer</c> (RFC 7523).</summary>
    [JsonPropertyName("client_assertion_type")]
    public string? ClientAssertionType { get; init; }

    /// <summary>A JWT signed by a key of the partner's JWK set: <c>iss</c> and <c>sub</c> the partner's id, <c>aud</c> our address, <c>exp</c> within 10 minutes, <c>jti</c> used once.</summary>
    [JsonPropertyName("client_assertion")]
    public string? ClientAssertion { get; init; }

    /// <summary>Some of the partner's scopes, separated by blanks; all when left out.</summary>
    [JsonPropertyName("scope")]
    public string? Scope { get; init; }
}
