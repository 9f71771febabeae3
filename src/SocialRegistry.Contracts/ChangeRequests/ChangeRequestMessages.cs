using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>A change request to be made.</summary>
public sealed record NewChangeRequest
{
    /// <summary><see cref="ChangeRequestTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>The record it is about; absent for a new registrant.</summary>
    public RegistrantId? Subject { get; init; }

    /// <summary>A JSON object whose members depend on the type; unknown ones are refused. Persons and groups are named by their ids.</summary>
    public required JsonElement Payload { get; init; }

    /// <summary>Why. 1 to 500 characters, one line.</summary>
    public required string Reason { get; init; }

    /// <summary>Since when it holds in life; the day of the application when absent.</summary>
    public DateOnly? EffectiveOn { get; init; }

    /// <summary>Until when it is to be decided; counted from the submission when absent.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Documents of the records concerned that show it to be true. Up to 20.</summary>
    public IReadOnlyList<DocumentId> Documents { get; init; } = [];

    /// <summary>False: it stays a draft.</summary>
    public bool Submit { get; init; }

    /// <summary>The same key with the same content answers with the request made the first time; other content is a conflict. Up to 100 characters.</summary>
    public string? IdempotencyKey { get; init; }
}

/// <summary>What a draft is to say instead; what is absent stays.</summary>
public sealed record ChangeRequestEdit
{
    /// <summary>The version that was seen.</summary>
    public required long ExpectedVersion { get; init; }

    public JsonElement? Payload { get; init; }

    public string? Reason { get; init; }

    public DateOnly? EffectiveOn { get; init; }

    public DateOnly? DueOn { get; init; }

    public IReadOnlyList<DocumentId>? Documents { get; init; }
}

/// <summary>A step.</summary>
public sealed record ChangeRequestStep
{
    /// <summary><see cref="ChangeRequestActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>For the history. Needed by <c>reject</c> and <c>comment</c>. Up to 2,000 characters.</summary>
    public string? Comment { get; init; }

    /// <summary>The version that was seen: another one is refused. Absent: whichever stands.</summary>
    public long? ExpectedVersion { get; init; }
}

/// <summary>Which requests are wanted; what is absent does not narrow.</summary>
public sealed record ChangeRequestQuery
{
    public IReadOnlyList<string> States { get; init; } = [];

    public string? Type { get; init; }

    /// <summary>Requests that concern this record in any part.</summary>
    public RegistrantId? Subject { get; init; }

    /// <summary>Those about records in this area or below. The caller needs <c>area</c> among its filters.</summary>
    public string? Area { get; init; }

    /// <summary>Only those the caller made.</summary>
    public bool Mine { get; init; }

    /// <summary>True: those a reviewer holds just now; false: those nobody holds.</summary>
    public bool? Claimed { get; init; }

    /// <summary>Only open ones whose day has passed.</summary>
    public bool Overdue { get; init; }
}

/// <summary>A change request as its reader may see it.</summary>
public sealed record ChangeRequestView
{
    public required ChangeRequestId Id { get; init; }

    /// <summary>One more with each step; its <c>ETag</c>.</summary>
    public required long Version { get; init; }

    public required string Type { get; init; }

    public required string State { get; init; }

    public RegistrantId? Subject { get; init; }

    /// <summary>Fields it changes, and <c>identifiers</c>, <c>memberships</c>, <c>relationships</c>, <c>status</c>.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Who made it, as <c>staff:ana</c>.</summary>
    public required string MadeBy { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public DateOnly? DueOn { get; init; }

    /// <summary>How many agree before it is applied: 1 or 2.</summary>
    public required int Stages { get; init; }

    /// <summary>The stage it is in, from 1; 0 before its submission.</summary>
    public required int Stage { get; init; }

    public string? ClaimedBy { get; init; }

    public DateTimeOffset? ClaimedUntil { get; init; }

    public IReadOnlyList<string> ApprovedBy { get; init; } = [];

    /// <summary>Other open requests that were found at its submission, where the rules warn.</summary>
    public IReadOnlyList<ChangeRequestWarning> Warnings { get; init; } = [];

    /// <summary>Why it could not be applied.</summary>
    public Problem? Failure { get; init; }

    /// <summary>Once applied: the record that was made.</summary>
    public RegistrantId? Result { get; init; }

    public DateOnly? EffectiveOn { get; init; }

    public IReadOnlyList<DocumentId> Documents { get; init; } = [];

    /// <summary>What is asked for, without what the caller may not see. Absent in lists and answers to steps.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>Fields of <see cref="Payload"/> that are shown masked.</summary>
    public IReadOnlyList<string> Masked { get; init; } = [];

    /// <summary>Fields of <see cref="Fields"/> that this caller is not shown.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>Free text: shown to its maker, and to who is shown every field of the request in the clear.</summary>
    public string? Reason { get; init; }

    /// <summary>Every step, the first first. Absent in lists and answers to steps.</summary>
    public IReadOnlyList<ChangeRequestEntry> History { get; init; } = [];
}

/// <summary>Another request that meets this one.</summary>
/// <param name="Code"><c>same_field</c>, <c>same_group</c> or <c>same_record</c>.</param>
/// <param name="Request">The other one.</param>
public sealed record ChangeRequestWarning(string Code, ChangeRequestId Request);

/// <summary>One step of a request's history.</summary>
public sealed record ChangeRequestEntry
{
    public required DateTimeOffset At { get; init; }

    /// <summary>As <c>staff:ana</c>.</summary>
    public required string By { get; init; }

    /// <summary><see cref="ChangeRequestActions"/>, <c>create</c>, <c>update</c>, <c>applied</c> or <c>failed</c>.</summary>
    public required string Action { get; init; }

    public required int Stage { get; init; }

    /// <summary>Code of the problem of a step <c>failed</c>.</summary>
    public string? Code { get; init; }

    /// <summary>Shown on the terms of <see cref="ChangeRequestView.Reason"/>.</summary>
    public string? Comment { get; init; }
}
