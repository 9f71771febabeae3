using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Relationships;

internal static class RelativesCalls
{
    public static async Task<Results<Ok<RelativesResponse>, ProblemHttpResult>> FindAsync(
        string id,
        [AsParameters] RelativesParameters query,
        HttpCaller caller,
        IRelationships relationships,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var person)
            ? (await relationships.FindRelativesAsync(person, query.ToQuery(), caller.ToCaller(), cancellationToken))
                .Map(RelativesResponse.From)
                .ToHttp()
            : Requests.UnknownRegistrant.ToHttp();
}

/// <summary>Which relatives are wanted.</summary>
public sealed record RelativesParameters
{
    /// <summary>
    /// Kinds, separated by commas; all when absent. <c>parent, child, grandparent, grandchild, ancestor, descendant, sibling (full_sibling,
    /// half_sibling), aunt_uncle, nephew_niece, cousin, spouse, former_spouse, partner, in_law (parent_in_law, child_in_law,
    /// sibling_in_law), step_parent, step_child, guardian, ward</c>.
    /// </summary>
    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    /// <summary>Most links between the two, 1 to 10; 4 when absent. Parents are one link away, grandparents and siblings two, cousins four.</summary>
    [FromQuery(Name = "depth")]
    public int? Depth { get; init; }

    internal RelativesQuery ToQuery() =>
        new()
        {
            Kinds = Kind is { Length: > 0 } ? Kind.Split(',', StringSplitOptions.TrimEntries) : [],
            Depth = Depth ?? 4,
        };
}

/// <summary>The relatives of one person, nearest first; a person may stand in it once per kind.</summary>
/// <param name="Truncated">True when there are more than could be looked at: ask for fewer kinds or less depth.</param>
public sealed record RelativesResponse(IReadOnlyList<RelativeResponse> Items, bool Truncated)
{
    internal static RelativesResponse From(RelativesView view) =>
        new([.. view.Items.Select(RelativeResponse.From)], view.Truncated);
}

/// <summary>One relative.</summary>
/// <param name="Id">Registrant id.</param>
/// <param name="Depth">Links on the path; for ancestors and descendants the generations between.</param>
/// <param name="ThroughAdoption">True when a link of the path is an adoption.</param>
/// <param name="Path">The links from the person to the relative.</param>
public sealed record RelativeResponse(
    string Id,
    string Kind,
    int Depth,
    bool ThroughAdoption,
    IReadOnlyList<RelativeStepResponse> Path
)
{
    internal static RelativeResponse From(RelativeView view) =>
        new(
            view.Id.ToString(),
            view.Kind,
            view.Depth,
            view.ThroughAdoption,
            [.. view.Path.Select(s => new RelativeStepResponse(s.Link, s.Id.ToString()))]
        );
}

/// <summary>One link of a path.</summary>
/// <param name="Link"><c>parent</c>, <c>child</c>, <c>spouse</c>, <c>former_spouse</c>, <c>partner</c>, <c>guardian</c> or <c>ward</c>.</param>
/// <param name="Id">Registrant id of whom it leads to.</param>
public sealed record RelativeStepResponse(string Link, string Id);
