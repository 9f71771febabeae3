namespace SocialRegistry.Contracts;

/// <summary>
/// What persons have consented to (ISO/IEC TS 27560:2023, consent record information structure), and what the disclosure gate asks for
/// partners that need a consent.
/// </summary>
public interface IConsents
{
    /// <summary>Records that a consent is given. Permission <c>consents:write</c>: staff, or the person about herself; never a partner.</summary>
    Task<Outcome<ConsentView>> GiveAsync(
        RegistrantId registrant,
        NewConsent consent,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>The consents of a record, newest first, at most 200. Permission <c>consents:read</c>; a partner sees those that name it.</summary>
    Task<Outcome<IReadOnlyList<ConsentView>>> ListAsync(
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>One consent. Permission <c>consents:read</c>.</summary>
    Task<Outcome<ConsentView>> GetAsync(
        RegistrantId registrant,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>The receipt of a consent, to keep (clause 6.4). Permission <c>consents:read</c>.</summary>
    Task<Outcome<ConsentReceipt>> ReceiptAsync(
        RegistrantId registrant,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Takes a consent back; from this moment on it covers nothing. Permission <c>consents:write</c>.</summary>
    Task<Outcome<ConsentView>> WithdrawAsync(
        RegistrantId registrant,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    );
}

/// <summary>A consent to be recorded.</summary>
public sealed record NewConsent
{
    /// <summary>1 to 20 purposes, spelled as partners state them.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary>What may be shown: 1 to 200 field ids, identifier types, <c>identifiers</c>, <c>memberships</c>, <c>relationships</c> or <c>documents</c>.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>To whom: 1 to 20 ids of partners.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>How the consent was taken, such as <c>signed-form</c>, <c>web-form</c> or <c>spoken</c>; up to 100 characters.</summary>
    public required string CollectionMethod { get; init; }

    /// <summary><c>explicit</c> or <c>implicit</c> (clause 6.3.7, event type).</summary>
    public string Type { get; init; } = ConsentTypes.Explicit;

    /// <summary>Where the notice stands that the person was shown: an https address; up to 500 characters.</summary>
    public string? Notice { get; init; }

    /// <summary>Language of the notice (BCP 47).</summary>
    public string? Language { get; init; }

    /// <summary>Country whose law counts (ISO 3166-1 alpha-2).</summary>
    public string? Jurisdiction { get; init; }

    /// <summary>Where the recipients store what they are shown; up to 200 characters.</summary>
    public string? StorageLocation { get; init; }

    /// <summary>For how long they keep it, as an ISO 8601 duration such as <c>P2Y</c>.</summary>
    public string? RetentionPeriod { get; init; }

    /// <summary>From when on; absent means now.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Until when; absent means until it is withdrawn.</summary>
    public DateTimeOffset? ValidUntil { get; init; }
}

/// <summary>Values of <see cref="NewConsent.Type"/>.</summary>
public static class ConsentTypes
{
    public const string Explicit = "explicit";

    public const string Implicit = "implicit";
}

/// <summary>States of a consent (clause 6.3.7, event state).</summary>
public static class ConsentStates
{
    public const string Given = "given";

    public const string Withdrawn = "withdrawn";

    public const string Expired = "expired";
}

/// <summary>A consent record.</summary>
public sealed record ConsentView
{
    public const string TheSchema = "ISO/IEC TS 27560:2023";

    /// <summary>The record id.</summary>
    public required Guid Id { get; init; }

    public string SchemaVersion { get; init; } = TheSchema;

    /// <summary>The PII principal.</summary>
    public required RegistrantId RegistrantId { get; init; }

    /// <summary>The PII controller.</summary>
    public required string Controller { get; init; }

    /// <summary>What counts now: <c>given</c>, <c>withdrawn</c> or <c>expired</c>.</summary>
    public required string State { get; init; }

    public required NewConsent Terms { get; init; }

    /// <summary>What became of it, oldest first.</summary>
    public required IReadOnlyList<ConsentEvent> Events { get; init; }
}

/// <summary>One event of a consent.</summary>
/// <param name="State">One of <see cref="ConsentStates"/>.</param>
/// <param name="ByKind"><c>person</c>, <c>staff</c> or <c>system</c>.</param>
/// <param name="By">Who recorded it.</param>
public sealed record ConsentEvent(DateTimeOffset At, string State, string ByKind, string By);

/// <summary>A receipt: the consent in the standard's own names, and the same signed.</summary>
/// <param name="Json">JSON text with the sections of clauses 6.3 and 6.4.</param>
/// <param name="Jws">Compact JWS over that text, by the deployment's key for messages (<c>/.well-known/jwks.json</c>), type <c>consent-receipt+jwt</c>.</param>
public sealed record ConsentReceipt(string Json, string Jws);
