using System.ComponentModel.DataAnnotations;
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
                "With an Idempotency-Key header the same request may be sent again: it answers with the record made the first time. "
                    + "With dryRun=true everything is checked and nothing stored; the answer is 200 with the record as it would be. "
                    + "Other writes need no such key: If-Match makes them happen once."
            );
        registrants
            .MapGet("/{id}", GetAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("One record; the answer's ETag is its version")
            .ProducesProblem(StatusCodes.Status410Gone)
            .WithDescription(
                "With version, asOf or effective the record as it stood, with the attestations and memberships of then; relationships and "
                    + "computed fields are of today and left out. That also needs the permission versions:read. A moment before the record is 404 "
                    + "and says since when there is one."
            );
        registrants
            .MapPatch("/{id}", UpdateAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Change values by merge patch (RFC 7396) under If-Match")
            .Accepts<UpdateRegistrantRequest>("application/merge-patch+json", "application/json");
        registrants
            .MapDelete("/{id}", ArchiveAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Archive a record (soft delete) under If-Match; its history stays");
        registrants
            .MapPost("/{id}/status", ChangeStatusAsync)
            .RequireAuthorization(Permissions.WriteRegistrants)
            .WithSummary("Change the status of a record, with a reason and a day, under If-Match")
            .ProducesProblem(StatusCodes.Status410Gone)
            .WithDescription(
                "active, inactive and (individuals) deceased; archived is the same as DELETE, and staff bring an archived record back. "
                    + "The day of a death becomes death_date, or agrees with it; a death taken back takes the date along. "
                    + "merged comes of merging only."
            );
        registrants
            .MapPost("/lookup", LookupAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("Look up to 1,000 identifiers up in one call; the items stand in the order asked");
        registrants
            .MapPost("/search", SearchAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("Search by a query tree, page by page")
            .WithDescription(
                "What is unknown, and what this caller may not filter or sort by, is refused with its place in the query. "
                    + "Pages follow a cursor and stay as they are while others write; nothing is counted unless asked for. "
                    + "With asOf or effective the query is asked of the records as they were (permission versions:read): no index knows the past, so "
                    + "a call looks at a bounded number of records in the order of ids and a page may hold few hits or none and still have a next one."
            );
    }

    private static async Task<
        Results<Created<RegistrantResponse>, Ok<RegistrantResponse>, ProblemHttpResult>
    > CreateAsync(
        CreateRegistrantRequest body,
        [FromQuery(Name = "dryRun")] bool? dryRun,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        HttpCaller caller,
        HttpContext context,
        IRegistrants registrants,
        CancellationToken cancellationToken
    )
    {
        var outcome = await registrants.CreateAsync(
            body.ToNew(idempotencyKey, dryRun ?? false),
            caller.ToCaller(),
            cancellationToken
        );
        if (!outcome.Succeeded)
        {
            return outcome.Problem.ToHttp();
        }

        if (dryRun == true)
        {
            return TypedResults.Ok(RegistrantResponse.From(outcome.Value) with { DryRun = true });
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

        var options = query.ToOptions();
        if (!options.Succeeded)
        {
            return options.Problem.ToHttp();
        }

        var outcome = await registrants.GetAsync(registrant, options.Value, caller.ToCaller(), cancellationToken);
        return context.Answer(outcome);
    }

    private static async Task<Results<Ok<RegistrantResponse>, ProblemHttpResult>> UpdateAsync(
        string id,
        UpdateRegistrantRequest body,
        [FromQuery(Name = "dryRun")] bool? dryRun,
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
        if ((expected.Problem ?? body.Refusal()) is { } problem)
        {
            return problem.ToHttp();
        }

        var patch = body.ToPatch(expected.Value, dryRun ?? false);
        return context.Answer(
            await registrants.UpdateAsync(registrant, patch, caller.ToCaller(), cancellationToken),
            patch.DryRun
        );
    }

    private static async Task<Results<Ok<RegistrantResponse>, ProblemHttpResult>> ChangeStatusAsync(
        string id,
        ChangeStatusRequest body,
        [FromQuery(Name = "dryRun")] bool? dryRun,
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
        if (!expected.Succeeded)
        {
            return expected.Problem.ToHttp();
        }

        var change = body.ToChange(expected.Value, dryRun ?? false);
        return context.Answer(
            await registrants.ChangeStatusAsync(registrant, change, caller.ToCaller(), cancellationToken),
            change.DryRun
        );
    }

    private static async Task<Results<Ok<LookupResponse>, ProblemHttpResult>> LookupAsync(
        LookupRequest body,
        [FromQuery(Name = "fields"), MaxLength(2000)] string? fields,
        HttpCaller caller,
        IRegistrants registrants,
        CancellationToken cancellationToken
    )
    {
        var options = new ReadOptions { Fields = Requests.Fields(fields), CurrentIdentifiersOnly = body.CurrentOnly };
        return (await registrants.FindAsync(body.Identifiers, options, caller.ToCaller(), cancellationToken))
            .Map(found => new LookupResponse([.. found.Select(r => r is null ? null : RegistrantResponse.From(r))]))
            .ToHttp();
    }

    private static async Task<Results<NoContent, Ok<RegistrantResponse>, ProblemHttpResult>> ArchiveAsync(
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

        var outcome = await registrants.ChangeStatusAsync(
            registrant,
            new StatusChange
            {
                ExpectedVersion = expected.Value,
                Status = RegistrantStatuses.Archived,
                Reason = query.Reason,
                DryRun = query.DryRun ?? false,
            },
            caller.ToCaller(),
            cancellationToken
        );
        return !outcome.Succeeded ? context.Refuse(outcome.Problem)
            : query.DryRun == true ? TypedResults.Ok(RegistrantResponse.From(outcome.Value) with { DryRun = true })
            : TypedResults.NoContent();
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
