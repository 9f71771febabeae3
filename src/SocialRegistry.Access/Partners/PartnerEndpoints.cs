using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Access.Changes;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Partners;

/// <summary><c>/api/v1/partners</c>: the systems that may call, as an administrator handles them.</summary>
internal static class PartnerEndpoints
{
    private const int MaxPage = 500;
    private const int MaxId = 100;
    private const int MaxBytes = 256 * 1024;

    public static void MapPartners(this IEndpointRouteBuilder routes)
    {
        var partners = routes
            .MapGroup("/api/v1/partners")
            .WithTags("Partners")
            .RequireAuthorization(Permissions.ManageAccess)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
            .WithAccessProblems();
        partners.MapGet("/", ListAsync).WithSummary("The partners by id");
        partners.MapPost("/", CreateAsync).WithSummary("Make a partner; the answer holds its secret, once");
        partners.MapGet("/{id}", GetAsync).WithSummary("One partner");
        partners.MapPut("/{id}", SetAsync).WithSummary("Set what a partner may do; it counts for its tokens at once");
        partners
            .MapDelete("/{id}", RetireAsync)
            .WithSummary("Retire a partner for good; its tokens are refused at once");
        partners
            .MapPost("/{id}/secret", RotateAsync)
            .WithSummary("Give a partner a new secret, shown once; the one before may count beside it for a while");
        partners
            .MapDelete("/{id}/secret", RetireSecretAsync)
            .WithSummary("Take a partner's secrets away at once; it then signs with its keys");
        partners
            .MapPost("/{id}/suspend", SuspendAsync)
            .WithSummary("Suspend a partner; its tokens are refused at once");
        partners.MapPost("/{id}/activate", ActivateAsync).WithSummary("Let a suspended partner in again");
    }

    private static async Task<Results<Ok<Page<PartnerResponse>>, ProblemHttpResult>> ListAsync(
        [FromServices] IDbContextFactory<AccessDbContext> contexts,
        [FromServices] TimeProvider time,
        CancellationToken cancellationToken,
        int size = 50,
        string? after = null
    )
    {
        if (size is < 1 or > MaxPage)
        {
            return Problem
                .Invalid(
                    "partners.size",
                    "The page is too large or too small.",
                    new FieldProblem("size", "range", $"1 to {MaxPage}")
                )
                .ToHttp();
        }

        if (after is not null && !PlainText.Is(after, MaxId))
        {
            return Problem
                .Invalid(
                    "partners.after",
                    "after takes the next of the page before.",
                    new FieldProblem("after", "pattern", "a partner id")
                )
                .ToHttp();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var query = db.Partners.AsNoTracking();
        if (after is not null)
        {
            // In the database's own order, as the list is.
#pragma warning disable CA1309
            query = query.Where(p => string.Compare(p.Id, after) > 0);
#pragma warning restore CA1309
        }

        var rows = await query.OrderBy(p => p.Id).Take(size + 1).ToListAsync(cancellationToken);
        var now = time.GetUtcNow();
        return TypedResults.Ok(
            new Page<PartnerResponse>(
                [.. rows.Take(size).Select(row => PartnerResponse.Of(row, now))],
                rows.Count > size ? rows[size - 1].Id : null
            )
        );
    }

    private static async Task<Results<Ok<PartnerResponse>, ProblemHttpResult>> GetAsync(
        string id,
        HttpContext context,
        [FromServices] IDbContextFactory<AccessDbContext> contexts,
        [FromServices] TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        // Ids may hold a slash, which a path carries encoded.
        id = id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return
            PlainText.Is(id, MaxId)
            && await db.Partners.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is { } partner
            ? Answer(context, PartnerResponse.Of(partner, time.GetUtcNow()))
            : PartnerProblems.NotFound.ToHttp();
    }

    private static async Task<Results<Created<PartnerSecretResponse>, ProblemHttpResult>> CreateAsync(
        CreatePartnerRequest body,
        HttpCaller caller,
        HttpContext context,
        [FromServices] ChangePartners partners,
        CancellationToken cancellationToken
    )
    {
        var outcome = await partners.CreateAsync(body, caller.ToCaller(), cancellationToken);
        if (!outcome.Succeeded)
        {
            return ETags.Refuse(context, outcome.Problem);
        }

        context.Response.Headers.CacheControl = "no-store";
        ETags.Set(context, outcome.Value.Partner.Version);
        return TypedResults.Created(
            "/api/v1/partners/" + Uri.EscapeDataString(outcome.Value.Partner.Id),
            outcome.Value
        );
    }

    private static async Task<Results<Ok<PartnerResponse>, ProblemHttpResult>> SetAsync(
        string id,
        PartnerRequest body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpCaller caller,
        HttpContext context,
        [FromServices] ChangePartners partners,
        CancellationToken cancellationToken
    )
    {
        var expected = ETags.Expected(ifMatch);
        return expected.Succeeded
            ? Answer(context, await partners.SetAsync(id, expected.Value, body, caller.ToCaller(), cancellationToken))
            : expected.Problem.ToHttp();
    }

    private static async Task<Results<Ok<PartnerResponse>, ProblemHttpResult>> RetireAsync(
        string id,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpCaller caller,
        HttpContext context,
        [FromServices] ChangePartners partners,
        CancellationToken cancellationToken
    )
    {
        var expected = ETags.Expected(ifMatch);
        return expected.Succeeded
            ? Answer(context, await partners.RetireAsync(id, expected.Value, caller.ToCaller(), cancellationToken))
            : expected.Problem.ToHttp();
    }

    private static async Task<Results<Ok<PartnerSecretResponse>, ProblemHttpResult>> RotateAsync(
        string id,
        RotateSecretRequest body,
        HttpCaller caller,
        HttpContext context,
        [FromServices] ChangePartners partners,
        CancellationToken cancellationToken
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        return (
            await partners.RotateSecretAsync(id, body.OverlapSeconds, caller.ToCaller(), cancellationToken)
        ).ToHttp();
    }

    private static async Task<Results<Ok<PartnerResponse>, ProblemHttpResult>> RetireSecretAsync(
        string id,
        HttpCaller caller,
        HttpContext context,
        [FromServices] ChangePartners partners,
        CancellationToken cancellationToken
    ) => Answer(context, await partners.RetireSecretAsync(id, caller.ToCaller(), cancellationToken));

    private static async Task<Results<Ok<PartnerResponse>, ProblemHttpResult>> SuspendAsync(
        string id,
        HttpCaller caller,
        HttpContext context,
        [FromServices] ChangePartners partners,
        CancellationToken cancellationToken
    ) => Answer(context, await partners.SuspendAsync(id, true, caller.ToCaller(), cancellationToken));

    private static async Task<Results<Ok<PartnerResponse>, ProblemHttpResult>> ActivateAsync(
        string id,
        HttpCaller caller,
        HttpContext context,
        [FromServices] ChangePartners partners,
        CancellationToken cancellationToken
    ) => Answer(context, await partners.SuspendAsync(id, false, caller.ToCaller(), cancellationToken));

    private static Results<Ok<PartnerResponse>, ProblemHttpResult> Answer(
        HttpContext context,
        Outcome<PartnerResponse> outcome
    )
    {
        if (!outcome.Succeeded)
        {
            return ETags.Refuse(context, outcome.Problem);
        }

        ETags.Set(context, outcome.Value.Version);
        return TypedResults.Ok(outcome.Value);
    }
}
