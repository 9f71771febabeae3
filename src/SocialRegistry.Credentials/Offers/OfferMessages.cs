using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace SocialRegistry.Credentials.Offers;

/// <summary>A wish to offer credentials about a registrant.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CredentialOfferRequest
{
    /// <summary>Registrant id.</summary>
    [JsonPropertyName("registrant"), Required, MaxLength(36)]
    public required string Registrant { get; init; }

    /// <summary>Ids of credential configurations, such as <c>SocialRegistryPerson_dc+sd-jwt</c>. One is what every wallet takes.</summary>
    [JsonPropertyName("configurations"), Required, MinLength(1), MaxLength(10)]
    public required IReadOnlyList<string> Configurations { get; init; }

    /// <summary>Ask for a code of six digits that reaches the person another way than the offer; true unless said otherwise.</summary>
    [JsonPropertyName("txCode")]
    public bool TxCode { get; init; } = true;

    /// <summary>How long the offer can be accepted, in hours: 1 to 720; the deployment's default (24) when absent.</summary>
    [JsonPropertyName("validHours"), Range(1, 720)]
    public int? ValidHours { get; init; }
}

/// <summary>An offer, ready to be handed over.</summary>
public sealed record CredentialOfferResponse
{
    /// <summary>The unguessable name of the offer.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary><c>openid-credential-offer://?credential_offer_uri=…</c>: a link, or the content of a QR code.</summary>
    [JsonPropertyName("offer_uri")]
    public required string OfferUri { get; init; }

    /// <summary>Shown here and nowhere else.</summary>
    [JsonPropertyName("tx_code"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TxCode { get; init; }

    [JsonPropertyName("expires_at")]
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Address of the offer as QR code (SVG).</summary>
    [JsonPropertyName("qr")]
    public required string Qr { get; init; }
}

/// <summary>The credential offer that a wallet reads (OpenID4VCI 1.0 §4.1.1).</summary>
internal sealed record CredentialOffer
{
    [JsonPropertyName("credential_issuer")]
    public required string CredentialIssuer { get; init; }

    [JsonPropertyName("credential_configuration_ids")]
    public required IReadOnlyList<string> CredentialConfigurationIds { get; init; }

    [JsonPropertyName("grants")]
    public required OfferGrants Grants { get; init; }
}

internal sealed record OfferGrants
{
    [JsonPropertyName("urn:ietf:params:oauth:grant-type:pre-authorized_code")]
    public required PreAuthorizedGrant PreAuthorized { get; init; }
}

internal sealed record PreAuthorizedGrant
{
    [JsonPropertyName("pre-authorized_code")]
    public required string Code { get; init; }

    [JsonPropertyName("tx_code"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TxCodeHint? TxCode { get; init; }
}

internal sealed record TxCodeHint
{
    public static TxCodeHint SixDigits { get; } =
        new()
        {
            InputMode = "numeric",
            Length = 6,
            Description = "The six digits you were given with this offer",
        };

    [JsonPropertyName("input_mode")]
    public required string InputMode { get; init; }

    [JsonPropertyName("length")]
    public required int Length { get; init; }

    [JsonPropertyName("description")]
    public required string Description { get; init; }
}
