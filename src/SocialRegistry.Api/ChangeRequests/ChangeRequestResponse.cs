using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.ChangeRequests;

/// <summary>A change request as its reader may see it.</summary>
public sealed record ChangeRequestResponse
{
    public required string Id { get; init; }

    /// <summary>One more with each step; its <c>ETag</c>.</summary>
    public required long Version { get; init; }

    public required string Type { get; init; }

    public required string State { get; init; }

    /// <summary>Registrant id of the record it is about.</summary>
    public string? Subject { get; init; }

    /// <summary>Fields it changes, and <c>identifiers</c>, <c>memberships</c>, <c>relationships</c>, <c>status</c>.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Such as <c>staff:ana</c>.</summary>
    public required string MadeBy { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public DateOnly? DueOn { get; init; }

    /// <summary>How many agree before it is applied.</summary>
    public required int Stages { get; init; }

    /// <summary>From 1; 0 before its submission.</summary>
    public required int Stage { get; init; }

    public string? ClaimedBy { get; init; }

    public DateTimeOffset? ClaimedUntil { get; init; }

    public required IReadOnlyList<string> ApprovedBy { get; init; }

    /// <summary>Other open requests that were found at its submission.</summary>
    public required IReadOnlyList<ChangeRequestWarningResponse> Warnings { get; init; }

    /// <summary>With the state <c>approved</c>: why it could not be applied.</summary>
    public ChangeRequestFailure? Failure { get; init; }

    /// <summary>Once applied: registrant id of the record that was made.</summary>
    public string? Result { get; init; }

    public DateOnly? EffectiveOn { get; init; }

    public required IReadOnlyList<string> Documents { get; init; }

    /// <summary>What is asked for, without what the caller may not see. Not in lists and answers to steps.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>Fields that are shown masked.</summary>
    public IReadOnlyList<string>? Masked { get; init; }

    /// <summary>Fields that this caller is not shown.</summary>
    public IReadOnlyList<string>? Hidden { get; init; }

    /// <summary>Shown to its maker, and to who is shown every field of it in the clear.</summary>
    public string? Reason { get; init; }

    /// <summary>Every step. Not in lists and answers to steps.</summary>
    public IReadOnlyList<ChangeRequestEntry>? History { get; init; }

    internal static ChangeRequestResponse From(ChangeRequestView view) =>
        new()
        {
            Id = view.Id.ToString(),
            Version = view.Version,
            Type = view.Type,
            State = view.State,
            Subject = view.Subject?.ToString(),
            Fields = view.Fields,
            MadeBy = view.MadeBy,
            MadeAt = view.MadeAt,
            SubmittedAt = view.SubmittedAt,
            DueOn = view.DueOn,
            Stages = view.Stages,
            Stage = view.Stage,
            ClaimedBy = view.ClaimedBy,
            ClaimedUntil = view.ClaimedUntil,
            ApprovedBy = view.ApprovedBy,
            Warnings = [.. view.Warnings.Select(w => new ChangeRequestWarningResponse(w.Code, w.Request.ToString()))],
            Failure = view.Failure is { } problem
                ? new ChangeRequestFailure(problem.Code, problem.Detail, problem.Fields)
                : null,
            Result = view.Result?.ToString(),
            EffectiveOn = view.EffectiveOn,
            Documents = [.. view.Documents.Select(d => d.ToString())],
            Payload = view.Payload,
            Masked = view.Masked.Count == 0 ? null : view.Masked,
            Hidden = view.Hidden.Count == 0 ? null : view.Hidden,
            Reason = view.Reason,
            History = view.History.Count == 0 ? null : view.History,
        };
}

/// <summary>Another request that meets this one.</summary>
/// <param name="Code"><c>same_field</c>, <c>same_group</c> or <c>same_record</c>.</param>
/// <param name="Request">Its id.</param>
public sealed record ChangeRequestWarningResponse(string Code, string Request);

/// <summary>Why a request could not be applied.</summary>
/// <param name="Code">Stable, such as <c>change_requests.stale</c>.</param>
/// <param name="Detail">A sentence.</param>
/// <param name="Fields">What is wrong per field.</param>
public sealed record ChangeRequestFailure(string Code, string Detail, IReadOnlyList<FieldProblem> Fields);
