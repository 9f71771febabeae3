using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Relationships;

/// <summary>A relation to be added.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AddRelationRequest
{
    /// <summary>Code or inverse of a relation type.</summary>
    /// <example>caregiver</example>
    [Required, MaxLength(40)]
    public required string Type { get; init; }

    /// <summary>The other end: registrant id, or an identifier <c>{"type","value"}</c>.</summary>
    public required JsonElement To { get; init; }

    public DateOnly? StartedOn { get; init; }

    public DateOnly? EndedOn { get; init; }

    /// <summary>Why, for the history. Up to 500 characters.</summary>
    [MaxLength(500)]
    public string? Reason { get; init; }

    internal Outcome<NewRelation> ToNew(AddConditions conditions) =>
        PersonReferences
            .Required(To, "to")
            .Map(to => new NewRelation
            {
                Type = Type,
                To = to,
                StartedOn = StartedOn,
                EndedOn = EndedOn,
                Reason = Reason,
                IdempotencyKey = conditions.IdempotencyKey,
                DryRun = conditions.IsDryRun,
            });
}

/// <summary>The end of a relation.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EndRelationRequest
{
    /// <summary>The day from which it holds no more.</summary>
    public required DateOnly EndedOn { get; init; }
}

/// <summary>A relation, seen from one of its ends.</summary>
/// <param name="Type">Code of the type, or its inverse when seen from the other end.</param>
/// <param name="From">The end from which it is seen.</param>
/// <param name="RecordedAt">When this state was stored (UTC).</param>
/// <param name="Version">The ETag, without its quotes.</param>
/// <param name="DryRun"><c>true</c> in the answer to a dry run: nothing was stored, and an id of a new relation is made up.</param>
public sealed record RelationResponse(
    string Id,
    string Type,
    string From,
    string To,
    DateOnly? StartedOn,
    DateOnly? EndedOn,
    DateTimeOffset RecordedAt,
    long Version,
    bool? DryRun = null
)
{
    internal static RelationResponse Of(RelationView view) =>
        new(
            view.Id.ToString(),
            view.Type,
            view.FromId.ToString(),
            view.ToId.ToString(),
            view.StartedOn,
            view.EndedOn,
            view.RecordedAt,
            view.Revision
        );
}

/// <summary>The recorded relationships of one record.</summary>
public sealed record RelationshipsResponse
{
    /// <summary>Parents and guardian; absent when nothing is recorded.</summary>
    public ParentsResponse? Parents { get; init; }

    /// <summary>Registrant ids of whose parent this is.</summary>
    public required IReadOnlyList<string> Children { get; init; }

    /// <summary>Registrant ids of whose guardian this is.</summary>
    public required IReadOnlyList<string> Wards { get; init; }

    public required IReadOnlyList<SpouseResponse> Spouses { get; init; }

    public required IReadOnlyList<RelationResponse> Relations { get; init; }

    /// <summary>True when a list has more than the 200 entries shown.</summary>
    public required bool Truncated { get; init; }

    internal static RelationshipsResponse From(RelationshipsView view) =>
        new()
        {
            Parents = view.Parents is { } parents ? ParentsResponse.From(parents) : null,
            Children = [.. view.Children.Select(c => c.ToString())],
            Wards = [.. view.Wards.Select(w => w.ToString())],
            Spouses = [.. view.Spouses.Select(SpouseResponse.From)],
            Relations = [.. view.Relations.Select(RelationResponse.Of)],
            Truncated = view.Truncated,
        };
}
