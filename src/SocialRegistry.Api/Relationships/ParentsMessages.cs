using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Relationships;

/// <summary>The whole new ParentInfo of a person, under the seed's names. Names are read without case; corrected spellings are taken too.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ParentsRequest
{
    /// <summary>Registrant id, or an identifier <c>{"type","value"}</c>.</summary>
    [JsonPropertyName("Parent1Id")]
    public JsonElement? Parent1Id { get; init; }

    /// <summary>Registrant id, or an identifier <c>{"type","value"}</c>.</summary>
    [JsonPropertyName("Parent2Id")]
    public JsonElement? Parent2Id { get; init; }

    /// <summary>True for parents by adoption; they count as parents.</summary>
    [JsonPropertyName("IsAdopted")]
    public bool? IsAdopted { get; init; }

    /// <summary>The guardian, as the seed spells it: registrant id, or an identifier.</summary>
    [JsonPropertyName("GaurdianId")]
    public JsonElement? GaurdianId { get; init; }

    /// <summary>The same, spelled right.</summary>
    [JsonPropertyName("GuardianId")]
    public JsonElement? GuardianId { get; init; }

    /// <summary>Since when this holds in life, such as the day of the adoption.</summary>
    [JsonPropertyName("Since")]
    public DateOnly? Since { get; init; }

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    [JsonPropertyName("Reason"), MaxLength(500)]
    public string? Reason { get; init; }

    internal Outcome<ParentsChange> ToChange(long expectedRevision, bool dryRun)
    {
        var guardian = Spellings.One(GaurdianId, GuardianId, "GaurdianId");
        if (guardian.Problem is { } twice)
        {
            return twice;
        }

        var first = PersonReferences.Optional(Parent1Id, "Parent1Id");
        var second = PersonReferences.Optional(Parent2Id, "Parent2Id");
        var third = PersonReferences.Optional(guardian.Value, "GaurdianId");
        return (first.Problem ?? second.Problem ?? third.Problem) is { } problem
            ? problem
            : new ParentsChange
            {
                Parent1 = first.Value,
                Parent2 = second.Value,
                IsAdopted = IsAdopted ?? false,
                Guardian = third.Value,
                Since = Since,
                Reason = Reason,
                ExpectedRevision = expectedRevision,
                DryRun = dryRun,
            };
    }
}

/// <summary>The ParentInfo of a person, under the seed's names.</summary>
public sealed record ParentsResponse
{
    /// <summary>Whose parents these are.</summary>
    [JsonPropertyName("PersonId")]
    public required string PersonId { get; init; }

    [JsonPropertyName("Parent1Id"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Parent1Id { get; init; }

    [JsonPropertyName("Parent2Id"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? Parent2Id { get; init; }

    [JsonPropertyName("IsAdopted")]
    public required bool IsAdopted { get; init; }

    /// <summary>The guardian; the seed's spelling.</summary>
    [JsonPropertyName("GaurdianId"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required string? GaurdianId { get; init; }

    /// <summary>Since when this holds in life.</summary>
    [JsonPropertyName("Since")]
    public DateOnly? Since { get; init; }

    /// <summary>When this state was stored (UTC); absent when nothing was ever recorded.</summary>
    [JsonPropertyName("RecordedAt")]
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>The ETag, without its quotes.</summary>
    [JsonPropertyName("Version")]
    public required long Version { get; init; }

    /// <summary><c>true</c> in the answer to a dry run: nothing was stored.</summary>
    [JsonPropertyName("DryRun")]
    public bool? DryRun { get; init; }

    internal static ParentsResponse From(ParentsView view) =>
        new()
        {
            PersonId = view.ChildId.ToString(),
            Parent1Id = view.Parent1Id?.ToString(),
            Parent2Id = view.Parent2Id?.ToString(),
            IsAdopted = view.IsAdopted,
            GaurdianId = view.GuardianId?.ToString(),
            Since = view.Since,
            RecordedAt = view.RecordedAt,
            Version = view.Revision,
        };
}
