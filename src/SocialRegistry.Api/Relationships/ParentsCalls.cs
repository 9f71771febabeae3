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
        [FromHeader(Name = "If-Match")] string? ifMatch,
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

        var expected = Revisions.Expected(ifMatch);
        if (expected.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var change = body.ToChange(expected.Value);
        return change.Succeeded
            ? Answer(
                context,
                await relationships.SetParentsAsync(child, change.Value, caller.ToCaller(), cancellationToken)
            )
            : change.Problem.ToHttp();
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string id,
        [FromHeader(Name = "If-Match")] string? ifMatch,
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

        var expected = Revisions.Expected(ifMatch);
        if (expected.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var outcome = await relationships.RemoveParentsAsync(
            child,
            expected.Value,
            caller.ToCaller(),
            cancellationToken
        );
        return outcome.Succeeded ? TypedResults.NoContent() : context.Refuse(outcome.Problem);
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
        Outcome<ParentsView> outcome
    )
    {
        if (!outcome.Succeeded)
        {
            return context.Refuse(outcome.Problem);
        }

        context.SetETag(outcome.Value.Revision);
        return TypedResults.Ok(ParentsResponse.From(outcome.Value));
    }
}
