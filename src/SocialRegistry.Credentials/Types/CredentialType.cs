using SocialRegistry.Contracts;

namespace SocialRegistry.Credentials;

/// <summary>A kind of credential as data: which fields become which claims, in which formats it is signed, how wallets show it.</summary>
public sealed record CredentialType
{
    /// <summary>Also the W3C type beside <c>VerifiableCredential</c>, and the last segment of the <c>vct</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Kind of registrant it is about: <see cref="RegistrantKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Days from issue to expiry, 1 to 3,650; never longer than the issuer's certificate.</summary>
    public required int ValidityDays { get; init; }

    /// <summary>Field ids that must stand and be attested; without them there is no credential.</summary>
    public required IReadOnlyList<string> Required { get; init; }

    /// <summary>Claim ← field. Absent: every field of the catalogue that names a claim.</summary>
    public IReadOnlyList<ClaimSource>? Claims { get; init; }

    public required IReadOnlyList<CredentialTypeFormat> Formats { get; init; }

    public required IReadOnlyList<CredentialDisplay> Display { get; init; }
}

/// <summary>One claim and the field whose attested value it takes.</summary>
public sealed record ClaimSource(string Claim, string Field);

/// <summary>A format in which a type is signed; the configuration id is <c>type_suffix</c>.</summary>
public sealed record CredentialTypeFormat(string Suffix, string Format, string Algorithm);

/// <summary>How wallets show a credential in one language.</summary>
/// <param name="Locale">BCP 47, such as <c>en</c>.</param>
/// <param name="BackgroundColor">CSS Color 3, such as <c>#0b3d2e</c>.</param>
public sealed record CredentialDisplay(
    string Locale,
    string Name,
    string? Description,
    string? BackgroundColor,
    string? TextColor
);

/// <summary>A type in one format: what a wallet names as <c>credential_configuration_id</c>.</summary>
public sealed record CredentialConfiguration(string Id, CredentialType Type, CredentialFormat Format);
