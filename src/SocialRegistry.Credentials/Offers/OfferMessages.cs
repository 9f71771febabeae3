using System.Text.Json.Serialization;

namespace SocialRegistry.Credentials.Offers;

/// <summary>Asks for an invitation with which a wallet fetches credentials about one registrant.</summary>
public sealed record OfferRequest
{
    /// <summary>Id of the registrant.</summary>
    [JsonPropertyName("registrant")]
    public string? Registrant { get; init; }

    /// <summary>1 to 10 ids of credential configurations, as in the issuer metadata.</summary>
    [JsonPropertyName("configurations")]
    public IReadOnlyList<string>? Configurations { get; init; }

    /// <summary>Ask the citizen for a code of six digits that goes to her by another way; true when absent.</summary>
    [JsonPropertyName("txCode")]
    public bool? TxCode { get; init; }

    /// <summary>Hours the offer stands, 1 to 720; 24 when absent.</summary>
    [JsonPropertyName("validHours")]
    public int? ValidHours { get; init; }
}

/// <summary>An offer that was made. Its id and codes are told once, here.</summary>
public sealed record OfferMade
{
    /// <summary>Unguessable; whoever has it may fetch the offer.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary><c>openid-credential-offer://?credential_offer_uri=…</c>.</summary>
    [JsonPropertyName("offer_uri")]
    public required string OfferUri { get; init; }

    /// <summary>Six digits, to be given to the citizen by another way than the offer; absent when none was asked for.</summary>
    [JsonPropertyName("tx_code")]
    public string? TxCode { get; init; }

    [JsonPropertyName("expires_at")]
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Address of the offer as QR code (SVG; <c>?format=png</c> for PNG).</summary>
    [JsonPropertyName("qr")]
    public required string Qr { get; init; }
}
