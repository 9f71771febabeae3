using System.Text.Json;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Formats;

/// <summary>What a credential says, whatever its form.</summary>
public sealed record CredentialContent
{
    /// <summary>Name of the credential type, letters and digits, such as <c>SocialRegistryPerson</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Becomes <c>urn:uuid:…</c> where the form has room for an id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Names are unique and none of <see cref="ReservedClaims"/>.</summary>
    public required IReadOnlyList<CredentialClaim> Claims { get; init; }

    /// <summary>Who stated what about the claims.</summary>
    public IReadOnlyList<CredentialEvidence> Evidence { get; init; } = [];

    /// <summary>Written in whole seconds.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Written in whole seconds.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The key that the holder proved; absent for a credential that is bound to nobody.</summary>
    public Jwk? HolderKey { get; init; }

    /// <summary>The holder's did:key or did:jwk: subject of <c>jwt_vc_json</c>.</summary>
    public string? HolderDid { get; init; }
}

/// <summary>One statement in a credential, taken from an attested field.</summary>
public readonly record struct CredentialClaim(string Name, JsonElement Value);

/// <summary>An attestor's statement on some of the claims.</summary>
public sealed record CredentialEvidence
{
    /// <summary>Names of the claims it is about.</summary>
    public required IReadOnlyList<string> Claims { get; init; }

    public string? AttestedBy { get; init; }

    public DateTimeOffset? AttestedAt { get; init; }

    /// <summary>How it was checked, such as <c>document</c>.</summary>
    public string? Method { get; init; }
}
