using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Api.Versions;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Areas;

internal static class AreaEndpoints
{
    public static void MapAreas(this IEndpointRouteBuilder routes)
    {
        var areas = routes.MapGroup("/areas").WithTags("Areas").WithProblems();
        areas
            .MapGet("/", ListAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithSummary("Areas by parent, level, subtree, text or code");
        areas
            .MapPost("/", CreateAsync)
            .RequireAuthorization(Permissions.WriteAreas)
            .WithSummary("Add an area to the tree");
        areas
            .MapGet("/{code}", GetAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithSummary("One area with those above it; the answer's ETag is its version");
        areas
            .MapPatch("/{code}", ChangeAsync)
            .RequireAuthorization(Permissions.WriteAreas)
            .WithSummary("Change names, level, point or beginning of an area under If-Match");
        areas
            .MapGet("/{code}/children", ListChildrenAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithSummary("The areas directly below an area");
        areas
            .MapGet("/{code}/history", ListHistoryAsync)
            .RequireAuthorization(Permissions.WriteAreas)
            .WithSummary("Who changed an area, newest first");
        areas
            .MapPost("/{code}/close", CloseAsync)
            .RequireAuthorization(Permissions.WriteAreas)
            .WithSummary("Say until when an area holds, under If-Match; nothing is deleted");
        areas
            .MapPost("/{code}/move", MoveAsync)
            .RequireAuthorization(Permissions.WriteAreas)
            .WithSummary("Put an area, with all below it, under another, under If-Match");
        areas
            .MapGet("/{code}/boundary", GetBoundaryAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithSummary("The boundary of an area as GeoJSON");
        areas
            .MapPut("/{code}/boundary", SetBoundaryAsync)
            .RequireAuthorization(Permissions.WriteAreas)
            .WithSummary("Set the boundary of an area, a GeoJSON Polygon or MultiPolygon, under If-Match");
        areas
            .MapDelete("/{code}/boundary", RemoveBoundaryAsync)
            .RequireAuthorization(Permissions.WriteAreas)
            .WithSummary("Take the boundary of an area away, under If-Match");
    }

    private static async Task<Results<Ok<Page<AreaView>>, ProblemHttpResult>> ListAsync(
        [AsParameters] AreaListQuery query,
        HttpCaller caller,
        IAreas areas,
        CancellationToken cancellationToken
    ) => (await areas.ListAsync(query.ToQuery(), query.ToPageRequest(), caller.ToCaller(), cancellationToken)).ToHttp();

    private static async Task<Results<Ok<Page<AreaView>>, ProblemHttpResult>> ListChildrenAsync(
        string code,
        [AsParameters] PageQuery page,
        HttpCaller caller,
        IAreas areas,
        CancellationToken cancellationToken
    )
    {
        var area = await areas.GetAsync(code, caller.ToCaller(), cancellationToken);
        return area.Succeeded
            ? (
                await areas.ListAsync(
                    new AreaSelection { Parent = code },
                    page.ToPageRequest(),
                    caller.ToCaller(),
                    cancellationToken
                )
            ).ToHttp()
            : area.Problem.ToHttp();
    }

    private static async Task<Results<Ok<Page<AreaHistoryView>>, ProblemHttpResult>> ListHistoryAsync(
        string code,
        [AsParameters] PageQuery page,
        HttpCaller caller,
        IAreas areas,
        CancellationToken cancellationToken
    ) => (await areas.ListHistoryAsync(code, page.ToPageRequest(), caller.ToCaller(), cancellationToken)).ToHttp();

    private static async Task<Results<Created<AreaView>, Ok<AreaView>, ProblemHttpResult>> CreateAsync(
        CreateAreaRequest body,
        [AsParameters] RepeatableQuery conditions,
        HttpCaller caller,
        HttpContext context,
        IAreas areas,
        CancellationToken cancellationToken
    )
    {
        var outcome = await areas.CreateAsync(
            body.ToNew(),
            conditions.ToConditions(),
            caller.ToCaller(),
            cancellationToken
        );
        if (!outcome.Succeeded)
        {
            return outcome.Problem.ToHttp();
        }

        if (conditions.IsDryRun)
        {
            return TypedResults.Ok(outcome.Value);
        }

        context.SetETag(outcome.Value.Version);
        return TypedResults.Created($"/api/v1/areas/{outcome.Value.Code}", outcome.Value);
    }

    private static async Task<Results<Ok<AreaView>, ProblemHttpResult>> GetAsync(
        string code,
        HttpCaller caller,
        HttpContext context,
        IAreas areas,
        CancellationToken cancellationToken
    ) => Answer(context, await areas.GetAsync(code, caller.ToCaller(), cancellationToken));

    private static async Task<Results<Ok<AreaView>, ProblemHttpResult>> ChangeAsync(
        string code,
        ChangeAreaRequest body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        [AsParameters] DryRunQuery dry,
        HttpCaller caller,
        HttpContext context,
        IAreas areas,
        CancellationToken cancellationToken
    )
    {
        var expected = Requests.ExpectedVersion(ifMatch, "areas");
        if (!expected.Succeeded)
        {
            return expected.Problem.ToHttp();
        }

        var change = body.ToChange(expected.Value);
        return change.Succeeded
            ? Answer(
                context,
                await areas.ChangeAsync(code, change.Value, dry.ToConditions(), caller.ToCaller(), cancellationToken),
                dry.IsDryRun
            )
            : change.Problem.ToHttp();
    }

    private static async Task<Results<Ok<AreaView>, ProblemHttpResult>> CloseAsync(
        string code,
        CloseAreaRequest body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        [AsParameters] DryRunQuery dry,
        HttpCaller caller,
        HttpContext context,
        IAreas areas,
        CancellationToken cancellationToken
    )
    {
        var expected = Requests.ExpectedVersion(ifMatch, "areas");
        if (!expected.Succeeded)
        {
            return expected.Problem.ToHttp();
        }

        var closing = new AreaClosing
        {
            ExpectedVersion = expected.Value,
            ValidTo = body.ValidTo,
            ReplacedBy = body.ReplacedBy,
        };
        return Answer(
            context,
            await areas.CloseAsync(code, closing, dry.ToConditions(), caller.ToCaller(), cancellationToken),
            dry.IsDryRun
        );
    }

    private static async Task<Results<Ok<AreaView>, ProblemHttpResult>> MoveAsync(
        string code,
        MoveAreaRequest body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        [AsParameters] DryRunQuery dry,
        HttpCaller caller,
        HttpContext context,
        IAreas areas,
        CancellationToken cancellationToken
    )
    {
        var expected = Requests.ExpectedVersion(ifMatch, "areas");
        if (!expected.Succeeded)
        {
            return expected.Problem.ToHttp();
        }

        var move = new AreaMove
        {
            ExpectedVersion = expected.Value,
            Parent = body.Parent,
            Level = body.Level,
        };
        return Answer(
            context,
            await areas.MoveAsync(code, move, dry.ToConditions(), caller.ToCaller(), cancellationToken),
            dry.IsDryRun
        );
    }

    private static async Task<Results<Ok<JsonElement>, ProblemHttpResult>> GetBoundaryAsync(
        string code,
        HttpCaller caller,
        HttpContext context,
        IAreas areas,
        CancellationToken cancellationToken
    )
    {
        var outcome = await areas.GetBoundaryAsync(code, caller.ToCaller(), cancellationToken);
        if (!outcome.Succeeded)
        {
            return outcome.Problem.ToHttp();
        }

        context.SetETag(outcome.Value.Version);
        return TypedResults.Ok(outcome.Value.GeoJson);
    }

    private static Task<Results<Ok<AreaView>, ProblemHttpResult>> SetBoundaryAsync(
        string code,
        JsonElement body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        [AsParameters] DryRunQuery dry,
        HttpCaller caller,
        HttpContext context,
        IAreas areas,
        CancellationToken cancellationToken
    ) => SetAsync(code, body, ifMatch, dry, caller, context, areas, cancellationToken);

    private static Task<Results<Ok<AreaView>, ProblemHttpResult>> RemoveBoundaryAsync(
        string code,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        [AsParameters] DryRunQuery dry,
        HttpCaller caller,
        HttpContext context,
        IAreas areas,
        CancellationToken cancellationToken
    ) => SetAsync(code, null, ifMatch, dry, caller, context, areas, cancellationToken);

    private static async Task<Results<Ok<AreaView>, ProblemHttpResult>> SetAsync(
        string code,
        JsonElement? boundary,
        string? ifMatch,
        DryRunQuery dry,
        HttpCaller caller,
        HttpContext context,
        IAreas areas,
        CancellationToken cancellationToken
    )
    {
        var expected = Requests.ExpectedVersion(ifMatch, "areas");
        return expected.Succeeded
            ? Answer(
                context,
                await areas.SetBoundaryAsync(
                    code,
                    expected.Value,
                    boundary,
                    dry.ToConditions(),
                    caller.ToCaller(),
                    cancellationToken
                ),
                dry.IsDryRun
            )
            : expected.Problem.ToHttp();
    }

    /// <summary>200 with the area and, unless it is only tried, its ETag; or the problem.</summary>
    private static Results<Ok<AreaView>, ProblemHttpResult> Answer(
        HttpContext context,
        Outcome<AreaView> outcome,
        bool dryRun = false
    )
    {
        if (!outcome.Succeeded)
        {
            return context.Refuse(outcome.Problem);
        }

        if (!dryRun)
        {
            context.SetETag(outcome.Value.Version);
        }

        return TypedResults.Ok(outcome.Value);
    }
}
