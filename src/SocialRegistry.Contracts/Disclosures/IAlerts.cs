namespace SocialRegistry.Contracts;

/// <summary>Readings that somebody else has to look at. For callers held to no area and no population; never a partner or a person.</summary>
public interface IAlerts
{
    /// <summary>Alerts, newest first. Permission <c>alerts:review</c>.</summary>
    Task<Outcome<Page<AlertView>>> ListAsync(
        AlertFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Says what came of looking at one: once, and by another than the reader it is about. Permission <c>alerts:review</c>.
    /// <c>alerts.own</c>, <c>alerts.reviewed</c>.
    /// </summary>
    Task<Outcome<AlertView>> ReviewAsync(
        AlertId alert,
        AlertReview review,
        Caller caller,
        CancellationToken cancellationToken
    );
}

/// <summary>Identity of an alert.</summary>
public readonly record struct AlertId(Guid Value)
{
    public static bool TryParse(string? text, out AlertId id)
    {
        var value = Guid.Empty;
        // The length is asked too: the parser passes over white space.
        var parsed = text?.Length == 36 && Guid.TryParseExact(text, "D", out value);
        id = new AlertId(value);
        return parsed;
    }

    public override string ToString() => Value.ToString("D");
}

/// <summary>Which alerts are wanted; what is absent does not narrow it.</summary>
public sealed record AlertFilter
{
    /// <summary><see cref="AlertStates"/>.</summary>
    public string? State { get; init; }

    /// <summary><see cref="AlertKinds"/>.</summary>
    public string? Kind { get; init; }

    public static AlertFilter None { get; } = new();
}

/// <summary>What came of looking at an alert.</summary>
public sealed record AlertReview
{
    /// <summary>One line of 1 to 500 characters. Stored protected.</summary>
    public required string Note { get; init; }
}

/// <summary>Something about readings that somebody else has to look at.</summary>
public sealed record AlertView
{
    public required AlertId Id { get; init; }

    /// <summary><see cref="AlertKinds"/>.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>staff</c> or <c>partner</c>.</summary>
    public required string ReaderKind { get; init; }

    /// <summary>Who read: the user, or the partner's client id.</summary>
    public required string Reader { get; init; }

    public string? RequestId { get; init; }

    /// <summary>Of <c>break-glass</c>: the record that was read.</summary>
    public RegistrantId? Registrant { get; init; }

    /// <summary>Of <c>break-glass</c>: what was shown.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    /// <summary>Of <c>break-glass</c>: why, as the reader said; absent once the record is erased.</summary>
    public string? Reason { get; init; }

    /// <summary>Of the others: how many records had been read when it was noticed.</summary>
    public int? Records { get; init; }

    /// <summary>Of the others: begin of the time in which they were read.</summary>
    public DateTimeOffset? WindowStart { get; init; }

    /// <summary><see cref="AlertStates"/>.</summary>
    public required string State { get; init; }

    public string? ReviewedBy { get; init; }

    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>What came of it; absent once the record is erased.</summary>
    public string? Note { get; init; }
}

/// <summary>Values of <see cref="AlertView.Kind"/>.</summary>
public static class AlertKinds
{
    /// <summary>Somebody read one record past her rights.</summary>
    public const string BreakGlass = "break-glass";

    /// <summary>Somebody did so unusually often within a day (UTC).</summary>
    public const string BreakGlassVolume = "break-glass-volume";

    /// <summary>A reader was shown unusually many different records within a time.</summary>
    public const string UnusualReading = "unusual-reading";

    public static IReadOnlyList<string> All { get; } = [BreakGlass, BreakGlassVolume, UnusualReading];
}

/// <summary>Values of <see cref="AlertView.State"/>.</summary>
public static class AlertStates
{
    public const string Open = "open";

    public const string Reviewed = "reviewed";
}
