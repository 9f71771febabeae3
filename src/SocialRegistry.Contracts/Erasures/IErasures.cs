namespace SocialRegistry.Contracts;

/// <summary>
/// Erases records for good, where the deployment allows it: one asks, another confirms. The record's data keys are destroyed, so that
/// nothing protected can be read again, history included; the change log stays whole, as it holds ciphertext.
/// </summary>
public interface IErasures
{
    /// <summary>Asks for an erasure. Permission <c>registrants:erase</c>; never a partner or a person.</summary>
    Task<Outcome<ErasureView>> RequestAsync(
        RegistrantId registrant,
        NewErasure erasure,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Carries out what another has asked for. It cannot be taken back. Permission <c>registrants:erase</c>.</summary>
    Task<Outcome<ErasureView>> ConfirmAsync(
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Takes a request away that was not carried out. Permission <c>registrants:erase</c>.</summary>
    Task<Outcome<ErasureView>> RefuseAsync(RegistrantId registrant, Caller caller, CancellationToken cancellationToken);

    /// <summary>The request that stands, or the tombstone. Permission <c>registrants:erase</c>.</summary>
    Task<Outcome<ErasureView>> GetAsync(RegistrantId registrant, Caller caller, CancellationToken cancellationToken);
}

/// <summary>An erasure that is asked for.</summary>
public sealed record NewErasure
{
    /// <summary>The law or decision it rests on, without anything personal: it stays for good. 1 to 100 letters, digits and . _ : / -</summary>
    public required string Ground { get; init; }

    /// <summary>Why, for who confirms; up to 500 characters. Stored protected, and gone with the record.</summary>
    public required string Reason { get; init; }
}

/// <summary>An erasure: asked for, or the tombstone of a record.</summary>
public sealed record ErasureView
{
    public required RegistrantId RegistrantId { get; init; }

    /// <summary><c>requested</c>, <c>refused</c> or <c>erased</c>.</summary>
    public required string State { get; init; }

    public required string Ground { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public required string RequestedBy { get; init; }

    /// <summary>When it was carried out or refused.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public string? EndedBy { get; init; }

    /// <summary>
    /// Households that the erasure left without the head they must have (<c>Registry:HouseholdNeedsHead</c>), and that have none yet; among
    /// the rows of the caller.
    /// </summary>
    public IReadOnlyList<RegistrantId> HouseholdsWithoutHead { get; init; } = [];
}

/// <summary>Values of <see cref="ErasureView.State"/>.</summary>
public static class ErasureStates
{
    public const string Requested = "requested";

    public const string Refused = "refused";

    public const string Erased = "erased";
}
