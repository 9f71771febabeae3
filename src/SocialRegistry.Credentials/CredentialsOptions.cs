using System.ComponentModel.DataAnnotations;

namespace SocialRegistry.Credentials;

/// <summary>Settings of the credential service (configuration section <c>Credentials</c>).</summary>
public sealed record CredentialsOptions
{
    /// <summary>How long an offer can be accepted, in hours, when it does not say: default 24.</summary>
    [Range(1, 720)]
    public int OfferHours { get; set; } = 24;

    /// <summary>Life of a wallet's access token in minutes: default 30.</summary>
    [Range(1, 1440)]
    public int AccessTokenMinutes { get; set; } = 30;

    /// <summary>Life of a nonce in minutes: default 5.</summary>
    [Range(1, 60)]
    public int NonceMinutes { get; set; } = 5;

    /// <summary>Validity of a credential in days: default 180. Not more, because the issuer's certificate is sure to last that long.</summary>
    [Range(1, 180)]
    public int ValidityDays { get; set; } = 180;

    /// <summary>Most key proofs, and so credentials, of one request: default 10.</summary>
    [Range(2, 50)]
    public int BatchSize { get; set; } = 10;
}
