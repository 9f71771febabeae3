using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Identifiers;

internal static class IdentifierEndpoints
{
    public static void MapIdentifiers(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGroup("/registrants/{id}/identifiers")
            .WithTags("Identifiers")
            .WithProblems()
            .MapPost("/{type}", IssueAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Give a record a number that the registry makes, under If-Match");
        routes
            .MapGroup("/identifier-pools")
            .WithTags("Identifiers")
            .WithProblems()
            .MapGet("/", ListAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("How many numbers are ready, by identifier type");
    }

    private static async Task<Results<Ok<IssuedIdentifier>, ProblemHttpResult>> IssueAsync(
        string id,
        string type,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpCaller caller,
        HttpContext context,
        IIdentifierPool pool,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var expected = Requests.ExpectedVersion(ifMatch);
        if (!expected.Succeeded)
        {
            return expected.Problem.ToHttp();
        }

        var outcome = await pool.IssueAsync(registrant, type, expected.Value, caller.ToCaller(), cancellationToken);
        if (!outcome.Succeeded)
        {
            return context.Refuse(outcome.Problem);
        }

        context.SetETag(outcome.Value.Version);
        return TypedResults.Ok(outcome.Value);
    }

    private static async Task<Results<Ok<IReadOnlyList<IdentifierPoolView>>, ProblemHttpResult>> ListAsync(
        HttpCaller caller,
        IIdentifierPool pool,
        CancellationToken cancellationToken
    ) => (await pool.ListAsync(caller.ToCaller(), cancellationToken)).ToHttp();
}
