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
        [AsParameters] NewOrKnownConditions conditions,
        HttpCaller caller,
        HttpContext context,
        IRelationships relationships,
        CancellationToken cancellationToken
    )
    {
        var expected = conditions.Expected();
        if (!expected.Succeeded)
        {
            return expected.Problem.ToHttp();
        }

        var change = body.ToChange(expected.Value, conditions.IsDryRun);
        if (!change.Succeeded)
        {
            return change.Problem.ToHttp();
        }

        return Answer(
            context,
            await relationships.SetSpousesAsync(change.Value, caller.ToCaller(), cancellationToken),
            conditions.IsDryRun
        );
    }

    public static async Task<Results<Ok<SpouseResponse>, ProblemHttpResult>> GetAsync(
        string spouses,
        HttpCaller caller,
        HttpContext context,
        IRelationships relationships,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(spouses, out var id)
            ? Answer(context, await relationships.GetSpousesAsync(id.Value, caller.ToCaller(), cancellationToken))
            : Unknown.ToHttp();

    public static async Task<Results<NoContent, Ok<DryRunResponse>, ProblemHttpResult>> DeleteAsync(
        string spouses,
        [AsParameters] RelationshipConditions conditions,
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

        var expected = conditions.ToConditions();
        if (!expected.Succeeded)
        {
            return expected.Problem.ToHttp();
        }

        var outcome = await relationships.RemoveSpousesAsync(
            id.Value,
            expected.Value,
            caller.ToCaller(),
            cancellationToken
        );
        return !outcome.Succeeded ? context.Refuse(outcome.Problem)
            : conditions.IsDryRun ? TypedResults.Ok(DryRunResponse.Checked)
            : TypedResults.NoContent();
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

    private static Results<Ok<SpouseResponse>, ProblemHttpResult> Answer(
        HttpContext context,
        Outcome<SpouseView> outcome,
        bool dryRun = false
    )
    {
        if (!outcome.Succeeded)
        {
            return context.Refuse(outcome.Problem);
        }

        if (dryRun)
        {
            return TypedResults.Ok(SpouseResponse.From(outcome.Value) with { DryRun = true });
        }

        context.SetETag(outcome.Value.Revision);
        return TypedResults.Ok(SpouseResponse.From(outcome.Value));
    }

    /// <summary>What is no UUID names no relationship.</summary>
    public static Problem Unknown { get; } =
        Problem.NotFound("relationships.not_found", "There is no such relationship, or it is not for this caller.");
}
