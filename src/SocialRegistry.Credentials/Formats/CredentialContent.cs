using System.Text.Json;

namespace SocialRegistry.Credentials;

/// <summary>What a credential says, before it is put into a format.</summary>
public sealed record CredentialContent
{
    /// <summary><c>urn:uuid:…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the <see cref="CredentialType"/>.</summary>
    public required string Type { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ValidUntil { get; init; }

    public required IReadOnlyList<CredentialClaim> Claims { get; init; }

    /// <summary>Who found the claims true.</summary>
    public required IReadOnlyList<ClaimAttestation> Attestations { get; init; }
}

/// <summary>One statement about the subject.</summary>
public sealed record CredentialClaim(string Name, JsonElement Value);

/// <summary>One attestor's finding on some claims.</summary>
/// <param name="Method">How it was checked, such as <c>document</c>.</param>
/// <param name="ValidUntil">Last day on which the finding counts.</param>
public sealed record ClaimAttestation(
    IReadOnlyList<string> Claims,
    string? AttestedBy,
    DateTimeOffset? AttestedAt,
    string? Method,
    DateOnly? ValidUntil
);
