using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SocialRegistry.Api.Versions;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Relationships;

internal static class RelationTypeCalls
{
    public static async Task<Ok<IReadOnlyList<RelationTypeView>>> ListAsync(
        IRelationTypes types,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await types.ListAsync(cancellationToken));

    public static async Task<Results<Ok<RelationTypeView>, ProblemHttpResult>> PutAsync(
        string code,
        RelationTypeRequest body,
        HttpCaller caller,
        IRelationTypes types,
        CancellationToken cancellationToken
    ) => (await types.SaveAsync(body.ToView(code), caller.ToCaller(), cancellationToken)).ToHttp();

    public static async Task<Results<Ok<Page<RelationTypeHistoryView>>, ProblemHttpResult>> ListHistoryAsync(
        string code,
        [AsParameters] PageQuery page,
        HttpCaller caller,
        IRelationTypes types,
        CancellationToken cancellationToken
    ) => (await types.ListHistoryAsync(code, page.ToPageRequest(), caller.ToCaller(), cancellationToken)).ToHttp();
}

/// <summary>The whole description of a relation type; its code stands in the address.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RelationTypeRequest
{
    /// <summary>How the far end names it, such as <c>cared_for_by</c>; absent for a symmetric type.</summary>
    [MaxLength(40)]
    public string? Inverse { get; init; }

    /// <summary>True when both ends name it the same.</summary>
    public bool IsSymmetric { get; init; }

    /// <summary>Names for people by language (ISO 639-3); <c>eng</c> is required.</summary>
    [Required]
    public required Dictionary<string, string> Labels { get; init; }

    /// <summary>Names of the inverse by language.</summary>
    public Dictionary<string, string> InverseLabels { get; init; } = [];

    /// <summary>Kinds of record at the near end: <c>individual</c>, <c>group</c>; individuals when absent.</summary>
    [MaxLength(2)]
    public IReadOnlyList<string> FromKinds { get; init; } = [RegistrantKinds.Individual];

    /// <summary>Kinds of record at the far end.</summary>
    [MaxLength(2)]
    public IReadOnlyList<string> ToKinds { get; init; } = [RegistrantKinds.Individual];

    /// <summary>True when no new relation of it is taken.</summary>
    public bool IsRetired { get; init; }

    internal RelationTypeView ToView(string code) =>
        new()
        {
            Code = code,
            Inverse = Inverse,
            IsSymmetric = IsSymmetric,
            Labels = Labels,
            InverseLabels = InverseLabels,
            FromKinds = FromKinds,
            ToKinds = ToKinds,
            IsRetired = IsRetired,
        };
}
