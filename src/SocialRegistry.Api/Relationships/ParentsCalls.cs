using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Api.Versions;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Relationships;

internal static class ParentsCalls
{
    public static async Task<Results<Ok<ParentsResponse>, ProblemHttpResult>> GetAsync(
        string id,
        HttpCaller caller,
        HttpContext context,
        IRelationships relationships,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var child)
            ? Answer(context, await relationships.GetParentsAsync(child, caller.ToCaller(), cancellationToken))
            : Requests.UnknownRegistrant.ToHttp();

    public static async Task<Results<Ok<ParentsResponse>, ProblemHttpResult>> PutAsync(
        string id,
        ParentsRequest body,
        [AsParameters] NewOrKnownConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IRelationships relationships,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var child))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var expected = conditions.Expected();
        if (!expected.Succeeded)
        {
            return expected.Problem.ToHttp();
        }

        var change = body.ToChange(expected.Value, conditions.IsDryRun);
        return change.Succeeded
            ? Answer(
                context,
                await relationships.SetParentsAsync(child, change.Value, caller.ToCaller(), cancellationToken),
                conditions.IsDryRun
            )
            : change.Problem.ToHttp();
    }

    public static async Task<Results<NoContent, Ok<DryRunResponse>, ProblemHttpResult>> DeleteAsync(
        string id,
        [AsParameters] RelationshipConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IRelationships relationships,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var child))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var expected = conditions.ToConditions();
        if (!expected.Succeeded)
        {
            return expected.Problem.ToHttp();
        }

        var outcome = await relationships.RemoveParentsAsync(
            child,
            expected.Value,
            caller.ToCaller(),
            cancellationToken
        );
        return !outcome.Succeeded ? context.Refuse(outcome.Problem)
            : conditions.IsDryRun ? TypedResults.Ok(DryRunResponse.Checked)
            : TypedResults.NoContent();
    }

    public static async Task<Results<Ok<Page<ParentsResponse>>, ProblemHttpResult>> ExportAsync(
        [AsParameters] PageQuery page,
        HttpCaller caller,
        IRelationships relationships,
        CancellationToken cancellationToken
    ) =>
        (await relationships.ExportParentsAsync(page.ToPageRequest(), caller.ToCaller("export"), cancellationToken))
            .Map(p => new Page<ParentsResponse>([.. p.Items.Select(ParentsResponse.From)], p.Next))
            .ToHttp();

    private static Results<Ok<ParentsResponse>, ProblemHttpResult> Answer(
        HttpContext context,
        Outcome<ParentsView> outcome,
        bool dryRun = false
    )
    {
        if (!outcome.Succeeded)
        {
            return context.Refuse(outcome.Problem);
        }

        if (dryRun)
        {
            return TypedResults.Ok(ParentsResponse.From(outcome.Value) with { DryRun = true });
        }

        context.SetETag(outcome.Value.Revision);
        return TypedResults.Ok(ParentsResponse.From(outcome.Value));
    }
}
