using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Access.Authentication;
using SocialRegistry.Access.Sessions;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Codes;

/// <summary><c>/api/v1/session/codes</c>: one-time codes of one's own account.</summary>
internal static class CodeEndpoints
{
    private const int MaxBytes = 8 * 1024;

    public static void MapCodes(this IEndpointRouteBuilder routes)
    {
        var codes = routes
            .MapGroup("/api/v1/session/codes")
            .WithTags("Session")
            .RequireAuthorization(Policies.SignedIn)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes));
        foreach (var status in (int[])[400, 401, 403, 409, 413, 415, 429, 503])
        {
            codes.ProducesProblem(status);
        }

        codes.MapPost("/", BeginAsync).WithSummary("Begin with one-time codes; the answer holds their secret, once");
        codes
            .MapPost("/confirm", ConfirmAsync)
            .WithSummary("Confirm them by a first code; the answer holds recovery codes, once");
        codes.MapPost("/end", EndAsync).WithSummary("Sign in without one-time codes again");
    }

    private static async Task<Results<Ok<BegunCodesResponse>, ProblemHttpResult>> BeginAsync(
        BeginCodesRequest body,
        HttpContext context,
        [FromServices] SetUpCodes codes,
        CancellationToken cancellationToken
    )
    {
        var found = Session(context);
        if (!found.Succeeded)
        {
            return found.Problem.ToHttp();
        }

        var session = found.Value;

        var from = RateLimits.RateLimits.AddressOf(context);
        var (outcome, wait) = await codes.BeginAsync(session, body.Password, from, cancellationToken);
        context.Response.Headers.CacheControl = "no-store";
        return outcome.Succeeded
            ? TypedResults.Ok(outcome.Value)
            : SessionEndpoints.Refuse(context, outcome.Problem, wait);
    }

    private static async Task<Results<Ok<RecoveryCodesResponse>, ProblemHttpResult>> ConfirmAsync(
        ConfirmCodesRequest body,
        HttpContext context,
        [FromServices] SetUpCodes codes,
        CancellationToken cancellationToken
    )
    {
        var found = Session(context);
        if (!found.Succeeded)
        {
            return found.Problem.ToHttp();
        }

        var session = found.Value;

        context.Response.Headers.CacheControl = "no-store";
        return (await codes.ConfirmAsync(session, body.Code, cancellationToken)).ToHttp();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        EndCodesRequest body,
        HttpContext context,
        [FromServices] SetUpCodes codes,
        CancellationToken cancellationToken
    )
    {
        var found = Session(context);
        if (!found.Succeeded)
        {
            return found.Problem.ToHttp();
        }

        var session = found.Value;

        var from = RateLimits.RateLimits.AddressOf(context);
        var (problem, wait) = await codes.EndAsync(session, body, from, cancellationToken);
        return problem is null ? TypedResults.NoContent() : SessionEndpoints.Refuse(context, problem, wait);
    }

    /// <summary>The session, unless it is one that can only choose a password.</summary>
    private static Outcome<SignedInSession> Session(HttpContext context) =>
        context.Features.Get<CallerFeature>()?.Session is not { } session ? SessionProblems.NoSession
        : session.PasswordExpired ? SessionProblems.PasswordExpired
        : session;
}
