using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Relationships;

/// <summary>A couple, under the seed's names. Names are read without case; corrected spellings are taken too.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SpouseRequest
{
    /// <summary>Registrant id, or an identifier <c>{"type","value"}</c>.</summary>
    [JsonPropertyName("Person1Id")]
    public required JsonElement Person1Id { get; init; }

    /// <summary>Registrant id, or an identifier <c>{"type","value"}</c>.</summary>
    [JsonPropertyName("Person2Id")]
    public required JsonElement Person2Id { get; init; }

    /// <summary>False, the default, for a couple that is not married. It stays true after a separation.</summary>
    [JsonPropertyName("IsMarried")]
    public bool? IsMarried { get; init; }

    [JsonPropertyName("MarriedOn")]
    public DateOnly? MarriedOn { get; init; }

    /// <summary>The seed's spelling.</summary>
    [JsonPropertyName("IsSeperated")]
    public bool? IsSeperated { get; init; }

    /// <summary>The same, spelled right.</summary>
    [JsonPropertyName("IsSeparated")]
    public bool? IsSeparated { get; init; }

    /// <summary>The seed's spelling.</summary>
    [JsonPropertyName("SeperatedOn")]
    public DateOnly? SeperatedOn { get; init; }

    /// <summary>The same, spelled right.</summary>
    [JsonPropertyName("SeparatedOn")]
    public DateOnly? SeparatedOn { get; init; }

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    [JsonPropertyName("Reason"), MaxLength(500)]
    public string? Reason { get; init; }

    internal Outcome<SpouseChange> ToChange(long expectedRevision, bool dryRun)
    {
        var separated = Spellings.One(IsSeperated, IsSeparated, "IsSeperated");
        var separatedOn = Spellings.One(SeperatedOn, SeparatedOn, "SeperatedOn");
        var first = PersonReferences.Required(Person1Id, "Person1Id");
        var second = PersonReferences.Required(Person2Id, "Person2Id");
        return (separated.Problem ?? separatedOn.Problem ?? first.Problem ?? second.Problem) is { } problem
            ? problem
            : new SpouseChange
            {
                Person1 = first.Value!,
                Person2 = second.Value!,
                IsMarried = IsMarried ?? false,
                MarriedOn = MarriedOn,
                IsSeparated = separated.Value ?? false,
                SeparatedOn = separatedOn.Value,
                Reason = Reason,
                ExpectedRevision = expectedRevision,
                DryRun = dryRun,
            };
    }
}

/// <summary>A couple, under the seed's names.</summary>
public sealed record SpouseResponse
{
    /// <summary>Names the record.</summary>
    [JsonPropertyName("Id")]
    public required string Id { get; init; }

    /// <summary>As it was entered.</summary>
    [JsonPropertyName("Person1Id")]
    public required string Person1Id { get; init; }

    [JsonPropertyName("Person2Id")]
    public required string Person2Id { get; init; }

    [JsonPropertyName("IsMarried")]
    public required bool IsMarried { get; init; }

    [JsonPropertyName("MarriedOn"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required DateOnly? MarriedOn { get; init; }

    /// <summary>The seed's spelling.</summary>
    [JsonPropertyName("IsSeperated")]
    public required bool IsSeperated { get; init; }

    /// <summary>The seed's spelling.</summary>
    [JsonPropertyName("SeperatedOn"), JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required DateOnly? SeperatedOn { get; init; }

    /// <summary>When this state was stored (UTC).</summary>
    [JsonPropertyName("RecordedAt")]
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Only after a change: codes of rules that were met but, by configuration, do not refuse.</summary>
    [JsonPropertyName("Warnings")]
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>The ETag, without its quotes.</summary>
    [JsonPropertyName("Version")]
    public required long Version { get; init; }

    /// <summary><c>true</c> in the answer to a dry run: nothing was stored.</summary>
    [JsonPropertyName("DryRun")]
    public bool? DryRun { get; init; }

    internal static SpouseResponse From(SpouseView view) =>
        new()
        {
            Id = view.Id.ToString(),
            Person1Id = view.Person1Id.ToString(),
            Person2Id = view.Person2Id.ToString(),
            IsMarried = view.IsMarried,
            MarriedOn = view.MarriedOn,
            IsSeperated = view.IsSeparated,
            SeperatedOn = view.SeparatedOn,
            RecordedAt = view.RecordedAt,
            Version = view.Revision,
            Warnings = view.Warnings.Count == 0 ? null : view.Warnings,
        };
}
