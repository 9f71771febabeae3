using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Api.Relationships;
using SocialRegistry.Api.Versions;
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

    /// <summary>Since when the values hold in life, as exact as it is known: a day, a month or a year. Today when absent.</summary>
    public PartialDate? EffectiveOn { get; init; }

    /// <summary>An open named version that the record joins; needs the permission <c>versions:write</c>.</summary>
    [MaxLength(60)]
    public string? NamedVersion { get; init; }

    internal NewRegistrant ToNew(string? idempotencyKey, bool dryRun) =>
        new()
        {
            Kind = Kind,
            Values = Values,
            Identifiers = Identifiers,
            Generate = Generate,
            IdempotencyKey = idempotencyKey,
            DryRun = dryRun,
            Reason = Reason,
            EffectiveOn = EffectiveOn,
            NamedVersion = NamedVersion,
        };
}

/// <summary>A change of one record, as a JSON Merge Patch (RFC 7396) of its values.</summary>
public sealed record UpdateRegistrantRequest
{
    /// <summary>Members of a record that change in other ways or never.</summary>
    private static readonly string[] Protected =
    [
        "id",
        "kind",
        "version",
        "status",
        "statusOn",
        "registeredAt",
        "updatedAt",
        "attestations",
        "memberships",
        "relationships",
        "pseudonym",
        "warnings",
        "dryRun",
    ];

    /// <summary>Members that are none of ours: refused by name.</summary>
    [JsonExtensionData, JsonInclude]
    internal Dictionary<string, JsonElement>? Others { get; init; }

    /// <summary>Values to change by field id; null removes.</summary>
    public Dictionary<string, JsonElement> Values { get; init; } = [];

    /// <summary>The whole new list of identifiers; absent leaves them.</summary>
    [MaxLength(20)]
    public IReadOnlyList<Identifier>? Identifiers { get; init; }

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    [MaxLength(500)]
    public string? Reason { get; init; }

    /// <summary>Since when the change holds in life, as exact as it is known: a day, a month or a year. Today when absent.</summary>
    public PartialDate? EffectiveOn { get; init; }

    /// <summary>An open named version that the record joins, changed or not; needs the permission <c>versions:write</c>.</summary>
    [MaxLength(60)]
    public string? NamedVersion { get; init; }

    /// <summary>The problem of a patch that reaches for what it may not change.</summary>
    internal Problem? Refusal() =>
        Others is not { Count: > 0 }
            ? null
            : Problem.Invalid(
                "registrants.patch_protected",
                "A patch changes 'values' and 'identifiers', and names 'reason', 'effectiveOn' and 'namedVersion'.",
                [
                    .. Others
                        .Keys.Take(20)
                        .Select(name =>
                            Protected.Contains(name, StringComparer.OrdinalIgnoreCase)
                                ? new FieldProblem(name, "protected", "This member is not changed by a patch.")
                                : new FieldProblem(Requests.Printable(name), "unknown", "There is no such member.")
                        ),
                ]
            );

    internal RegistrantPatch ToPatch(long expectedVersion, bool dryRun) =>
        new()
        {
            ExpectedVersion = expectedVersion,
            DryRun = dryRun,
            Values = Values,
            Identifiers = Identifiers,
            Reason = Reason,
            EffectiveOn = EffectiveOn,
            NamedVersion = NamedVersion,
        };
}

/// <summary>How much of a record is wanted.</summary>
public sealed record ReadQuery
{
    /// <summary>A past version: its number, or the named version that the record is in.</summary>
    [FromQuery(Name = "version"), RegularExpression(Moments.VersionPattern)]
    public string? Version { get; init; }

    /// <summary>The record as the register knew it at this moment (recorded time): ISO 8601 with <c>Z</c> or an offset.</summary>
    [FromQuery(Name = "asOf"), MaxLength(40)]
    public string? AsOf { get; init; }

    /// <summary>The record as it was in life on this day (<c>YYYY-MM-DD</c>), by what the register knows now, or knew at <c>asOf</c>.</summary>
    [FromQuery(Name = "effective"), MaxLength(10)]
    public string? Effective { get; init; }

    /// <summary>
    /// What is wanted, separated by commas: field ids, <c>identifiers</c> or types of them, <c>attestations</c>, <c>memberships</c>,
    /// <c>relationships</c>. Nothing else is in the answer then; without it there is all that the caller may see.
    /// </summary>
    [FromQuery(Name = "fields"), MaxLength(2000)]
    public string? Fields { get; init; }

    internal Outcome<ReadOptions> ToOptions()
    {
        var fields = Requests.Fields(Fields);
        var past = Moments.Read(Version, AsOf, Effective);
        return past.Map(then =>
            (then with { Attestations = true, Memberships = true, Derived = true, Relationships = true }).Sections(
                fields
            )
        );
    }
}

