using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Versions;

/// <summary>What an application has learnt about persons on the register.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FeedbackRequest
{
    /// <summary>A named version of the kind <c>feedback</c>; made when it is missing.</summary>
    /// <example>cash-transfer-2026-06</example>
    public required string NamedVersion { get; init; }

    /// <summary>1 to 500.</summary>
    public required IReadOnlyList<FeedbackItemRequest> Items { get; init; }

    internal Outcome<Feedback> ToFeedback(string? idempotencyKey)
    {
        var problems = new List<FieldProblem>();
        var items = new List<FeedbackItem>(Items?.Count ?? 0);
        foreach (var (index, item) in (Items ?? []).Index())
        {
            RegistrantId? registrant = null;
            if (item?.Registrant is { } text)
            {
                // An id that cannot be is one that there is not: the item is refused, the others go on.
                registrant = RegistrantId.TryParse(text, out var id) ? id : new RegistrantId(Guid.Empty);
            }

            if (item?.Values is null)
            {
                problems.Add(
                    new FieldProblem($"items[{index}].values", "required", "Send an object, empty to confirm.")
                );
                continue;
            }

            items.Add(
                new FeedbackItem
                {
                    Registrant = registrant,
                    Identifier = item.Identifier,
                    Values = item.Values,
                    ExpectedVersion = item.Version,
                    Reason = item.Reason,
                    EffectiveOn = item.EffectiveOn,
                }
            );
        }

        return problems.Count > 0
            ? Problem.Invalid(
                "feedback.invalid",
                "The feedback cannot be taken as it was sent.",
                problems.Take(50).ToList()
            )
            : new Feedback
            {
                NamedVersion = NamedVersion ?? "",
                Items = items,
                IdempotencyKey = idempotencyKey,
            };
    }
}

/// <summary>What was learnt about one record.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FeedbackItemRequest
{
    /// <summary>The record's id; or <c>identifier</c>.</summary>
    public string? Registrant { get; init; }

    /// <summary>An identifier that the application may filter by; or <c>registrant</c>.</summary>
    public Identifier? Identifier { get; init; }

    /// <summary>Values by field id; null removes. Empty: the record is confirmed as it stands.</summary>
    public required Dictionary<string, JsonElement> Values { get; init; }

    /// <summary>The version the application has seen; absent: whatever stands.</summary>
    public long? Version { get; init; }

    /// <summary>Up to 500 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>Since when it holds in life: a day, a month or a year.</summary>
    public PartialDate? EffectiveOn { get; init; }
}

/// <summary>What became of a feedback.</summary>
/// <param name="NamedVersion">In which the records that were taken are now.</param>
/// <param name="Taken">Items that were taken.</param>
/// <param name="Refused">Items that were not.</param>
/// <param name="Items">One an item, in the order sent.</param>
public sealed record FeedbackResponse(
    string NamedVersion,
    int Taken,
    int Refused,
    IReadOnlyList<FeedbackItemResponse> Items
)
{
    internal static FeedbackResponse Of(FeedbackResult result) =>
        new(
            result.NamedVersion,
            result.Items.Count(i => i.Succeeded),
            result.Items.Count(i => !i.Succeeded),
            [.. result.Items.Select(FeedbackItemResponse.Of)]
        );
}

/// <summary>What became of one item.</summary>
/// <param name="Outcome"><c>changed</c>, <c>unchanged</c> (the values stood so already; the record joined all the same) or <c>refused</c>.</param>
/// <param name="Registrant">The record; absent when refused.</param>
/// <param name="Version">The version with which it joined; absent when refused.</param>
/// <param name="Problem">Why it was refused.</param>
public sealed record FeedbackItemResponse(string Outcome, string? Registrant, long? Version, ProblemDetails? Problem)
{
    internal static FeedbackItemResponse Of(Outcome<FeedbackTaken> outcome) =>
        outcome.Succeeded
            ? new(
                outcome.Value.Changed ? "changed" : "unchanged",
                outcome.Value.Registrant.ToString(),
                outcome.Value.Version,
                null
            )
            : new("refused", null, null, outcome.Problem.ToHttp().ProblemDetails);
}
