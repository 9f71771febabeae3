using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>
/// Named versions: a round of a survey, the feedback of an application, an import, a state that somebody wants to find again. Records join
/// with one of their versions; the last one joined counts. Closed, it is frozen for good.
/// </summary>
public interface INamedVersions
{
    /// <summary>Makes an open named version. The same call again by the same caller answers with what stands. Permission <c>versions:write</c>.</summary>
    Task<Outcome<NamedVersionView>> CreateAsync(
        NewNamedVersion version,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>In the order of names. Permission <c>versions:read</c>.</summary>
    Task<Outcome<Page<NamedVersionView>>> ListAsync(
        NamedVersionFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Permission <c>versions:read</c>.</summary>
    Task<Outcome<NamedVersionView>> GetAsync(string name, Caller caller, CancellationToken cancellationToken);

    /// <summary>The records in it with their versions, in the order of ids; those that the caller may not know of are left out. Permission <c>versions:read</c>.</summary>
    Task<Outcome<Page<NamedVersionMember>>> MembersAsync(
        string name,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>A record joins with a version that is there already; absent, with the one that stands. Permission <c>versions:write</c>.</summary>
    Task<Outcome<NamedVersionMember>> JoinAsync(
        string name,
        RegistrantId registrant,
        long? version,
        Caller caller,
        CancellationToken cancellationToken
    );

    /// <summary>Freezes it: nothing joins any more, and it is never opened again. Permission <c>versions:write</c>.</summary>
    Task<Outcome<NamedVersionView>> CloseAsync(string name, Caller caller, CancellationToken cancellationToken);

    /// <summary>
    /// What a connected application has learnt: each item is one change within the caller's fields and rows, and the record joins the named
    /// version, which is made when it is missing. Each item has its own outcome. Permission <c>feedback:write</c>.
    /// </summary>
    Task<Outcome<FeedbackResult>> FeedbackAsync(Feedback feedback, Caller caller, CancellationToken cancellationToken);
}

/// <summary>Kinds of named version to begin with; a deployment may have others (<c>Registry:NamedVersionKinds</c>).</summary>
public static class NamedVersionKinds
{
    public const string Survey = "survey";
    public const string Feedback = "feedback";
    public const string Import = "import";
    public const string Manual = "manual";
}

/// <summary>A named version to be made.</summary>
public sealed record NewNamedVersion
{
    /// <summary>1 to 60 lower-case letters, digits, dots, hyphens and underscores, the first a letter; never used again.</summary>
    public required string Name { get; init; }

    /// <summary><see cref="NamedVersionKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whose data it is, such as the office that asks. Up to 200 characters, no personal data.</summary>
    public string? Source { get; init; }

    /// <summary>First day of what it is about.</summary>
    public DateOnly? PeriodFrom { get; init; }

    /// <summary>Last day of what it is about.</summary>
    public DateOnly? PeriodTo { get; init; }
}

/// <summary>Which named versions are wanted.</summary>
public sealed record NamedVersionFilter
{
    public string? Kind { get; init; }

    public string? Source { get; init; }

    /// <summary>Open ones only, or closed ones only; absent: both.</summary>
    public bool? Open { get; init; }
}

/// <summary>A named version.</summary>
public sealed record NamedVersionView
{
    public required string Name { get; init; }

    public required string Kind { get; init; }

    public string? Source { get; init; }

    public DateOnly? PeriodFrom { get; init; }

    public DateOnly? PeriodTo { get; init; }

    /// <summary>Records may still join.</summary>
    public required bool Open { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? ClosedBy { get; init; }

    /// <summary>Records in it, counted up to 10,000; only for callers who may know of every record, and not in lists.</summary>
    public long? Members { get; init; }

    /// <summary>False when there are more than <see cref="Members"/> says.</summary>
    public bool MembersIsExact { get; init; }
}

/// <summary>A record in a named version.</summary>
public sealed record NamedVersionMember(RegistrantId Registrant, long Version, DateTimeOffset JoinedAt);

/// <summary>A feedback.</summary>
public sealed record Feedback
{
    /// <summary>The named version of kind <c>feedback</c>; made when it is missing, with the caller as its source.</summary>
    public required string NamedVersion { get; init; }

    /// <summary>1 to 500.</summary>
    public required IReadOnlyList<FeedbackItem> Items { get; init; }

    /// <summary>The same key with the same content answers as the first time. Up to 100 characters.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>What was learnt about one record.</summary>
public sealed record FeedbackItem
{
    /// <summary>The record; or <see cref="Identifier"/>.</summary>
    public RegistrantId? Registrant { get; init; }

    /// <summary>An identifier that the caller may filter by.</summary>
    public Identifier? Identifier { get; init; }

    /// <summary>Values by field id; JSON null removes. None: the record is confirmed as it stands.</summary>
    public IReadOnlyDictionary<string, JsonElement> Values { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The version the application has seen; absent: whatever stands.</summary>
    public long? ExpectedVersion { get; init; }

    public string? Reason { get; init; }

    public PartialDate? EffectiveOn { get; init; }
}

/// <summary>What became of a feedback: one outcome an item, in the order sent.</summary>
public sealed record FeedbackResult(string NamedVersion, IReadOnlyList<Outcome<FeedbackTaken>> Items);

/// <summary>An item that was taken.</summary>
/// <param name="Changed">False when the values stood so already.</param>
public sealed record FeedbackTaken(RegistrantId Registrant, long Version, bool Changed);
