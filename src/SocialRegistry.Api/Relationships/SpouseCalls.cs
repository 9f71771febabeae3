using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using SocialRegistry.Api.Versions;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Relationships;

internal static class SpouseCalls
{
    public static async Task<Results<Ok<IReadOnlyList<SpouseResponse>>, ProblemHttpResult>> ListAsync(
        string id,
        HttpCaller caller,
        IRelationships relationships,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var person)
            ? (await relationships.ListSpousesAsync(person, caller.ToCaller(), cancellationToken))
                .Map<IReadOnlyList<SpouseResponse>>(rows => [.. rows.Select(SpouseResponse.From)])
                .ToHttp()
            : Requests.UnknownRegistrant.ToHttp();

    public static async Task<Results<Ok<SpouseResponse>, ProblemHttpResult>> PutAsync(
        SpouseRequest body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpCaller caller,
        HttpContext context,
        IRelationships relationships,
        CancellationToken cancellationToken
    )
    {
        var expected = Revisions.Expected(ifMatch);
        if (expected.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var change = body.ToChange(expected.Value);
        if (!change.Succeeded)
        {
            return change.Problem.ToHttp();
        }

        var outcome = await relationships.SetSpousesAsync(change.Value, caller.ToCaller(), cancellationToken);
        if (!outcome.Succeeded)
        {
            return context.Refuse(outcome.Problem);
        }

        context.SetETag(outcome.Value.Revision);
        return TypedResults.Ok(SpouseResponse.From(outcome.Value));
    }

    public static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(
        string spouses,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpCaller caller,
        HttpContext context,
        IRelationships relationships,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(spouses, out var id))
        {
            return Unknown.ToHttp();
        }

        var expected = Revisions.Expected(ifMatch);
        if (expected.Problem is { } problem)
        {
            return problem.ToHttp();
        }

        var outcome = await relationships.RemoveSpousesAsync(
            id.Value,
            expected.Value,
            caller.ToCaller(),
            cancellationToken
        );
        return outcome.Succeeded ? TypedResults.NoContent() : context.Refuse(outcome.Problem);
    }

    public static async Task<Results<Ok<Page<SpouseResponse>>, ProblemHttpResult>> ExportAsync(
        [AsParameters] PageQuery page,
        HttpCaller caller,
        IRelationships relationships,
        CancellationToken cancellationToken
    ) =>
        (await relationships.ExportSpousesAsync(page.ToPageRequest(), caller.ToCaller("export"), cancellationToken))
            .Map(p => new Page<SpouseResponse>([.. p.Items.Select(SpouseResponse.From)], p.Next))
            .ToHttp();

    /// <summary>What is no UUID names no relationship.</summary>
    public static Problem Unknown { get; } =
        Problem.NotFound("relationships.not_found", "There is no such relationship, or it is not for this caller.");
}