/// <summary>A record as the caller may see it.</summary>
public sealed record RegistrantResponse
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required long Version { get; init; }

    /// <summary><c>active</c>, <c>inactive</c>, <c>deceased</c>, <c>merged</c> or <c>archived</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Since when; absent as long as the record has its first status.</summary>
    public DateOnly? StatusOn { get; init; }

    /// <summary><c>true</c> in the answer to a dry run: nothing was stored, and an id of a new record is made up.</summary>
    public bool? DryRun { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    public required IReadOnlyList<Identifier> Identifiers { get; init; }

    /// <summary>Fields and identifier types whose values stand here in a masked form; absent when none does.</summary>
    public IReadOnlyList<string>? Masked { get; init; }

    public required IReadOnlyList<AttestationView> Attestations { get; init; }

    /// <summary>The open memberships, 200 at most; past ones are at <c>/registrants/{id}/memberships</c>.</summary>
    public required IReadOnlyList<MembershipResponse> Memberships { get; init; }

    /// <summary>When there are more: the value of <c>after</c> with which <c>/groups/{id}/members</c> goes on (of a past state <c>/registrants/{id}/members</c>).</summary>
    public string? MembershipsNext { get; init; }

    /// <summary>Of a group: what is computed from its open members as of today, by field id. Nobody can set it.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Derived { get; init; }

    /// <summary>With the status <c>merged</c>: the record that stands for this one now.</summary>
    public string? MergedInto { get; init; }

    /// <summary>In the answer to a change of status: what somebody has to see to now; absent when nothing is.</summary>
    public IReadOnlyList<WarningResponse>? Warnings { get; init; }

    /// <summary>Parents, guardians, spouses and relations, in answers about one record, for callers who may see them.</summary>
    public RelationshipsResponse? Relationships { get; init; }

    /// <summary>The years she can be born in, from her stated age; absent when her date of birth or no age is known. An estimate, no date of birth.</summary>
    public EstimatedBirthYear? EstimatedBirthYear { get; init; }

    internal static RegistrantResponse From(RegistrantView view) =>
        new()
        {
            Id = view.Id.ToString(),
            Kind = view.Kind,
            Version = view.Version,
            Status = view.Status,
            StatusOn = view.StatusOn,
            RegisteredAt = view.RegisteredAt,
            UpdatedAt = view.UpdatedAt,
            Values = view.Values,
            Identifiers = view.Identifiers,
            Masked = view.Masked.Count == 0 ? null : view.Masked,
            Attestations = view.Attestations,
            Memberships = [.. view.Memberships.Select(MembershipResponse.From)],
            MembershipsNext = view.MembershipsNext,
            Derived = view.Derived,
            MergedInto = view.MergedInto?.ToString(),
            Warnings = view.Warnings.Count == 0 ? null : [.. view.Warnings.Select(WarningResponse.From)],
            Relationships = view.Relationships is { } relationships ? RelationshipsResponse.From(relationships) : null,
            EstimatedBirthYear =
                !view.Values.ContainsKey("birth_date")
                && view.Values.TryGetValue(Contracts.EstimatedBirthYear.StatedAge, out var age)
                    ? Contracts.EstimatedBirthYear.FromValue(age)
                    : null,
        };
}

/// <summary>Something that a change leaves to be seen to.</summary>
/// <param name="Code">Stable: <c>groups.without_living_head</c> when a household needs another head.</param>
/// <param name="Registrant">The id of the record that it is about.</param>
public sealed record WarningResponse(string Code, string Registrant)
{
    internal static WarningResponse From(RegistrantWarning warning) => new(warning.Code, warning.Registrant.ToString());
}

/// <summary>A registrant in a group.</summary>
/// <param name="Group">The group's registrant id.</param>
/// <param name="Member">The person's registrant id.</param>
/// <param name="Kinds">Codes of the list <c>membership_kind</c>.</param>
/// <param name="StartedOn">The first day; absent when nobody knows.</param>
/// <param name="EndedOn">The first day after it; absent while the membership is open.</param>
/// <param name="EndReason">A code of the list <c>membership_end_reason</c>.</param>
public sealed record MembershipResponse(
    string Group,
    string Member,
    IReadOnlyList<string> Kinds,
    DateOnly? StartedOn,
    DateOnly? EndedOn,
    string? EndReason
)
{
    internal static MembershipResponse From(MembershipView view) =>
        new(
            view.GroupId.ToString(),
            view.MemberId.ToString(),
            view.Kinds,
            view.StartedOn,
            view.EndedOn,
            view.EndReason
        );
}
