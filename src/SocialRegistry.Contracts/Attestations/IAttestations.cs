namespace SocialRegistry.Contracts;

/// <summary>A named attestor's statement on one field's value (design section 6). It holds for that value only.</summary>
public interface IAttestations
{
    /// <summary>States something about the value that stands. Permission <c>attestations:write</c>.</summary>
    Task<Outcome<AttestationView>> AttestAsync(
        RegistrantId id,
        string field,
        AttestationStatement statement,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>The state of each attestable field with a value. Permission <c>registrants:read</c>.</summary>
    Task<Outcome<IReadOnlyList<AttestationView>>> ListAsync(
        RegistrantId id,
        Caller caller,
        CancellationToken cancellationToken
    );
}

/// <summary>Statuses to begin with; they and their transitions are configuration.</summary>
public static class AttestationStatuses
{
    public const string New = "NEW";
    public const string Attested = "ATTESTED";
    public const string Rejected = "REJECTED";
}

/// <summary>What an attestor says.</summary>
public sealed record AttestationStatement
{
    /// <summary><see cref="AttestationStatuses"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Up to 2,000 characters.</summary>
    public string? Comments { get; init; }

    /// <summary>The hash the attestor saw; when given and no longer that of the value, the statement is refused.</summary>
    public string? ValueHash { get; init; }

    /// <summary>What was looked at, such as a document number's kind; no personal values.</summary>
    public string? Evidence { get; init; }

    /// <summary>How it was checked, such as <c>document</c>, <c>visit</c>, <c>register</c>.</summary>
    public string? Method { get; init; }

    public DateOnly? ValidUntil { get; init; }
}

/// <summary>The state of one field.</summary>
public sealed record AttestationView
{
    public required string Field { get; init; }

    public required string Status { get; init; }

    /// <summary>base64url HMAC-SHA-256 over tenant, registrant, field and the JCS form of the value.</summary>
    public required string ValueHash { get; init; }

    public string? AttestedBy { get; init; }

    public DateTimeOffset? AttestedAt { get; init; }

    public string? Comments { get; init; }

    public string? Evidence { get; init; }

    public string? Method { get; init; }

    public DateOnly? ValidUntil { get; init; }
}
