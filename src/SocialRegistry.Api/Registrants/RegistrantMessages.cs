using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Registrants;

/// <summary>A record to be stored.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CreateRegistrantRequest
{
    /// <summary><c>individual</c> or <c>group</c>.</summary>
    /// <example>individual</example>
    [Required]
    public required string Kind { get; init; }

    /// <summary>Values by field id; see <c>GET /api/v1/fields</c>.</summary>
    [Required]
    public required Dictionary<string, JsonElement> Values { get; init; }

    /// <summary>Identifiers of the record; each must be free.</summary>
    [MaxLength(20)]
    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>Identifier types of which the registry gives the record a number of its own, such as <c>SRN</c>.</summary>
    [MaxLength(5)]
    public IReadOnlyList<string> Generate { get; init; } = [];

    /// <summary>Why the record is made, for its history. Up to 500 characters.</summary>
    [MaxLength(500)]
    public string? Reason { get; init; }

    /// <summary>Since when the values hold in life; today when absent.</summary>
    public DateOnly? EffectiveOn { get; init; }

    internal NewRegistrant ToNew(string? idempotencyKey) =>
        new()
        {
            Kind = Kind,
            Values = Values,
            Identifiers = Identifiers,
            Generate = Generate,
            IdempotencyKey = idempotencyKey,
            Reason = Reason,
            EffectiveOn = EffectiveOn,
        };
}

/// <summary>A change of one record.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UpdateRegistrantRequest
{
    /// <summary>Values to change by field id; null removes.</summary>
    public Dictionary<string, JsonElement> Values { get; init; } = [];

    /// <summary>The whole new list of identifiers; absent leaves them.</summary>
    [MaxLength(20)]
    public IReadOnlyList<Identifier>? Identifiers { get; init; }

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    [MaxLength(500)]
    public string? Reason { get; init; }

    /// <summary>Since when the change holds in life; today when absent.</summary>
    public DateOnly? EffectiveOn { get; init; }

    internal RegistrantPatch ToPatch(long expectedVersion) =>
        new()
        {
            ExpectedVersion = expectedVersion,
            Values = Values,
            Identifiers = Identifiers,
            Reason = Reason,
            EffectiveOn = EffectiveOn,
        };
}

/// <summary>How much of a record is wanted.</summary>
public sealed record ReadQuery
{
    /// <summary>A past version by number.</summary>
    [FromQuery(Name = "version"), Range(1, long.MaxValue)]
    public long? Version { get; init; }

    /// <summary>Field ids wanted, separated by commas.</summary>
    [FromQuery(Name = "fields"), MaxLength(2000)]
    public string? Fields { get; init; }

    internal ReadOptions ToOptions() =>
        new()
        {
            Version = Version,
            Fields = Fields?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            Attestations = true,
            Memberships = true,
        };
}

/// <summary>Why a record is archived.</summary>
public sealed record ArchiveQuery
{
    /// <summary>A code of lower-case letters and underscores, such as <c>duplicate</c> or <c>entered_in_error</c>: no free text stands in an address.</summary>
    [FromQuery(Name = "reason"), Required, RegularExpression("^[a-z_]{1,40}$")]
    public required string Reason { get; init; }
}

/// <summary>A search.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SearchRequest
{
    /// <summary>A query tree; this version knows <c>{"identifier":{"type":"UIN","value":"…"}}</c> and refuses every other node.</summary>
    [Required]
    public required JsonElement Query { get; init; }
}

/// <summary>Hits, and where the next page begins (absent on the last).</summary>
public sealed record SearchResponse(IReadOnlyList<RegistrantResponse> Items, string? Next);

/// <summary>A record as the caller may see it.</summary>
public sealed record RegistrantResponse
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required long Version { get; init; }

    public required string Status { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    public required IReadOnlyList<Identifier> Identifiers { get; init; }

    public required IReadOnlyList<AttestationView> Attestations { get; init; }

    public required IReadOnlyList<MembershipResponse> Memberships { get; init; }

    internal static RegistrantResponse From(RegistrantView view) =>
        new()
        {
            Id = view.Id.ToString(),
            Kind = view.Kind,
            Version = view.Version,
            Status = view.Status,
            RegisteredAt = view.RegisteredAt,
            UpdatedAt = view.UpdatedAt,
            Values = view.Values,
            Identifiers = view.Identifiers,
            Attestations = view.Attestations,
            Memberships = [.. view.Memberships.Select(MembershipResponse.From)],
        };
}

/// <summary>A registrant in a group.</summary>
public sealed record MembershipResponse(
    string Group,
    string Member,
    IReadOnlyList<string> Kinds,
    DateOnly? StartedOn,
    DateOnly? EndedOn
)
{
    internal static MembershipResponse From(MembershipView view) =>
        new(view.GroupId.ToString(), view.MemberId.ToString(), view.Kinds, view.StartedOn, view.EndedOn);
}
