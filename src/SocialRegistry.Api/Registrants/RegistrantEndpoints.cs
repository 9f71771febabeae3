using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Registrants;

internal static class RegistrantEndpoints
{
    public static void MapRegistrants(this IEndpointRouteBuilder routes)
    {
        var registrants = routes.MapGroup("/registrants").WithTags("Registrants").WithProblems();
        registrants
            .MapPost("/", CreateAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Store a new person or group")
            .WithDescription(
                "With an Idempotency-Key header the same request may be sent again: it answers with the record made the first time."
            );
        registrants
            .MapGet("/{id}", GetAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("One record; the answer's ETag is its version");
        registrants
            .MapPatch("/{id}", UpdateAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Change values by merge patch (RFC 7396) under If-Match");
        registrants
            .MapDelete("/{id}", ArchiveAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Archive a record (soft delete) under If-Match; its history stays");
        registrants
            .MapPost("/search", SearchAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("Search by a query tree, page by page")
            .WithDescription(
                "What is unknown, and what this caller may not filter or sort by, is refused with its place in the query. "
                    + "Pages follow a cursor and stay as they are while others write; nothing is counted unless asked for."
            );
    }

    private static async Task<Results<Created<RegistrantResponse>, ProblemHttpResult>> CreateAsync(
        CreateRegistrantRequest body,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        HttpCaller caller,
        HttpContext context,
        IRegistrants registrants,
        CancellationToken cancellationToken
    )
    {
        var outcome = await registrants.CreateAsync(body.ToNew(idempotencyKey), caller.ToCaller(), cancellationToken);
        if (!outcome.Succeeded)
        {
            return outcome.Problem.ToHttp();
        }

        context.SetETag(outcome.Value.Version);
        return TypedResults.Created($"/api/v1/registrants/{outcome.Value.Id}", RegistrantResponse.From(outcome.Value));
    }

    private static async Task<Results<Ok<RegistrantResponse>, ProblemHttpResult>> GetAsync(
        string id,
        [AsParameters] ReadQuery query,
        HttpCaller caller,
        HttpContext context,
        IRegistrants registrants,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var outcome = await registrants.GetAsync(registrant, query.ToOptions(), caller.ToCaller(), cancellationToken);
        return context.Answer(outcome);
    }

    private static async Task<Results<Ok<RegistrantResponse>, ProblemHttpResult>> UpdateAsync(
        string id,
        UpdateRegistrantRequest body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpCaller caller,
        HttpContext context,
        IRegistrants registrants,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var expected = Requests.ExpectedVersion(ifMatch);
        return expected.Succeeded
            ? context.Answer(
                await registrants.UpdateAsync(
                    registrant,
                    body.ToPatch(expected.Value),
                    caller.ToCaller(),
                    cancellationToken
                )
            )
            : expected.Problem.ToHttp();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ArchiveAsync(
        string id,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        [AsParameters] ArchiveQuery query,
        HttpCaller caller,
        HttpContext context,
        IRegistrants registrants,
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

        var outcome = await registrants.ArchiveAsync(
            registrant,
            expected.Value,
            query.Reason,
            caller.ToCaller(),
            cancellationToken
        );
        return outcome.Succeeded ? TypedResults.NoContent() : context.Refuse(outcome.Problem);
    }

    private static async Task<Results<Ok<SearchResponse>, ProblemHttpResult>> SearchAsync(
        SearchRequest body,
        HttpCaller caller,
        IRegistrants registrants,
        CancellationToken cancellationToken
    )
    {
        var request = body.ToRequest();
        if (!request.Succeeded)
        {
            return request.Problem.ToHttp();
        }

        var found = await registrants.SearchAsync(request.Value, caller.ToCaller(), cancellationToken);
        return found.Succeeded
            ? TypedResults.Ok(
                new SearchResponse([.. found.Value.Items.Select(RegistrantResponse.From)], found.Value.Next)
                {
                    Total = found.Value.Total,
                    TotalIsExact = found.Value.Total is null ? null : found.Value.TotalIsExact,
                }
            )
            : found.Problem.ToHttp();
    }
}
