using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.ChangeRequests;

/// <summary>A change request to be made.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateChangeRequestRequest
{
    /// <summary><c>edit_fields</c>, <c>add_member</c>, <c>remove_member</c>, <c>move_member</c>, <c>split_household</c>, <c>merge_households</c>, <c>change_head</c>, <c>relationship</c>, <c>new_registrant</c> or <c>exit</c>.</summary>
    /// <example>edit_fields</example>
    [Required, MaxLength(40)]
    public required string Type { get; init; }

    /// <summary>Registrant id of the person or group it is about; absent for <c>new_registrant</c>.</summary>
    [MaxLength(36)]
    public string? Subject { get; init; }

    /// <summary>What is asked for; its members depend on the type.</summary>
    public required JsonElement Payload { get; init; }

    /// <summary>Why. 1 to 500 characters, one line.</summary>
    [Required, MaxLength(500)]
    public required string Reason { get; init; }

    /// <summary>Since when it holds in life; the day of the application when absent.</summary>
    public DateOnly? EffectiveOn { get; init; }

    /// <summary>Until when it is to be decided; counted from the submission when absent.</summary>
    public DateOnly? DueOn { get; init; }

    /// <summary>Ids of documents of the records concerned.</summary>
    [MaxLength(20)]
    public IReadOnlyList<string> Documents { get; init; } = [];

    /// <summary>False: it stays a draft.</summary>
    public bool Submit { get; init; }

    internal Outcome<NewChangeRequest> ToNew(string? idempotencyKey)
    {
        RegistrantId? subject = null;
        if (Subject is not null)
        {
            if (!RegistrantId.TryParse(Subject, out var id))
            {
                return ChangeRequestIds.Unreadable("subject", "a registrant id");
            }

            subject = id;
        }

        return ChangeRequestIds
            .Documents(Documents)
            .Map(documents => new NewChangeRequest
            {
                Type = Type,
                Subject = subject,
                Payload = Payload,
                Reason = Reason,
                EffectiveOn = EffectiveOn,
                DueOn = DueOn,
                Documents = documents,
                Submit = Submit,
                IdempotencyKey = idempotencyKey,
            });
    }
}

/// <summary>What a draft says instead; what is absent stays.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UpdateChangeRequestRequest
{
    /// <summary>The whole new payload.</summary>
    public JsonElement? Payload { get; init; }

    [MaxLength(500)]
    public string? Reason { get; init; }

    public DateOnly? EffectiveOn { get; init; }

    public DateOnly? DueOn { get; init; }

    /// <summary>The whole new list.</summary>
    [MaxLength(20)]
    public IReadOnlyList<string>? Documents { get; init; }

    internal Outcome<ChangeRequestEdit> ToEdit(long expectedVersion) =>
        ChangeRequestIds
            .Documents(Documents ?? [])
            .Map(documents => new ChangeRequestEdit
            {
                ExpectedVersion = expectedVersion,
                Payload = Payload,
                Reason = Reason,
                EffectiveOn = EffectiveOn,
                DueOn = DueOn,
                Documents = Documents is null ? null : documents,
            });
}

/// <summary>Beside a step.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StepRequest
{
    /// <summary>For the history; needed to reject.</summary>
    [MaxLength(2000)]
    public string? Comment { get; init; }
}

/// <summary>A remark.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CommentRequest
{
    [Required, MaxLength(2000)]
    public required string Comment { get; init; }
}

/// <summary>Which requests are wanted.</summary>
public sealed record ChangeRequestFilters
{
    /// <summary>States separated by commas: <c>draft</c>, <c>submitted</c>, <c>in_review</c>, <c>approved</c>, <c>rejected</c>, <c>withdrawn</c>, <c>applied</c>.</summary>
    [FromQuery(Name = "state"), MaxLength(100)]
    public string? State { get; init; }

    [FromQuery(Name = "type"), MaxLength(40)]
    public string? Type { get; init; }

    /// <summary>Registrant id of a record that the request concerns in any part.</summary>
    [FromQuery(Name = "subject"), MaxLength(36)]
    public string? Subject { get; init; }

    /// <summary>An area's code: the area and those below it.</summary>
    [FromQuery(Name = "area"), MaxLength(60)]
    public string? Area { get; init; }

    /// <summary>True: one's own.</summary>
    [FromQuery(Name = "mine")]
    public bool? Mine { get; init; }

    /// <summary>True: those held by a reviewer; false: those free to be claimed.</summary>
    [FromQuery(Name = "claimed")]
    public bool? Claimed { get; init; }

    /// <summary>True: open ones whose day has passed.</summary>
    [FromQuery(Name = "overdue")]
    public bool? Overdue { get; init; }

    internal Outcome<ChangeRequestQuery> ToQuery()
    {
        RegistrantId? subject = null;
        if (Subject is not null)
        {
            if (!RegistrantId.TryParse(Subject, out var id))
            {
                return ChangeRequestIds.Unreadable("subject", "a registrant id");
            }

            subject = id;
        }

        return new ChangeRequestQuery
        {
            States = Requests.Fields(State) ?? [],
            Type = Type,
            Subject = subject,
            Area = Area,
            Mine = Mine ?? false,
            Claimed = Claimed,
            Overdue = Overdue ?? false,
        };
    }
}

internal static class ChangeRequestIds
{
    public static Outcome<List<DocumentId>> Documents(IReadOnlyList<string> texts)
    {
        var documents = new List<DocumentId>(texts.Count);
        foreach (var (index, text) in texts.Index())
        {
            if (!DocumentId.TryParse(text, out var id))
            {
                return Unreadable($"documents[{index}]", "a document id");
            }

            documents.Add(id);
        }

        return documents;
    }

    public static Problem Unreadable(string path, string what) =>
        Problem.Invalid(
            "change_requests.invalid",
            "Some of the request is not as it has to be.",
            new FieldProblem(path, "type", $"Send {what}: a UUID of 36 characters.")
        );
}
