using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>The two kinds of record.</summary>
public static class RegistrantKinds
{
    public const string Individual = "individual";
    public const string Group = "group";
}

/// <summary>States of a record.</summary>
public static class RegistrantStatuses
{
    public const string Active = "active";

    /// <summary>Not taken into account for now, such as somebody who moved abroad.</summary>
    public const string Inactive = "inactive";

    /// <summary>Individuals only; the record has a date of death when the catalogue has that field.</summary>
    public const string Deceased = "deceased";

    /// <summary>Another record took its place; it no longer changes.</summary>
    public const string Merged = "merged";

    /// <summary>Soft-deleted.</summary>
    public const string Archived = "archived";
}

/// <summary>A record as its reader may see it: fields outside the caller's scope are left out.</summary>
public sealed record RegistrantView
{
    public required RegistrantId Id { get; init; }

    /// <summary><see cref="RegistrantKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>1 for the first version, one more with each change; the <c>ETag</c> of the record.</summary>
    public required long Version { get; init; }

    /// <summary><see cref="RegistrantStatuses"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Since when it has this status; absent as long as it has its first.</summary>
    public DateOnly? StatusOn { get; init; }

    /// <summary>When the record was first stored (UTC).</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>When this version was stored (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Values by field id.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    public IReadOnlyList<Identifier> Identifiers { get; init; } = [];

    /// <summary>Fields and identifier types whose values stand here in a masked form.</summary>
    public IReadOnlyList<string> Masked { get; init; } = [];

    /// <summary>The state of each attestable field that has a value; only when asked for.</summary>
    public IReadOnlyList<AttestationView> Attestations { get; init; } = [];

    /// <summary>For an individual: her groups. For a group: its members. Only when asked for, and the first 200 by the order in which they were stored.</summary>
    public IReadOnlyList<MembershipView> Memberships { get; init; } = [];

    /// <summary>When there are more: the place after which <see cref="IGroups.MembershipsAsync"/> (of a past state <see cref="IVersions.MembersAsync"/>) goes on.</summary>
    public string? MembershipsNext { get; init; }

    /// <summary>Parents, guardians, spouses and relations; only when asked for, and only for callers who may see them.</summary>
    public RelationshipsView? Relationships { get; init; }

    /// <summary>For a group: what is computed from its open members, by the id of the computed field. Only when asked for.</summary>
    public IReadOnlyDictionary<string, JsonElement> Derived { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>With the status <c>merged</c>: the record that stands for this one now.</summary>
    public RegistrantId? MergedInto { get; init; }

    /// <summary>In the answer to a change of status: what somebody has to see to now.</summary>
    public IReadOnlyList<RegistrantWarning> Warnings { get; init; } = [];

    /// <summary>The name under which this partner knows the registrant (HMAC of id and partner); only for callers of kind partner.</summary>
    public string? Pseudonym { get; init; }
}

/// <summary>Something that a change leaves to be seen to.</summary>
/// <param name="Code">Stable: <c>groups.without_living_head</c> when a household needs another head.</param>
/// <param name="Registrant">The record that it is about.</param>
public sealed record RegistrantWarning(string Code, RegistrantId Registrant);

/// <summary>A registrant in a group (DCI <c>Member</c>).</summary>
public sealed record MembershipView
{
    public required RegistrantId GroupId { get; init; }

    public required RegistrantId MemberId { get; init; }

    /// <summary>Codes of the list <c>membership_kind</c>, such as <c>head</c>, <c>recipient</c>, <c>member</c>. Whoever is head is not thereby recipient.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>The first day; absent when nobody knows.</summary>
    public DateOnly? StartedOn { get; init; }

    /// <summary>The first day on which she does not belong any more; absent while the membership is open.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>A code of the list <c>membership_end_reason</c>.</summary>
    public string? EndReason { get; init; }

    /// <summary>Only in the answer to a change: the version of the group after it.</summary>
    public long? GroupVersion { get; init; }
}
