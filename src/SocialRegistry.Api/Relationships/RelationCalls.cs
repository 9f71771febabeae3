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

    public static async Task<Results<Ok<RelationResponse>, ProblemHttpResult>> GetAsync(
        string id,
        string relation,
        HttpCaller caller,
        HttpContext context,
        IRelationships relationships,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var registrant) && RegistrantId.TryParse(relation, out var named)
            ? Answer(
                context,
                await relationships.GetRelationAsync(registrant, named.Value, caller.ToCaller(), cancellationToken)
            )
            : SpouseCalls.Unknown.ToHttp();

    public static async Task<Results<Created<RelationResponse>, Ok<RelationResponse>, ProblemHttpResult>> AddAsync(
        string id,
        AddRelationRequest body,
        [AsParameters] AddConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IRelationships relationships,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var from))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var relation = body.ToNew(conditions);
        if (!relation.Succeeded)
        {
            return relation.Problem.ToHttp();
        }

        var outcome = await relationships.AddRelationAsync(from, relation.Value, caller.ToCaller(), cancellationToken);
        if (!outcome.Succeeded)
        {
            return outcome.Problem.ToHttp();
        }

        var response = RelationResponse.Of(outcome.Value);
        if (conditions.IsDryRun)
        {
            return TypedResults.Ok(response with { DryRun = true });
        }

        context.SetETag(outcome.Value.Revision);
        return TypedResults.Created($"/api/v1/registrants/{from}/relations/{outcome.Value.Id}", response);
    }

    public static async Task<Results<Ok<RelationResponse>, ProblemHttpResult>> EndAsync(
        string id,
        string relation,
        EndRelationRequest body,
        [AsParameters] RelationshipConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IRelationships relationships,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant) || !RegistrantId.TryParse(relation, out var named))
        {
            return SpouseCalls.Unknown.ToHttp();
        }

        var expected = conditions.ToConditions();
        if (!expected.Succeeded)
        {
            return expected.Problem.ToHttp();
        }

        var outcome = await relationships.EndRelationAsync(
            registrant,
            named.Value,
            body.EndedOn,
            expected.Value,
            caller.ToCaller(),
            cancellationToken
        );
        return Answer(context, outcome, conditions.IsDryRun);
    }

    public static async Task<Results<NoContent, Ok<DryRunResponse>, ProblemHttpResult>> DeleteAsync(
        string id,
        string relation,
        [AsParameters] RelationshipConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IRelationships relationships,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant) || !RegistrantId.TryParse(relation, out var named))
        {
            return SpouseCalls.Unknown.ToHttp();
        }

        var expected = conditions.ToConditions();
        if (!expected.Succeeded)
        {
            return expected.Problem.ToHttp();
        }

        var outcome = await relationships.RemoveRelationAsync(
            registrant,
            named.Value,
            expected.Value,
            caller.ToCaller(),
            cancellationToken
        );
        return !outcome.Succeeded ? context.Refuse(outcome.Problem)
            : conditions.IsDryRun ? TypedResults.Ok(DryRunResponse.Checked)
            : TypedResults.NoContent();
    }

    private static Results<Ok<RelationResponse>, ProblemHttpResult> Answer(
        HttpContext context,
        Outcome<RelationView> outcome,
        bool dryRun = false
    )
    {
        if (!outcome.Succeeded)
        {
            return context.Refuse(outcome.Problem);
        }

        if (dryRun)
        {
            return TypedResults.Ok(RelationResponse.Of(outcome.Value) with { DryRun = true });
        }

        context.SetETag(outcome.Value.Revision);
        return TypedResults.Ok(RelationResponse.Of(outcome.Value));
    }
}
