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

    /// <summary>
    /// States something about many values: several fields of one record, one field of many records. Each statement has an outcome of its
    /// own, in the order given; a bad one never stops the others. Permission <c>attestations:write</c>.
    /// </summary>
    /// <param name="statements">1 to 1,000. Those about one record are stored in one transaction.</param>
    Task<Outcome<IReadOnlyList<Outcome<AttestationView>>>> AttestManyAsync(
        IReadOnlyList<AttestationOf> statements,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>All that was ever stated about one field, newest first, falls back to NEW and EXPIRED included. Permission <c>registrants:read</c>.</summary>
    Task<Outcome<Page<AttestationView>>> HistoryAsync(
        RegistrantId id,
        string field,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// What waits for a statement that the caller may make: values that are NEW, PENDING or EXPIRED. A page looks at a bounded number of
    /// records, so it may be short or empty and still have a next one. Permission <c>attestations:write</c>.
    /// </summary>
    Task<Outcome<Page<WaitingAttestation>>> WaitingAsync(
        WaitingFilter filter,
        PageRequest page,
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

    /// <summary>Attested by one, and the field's policy asks for a second person. Never sent by an attestor.</summary>
    public const string Pending = "PENDING";

    /// <summary>The statement held until a day that has passed. Never sent by an attestor.</summary>
    public const string Expired = "EXPIRED";

    /// <summary>What a statement is worth on a day.</summary>
    /// <param name="validUntil">Its last day; absent: until the value changes.</param>
    public static string OnDay(string status, DateOnly? validUntil, DateOnly day) =>
        validUntil < day && (status is Attested or Pending) ? Expired : status;
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

    /// <summary>A document of the record that was looked at. The attestor must be one who may see it.</summary>
    public DocumentId? Document { get; init; }

    /// <summary>
    /// The signature of a connected application under which the statement came, already checked. A statement that was taken under the same
    /// signature is not taken again: it is answered as the first time.
    /// </summary>
    public StatementSignature? Signature { get; init; }
}

/// <summary>By which key and over what a connected application signed its statements.</summary>
/// <param name="Key">RFC 7638 thumbprint (SHA-256, base64url) of its key.</param>
/// <param name="Digest">SHA-256 of the JWS signing input (RFC 7515 section 5.1, step 5): header, dot and payload as they were sent.</param>
public sealed record StatementSignature(string Key, byte[] Digest)
{
    public const int DigestSize = 32;

    public bool Equals(StatementSignature? other) =>
        other is not null && Key == other.Key && Digest.AsSpan().SequenceEqual(other.Digest);

    public override int GetHashCode() => HashCode.Combine(Key, Convert.ToHexString(Digest));
}

/// <summary>A statement and the value it is about.</summary>
public sealed record AttestationOf(RegistrantId Id, string Field, AttestationStatement Statement);

/// <summary>Which waiting values; everything absent means all of them.</summary>
/// <param name="Field">Field id.</param>
/// <param name="Area">Code of an area: records in it or below it.</param>
/// <param name="Kind"><see cref="RegistrantKinds"/>.</param>
public sealed record WaitingFilter(string? Field = null, string? Area = null, string? Kind = null);

/// <summary>A value that waits for a statement. The value itself is read with its record.</summary>
/// <param name="Status"><c>NEW</c>, <c>PENDING</c> or <c>EXPIRED</c>.</param>
/// <param name="ChangedAt">When the record last changed (UTC).</param>
public sealed record WaitingAttestation(
    RegistrantId Id,
    string Kind,
    string Field,
    string Status,
    DateTimeOffset ChangedAt
);

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

    /// <summary>The document that was looked at; only for those who may see documents. It may have been taken away since.</summary>
    public DocumentId? Document { get; init; }

    /// <summary>The signature it came under; absent when it came unsigned.</summary>
    public StatementSignature? Signature { get; init; }
}
