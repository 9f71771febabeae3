using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Relationships;

internal static class RelationCalls
{
    public static async Task<Results<Ok<IReadOnlyList<RelationResponse>>, ProblemHttpResult>> ListAsync(
        string id,
        HttpCaller caller,
        IRelationships relationships,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var registrant)
            ? (await relationships.ListRelationsAsync(registrant, caller.ToCaller(), cancellationToken))
                .Map<IReadOnlyList<RelationResponse>>(rows => [.. rows.Select(RelationResponse.Of)])
                .ToHttp()
            : Requests.UnknownRegistrant.ToHttp();

    public static async Task<Results<Created<RelationResponse>, ProblemHttpResult>> AddAsync(
        string id,
        AddRelationRequest body,
        HttpCaller caller,
        IRelationships relationships,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var from))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var relation = body.ToNew();
        if (!relation.Succeeded)
        {
            return relation.Problem.ToHttp();
        }

        var outcome = await relationships.AddRelationAsync(from, relation.Value, caller.ToCaller(), cancellationToken);
        return outcome.Succeeded
            ? TypedResults.Created(
                $"/api/v1/registrants/{from}/relations/{outcome.Value.Id}",
                RelationResponse.Of(outcome.Value)
            )
            : outcome.Problem.ToHttp();
    }

    public static async Task<Results<Ok<RelationResponse>, ProblemHttpResult>> EndAsync(
        string id,
        string relation,
        EndRelationRequest body,
        HttpCaller caller,
        IRelationships relationships,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant) || !RegistrantId.TryParse(relation, out var named))
        {
            return SpouseCalls.Unknown.ToHttp();
        }

        var outcome = await relationships.EndRelationAsync(
            registrant,
            named.Value,
            body.EndedOn,
            caller.ToCaller(),
            cancellationToken
        );
        return outcome.Map(RelationResponse.Of).ToHttp();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id,
        string relation,
        HttpCaller caller,
        IRelationships relationships,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant) || !RegistrantId.TryParse(relation, out var named))
        {
            return SpouseCalls.Unknown.ToHttp();
        }

        var outcome = await relationships.RemoveRelationAsync(
            registrant,
            named.Value,
            caller.ToCaller(),
            cancellationToken
        );
        return outcome.Succeeded ? TypedResults.NoContent() : outcome.Problem.ToHttp();
    }
}
