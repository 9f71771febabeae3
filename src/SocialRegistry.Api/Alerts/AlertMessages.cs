using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Alerts;

/// <summary>What is to be read past one's rights, and why.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record BreakGlassRequest
{
    /// <summary>Why, for those who look at the alert. 1 to 500 characters, one line; stored protected.</summary>
    /// <example>Found unconscious at the clinic; next of kin and chronic illness needed.</example>
    [Required, MaxLength(500)]
    public required string Reason { get; init; }

    /// <summary>1 to 200 fields and identifier types, or <c>identifiers</c>; absent means all values and identifiers.</summary>
    [MinLength(1), MaxLength(200)]
    public IReadOnlyList<string>? Fields { get; init; }
}

/// <summary>What came of looking at an alert.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReviewAlertRequest
{
    /// <summary>1 to 500 characters, one line; stored protected.</summary>
    /// <example>Called the clinic: the emergency is confirmed.</example>
    [Required, MaxLength(500)]
    public required string Note { get; init; }
}

/// <summary>Which alerts are wanted.</summary>
public sealed record AlertQuery
{
    /// <summary><c>open</c> or <c>reviewed</c>; both when absent.</summary>
    [FromQuery(Name = "state"), MaxLength(20)]
    public string? State { get; init; }

    /// <summary><c>break-glass</c>, <c>break-glass-volume</c> or <c>unusual-reading</c>; all when absent.</summary>
    [FromQuery(Name = "kind"), MaxLength(40)]
    public string? Kind { get; init; }

    /// <summary>Items a page, 1 to 500; 50 when absent.</summary>
    [FromQuery(Name = "size"), Range(1, 500)]
    public int? Size { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    [FromQuery(Name = "after"), MaxLength(200)]
    public string? After { get; init; }

    internal AlertFilter ToFilter() => new() { State = State, Kind = Kind };

    internal PageRequest ToPageRequest() => new(Size ?? 50, After);
}

/// <summary>A reading that somebody else has to look at.</summary>
public sealed record AlertResponse
{
    public required string Id { get; init; }

    /// <summary><c>break-glass</c>, <c>break-glass-volume</c> or <c>unusual-reading</c>.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>staff</c> or <c>partner</c>.</summary>
    public required string ReaderKind { get; init; }

    /// <summary>Who read: the user, or the partner's client id.</summary>
    public required string Reader { get; init; }

    public string? RequestId { get; init; }

    /// <summary>Of <c>break-glass</c>: the record that was read.</summary>
    public string? Registrant { get; init; }

    /// <summary>Of <c>break-glass</c>: what was shown.</summary>
    public required IReadOnlyList<string> Fields { get; init; }

    /// <summary>Of <c>break-glass</c>: why, as the reader said; absent once the record is erased.</summary>
    public string? Reason { get; init; }

    /// <summary>Of the others: how many records had been read when it was noticed.</summary>
    public int? Records { get; init; }

    /// <summary>Of the others: begin of the time in which they were read.</summary>
    public DateTimeOffset? WindowStart { get; init; }

    /// <summary><c>open</c> or <c>reviewed</c>.</summary>
    public required string State { get; init; }

    public string? ReviewedBy { get; init; }

    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>What came of it; absent once the record is erased.</summary>
    public string? Note { get; init; }

    internal static AlertResponse From(AlertView view) =>
        new()
        {
            Id = view.Id.ToString(),
            Kind = view.Kind,
            At = view.At,
            ReaderKind = view.ReaderKind,
            Reader = view.Reader,
            RequestId = view.RequestId,
            Registrant = view.Registrant?.ToString(),
            Fields = view.Fields,
            Reason = view.Reason,
            Records = view.Records,
            WindowStart = view.WindowStart,
            State = view.State,
            ReviewedBy = view.ReviewedBy,
            ReviewedAt = view.ReviewedAt,
            Note = view.Note,
        };
}
