using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Registrants;

/// <summary>A change of a record's status.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ChangeStatusRequest
{
    /// <summary><c>active</c>, <c>inactive</c>, <c>deceased</c> (individuals) or <c>archived</c>.</summary>
    /// <example>deceased</example>
    [Required, MaxLength(20)]
    public required string Status { get; init; }

    /// <summary>Why, for the history. 1 to 500 characters.</summary>
    [Required, MaxLength(500)]
    public required string Reason { get; init; }

    /// <summary>Since when, today when absent. For <c>deceased</c> the day of death.</summary>
    public DateOnly? On { get; init; }

    internal StatusChange ToChange(long expectedVersion, bool dryRun) =>
        new()
        {
            ExpectedVersion = expectedVersion,
            Status = Status,
            Reason = Reason,
            On = On,
            DryRun = dryRun,
        };
}

/// <summary>Why a record is archived.</summary>
public sealed record ArchiveQuery
{
    /// <summary><c>true</c>: check everything, store nothing.</summary>
    [FromQuery(Name = "dryRun")]
    public bool? DryRun { get; init; }

    /// <summary>A code of lower-case letters and underscores, such as <c>duplicate</c> or <c>entered_in_error</c>: no free text stands in an address.</summary>
    [FromQuery(Name = "reason"), Required, RegularExpression("^[a-z_]{1,40}$")]
    public required string Reason { get; init; }
}
