using System.ComponentModel.DataAnnotations;

namespace SocialRegistry.Credentials;

/// <summary>Limits and lives of offers, tokens and nonces (configuration section <c>Credentials</c>).</summary>
public sealed record CredentialsOptions
{
    /// <summary>Hours an offer stands when its maker does not say; default 24.</summary>
    [Range(1, 720)]
    public int OfferHours { get; init; } = 24;

    /// <summary>Seconds an access token lives; default 900.</summary>
    [Range(60, 86_400)]
    public int TokenSeconds { get; init; } = 900;

    /// <summary>Seconds a <c>c_nonce</c> may be used; default 300.</summary>
    [Range(30, 3_600)]
    public int NonceSeconds { get; init; } = 300;

    /// <summary>Seconds a key proof may be old; default 600. The nonce bounds it as well.</summary>
    [Range(30, 86_400)]
    public int ProofSeconds { get; init; } = 600;

    /// <summary>Most key proofs, and so credentials, of one request; default 10.</summary>
    [Range(2, 100)]
    public int BatchSize { get; init; } = 10;

    /// <summary>Most credentials one accepted offer yields over all its requests; default 50.</summary>
    [Range(1, 10_000)]
    public int CredentialsPerOffer { get; init; } = 50;

    /// <summary>Days that rows of ended offers are kept; default 30.</summary>
    [Range(0, 3_650)]
    public int KeepOffersDays { get; init; } = 30;
}
