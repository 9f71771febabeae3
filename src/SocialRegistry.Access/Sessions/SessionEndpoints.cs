using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Access.Authentication;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Sessions;

/// <summary><c>/api/v1/session</c>: sign in, look, change the password, sign out.</summary>
internal static class SessionEndpoints
{
    private const int MaxBytes = 8 * 1024;

    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        var session = routes
            .MapGroup("/api/v1/session")
            .WithTags("Session")
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes));
        session
            .MapPost("/", OpenAsync)
            .AllowEverybody(
                "Here a caller becomes known, by password and one-time code; wrong ones lock the name for a while."
            )
            .WithSummary("Sign in; the answer sets an HttpOnly cookie")
            .ProducesProblem(400)
            .ProducesProblem(401)
            .ProducesProblem(413)
            .ProducesProblem(415)
            .ProducesProblem(429)
            .ProducesProblem(503);
        session
            .MapGet("/", Get)
            .RequireAuthorization(Policies.SignedIn)
            .WithSummary("Who is signed in")
            .ProducesProblem(401)
            .ProducesProblem(403)
            .ProducesProblem(429);
        session
            .MapPut("/password", ChangePasswordAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithSummary("Change one's own password; all other sessions end")
            .ProducesProblem(400)
            .ProducesProblem(401)
            .ProducesProblem(403)
            .ProducesProblem(413)
            .ProducesProblem(415)
            .ProducesProblem(429)
            .ProducesProblem(503);
        session
            .MapDelete("/", CloseAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithSummary("Sign out")
            .ProducesProblem(401)
            .ProducesProblem(403)
            .ProducesProblem(429);
    }

    private static async Task<Results<Ok<SessionResponse>, ProblemHttpResult>> OpenAsync(
        SessionRequest body,
        HttpContext context,
        [FromServices] SignIn signIn,
        [FromServices] SessionCookie cookie,
        [FromServices] CsrfTokens csrf,
        CancellationToken cancellationToken
    )
    {
        var (outcome, wait) = await signIn.OpenAsync(body, RateLimits.RateLimits.AddressOf(context), cancellationToken);
        if (!outcome.Succeeded)
        {
            return Refuse(context, outcome.Problem, wait);
        }

        cookie.Write(context, outcome.Value.Token);
        return TypedResults.Ok(Describe(outcome.Value, csrf));
    }

    private static Results<Ok<SessionResponse>, ProblemHttpResult> Get(
        HttpContext context,
        [FromServices] CsrfTokens csrf
    ) =>
        context.Features.Get<CallerFeature>()?.Session is { } session
            ? TypedResults.Ok(Describe(session, csrf))
            : SessionProblems.NoSession.ToHttp();

    private static async Task<Results<NoContent, ProblemHttpResult>> ChangePasswordAsync(
        PasswordRequest body,
        HttpContext context,
        [FromServices] SignIn signIn,
        CancellationToken cancellationToken
    )
    {
        if (context.Features.Get<CallerFeature>()?.Session is not { } session)
        {
            return SessionProblems.NoSession.ToHttp();
        }

        var (problem, wait) = await signIn.ChangePasswordAsync(
            session,
            body,
            RateLimits.RateLimits.AddressOf(context),
            cancellationToken
        );
        return problem is null ? TypedResults.NoContent() : Refuse(context, problem, wait);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> CloseAsync(
        HttpContext context,
        [FromServices] SessionStore sessions,
        [FromServices] SessionCookie cookie,
        CancellationToken cancellationToken
    )
    {
        if (context.Features.Get<CallerFeature>()?.Session is not { } session)
        {
            return SessionProblems.NoSession.ToHttp();
        }

        await sessions.CloseAsync(session.Token, cancellationToken);
        cookie.Clear(context);
        return TypedResults.NoContent();
    }

    private static SessionResponse Describe(SignedInSession session, CsrfTokens csrf) =>
        new()
        {
            Csrf = csrf.For(session.Token),
            User = session.User,
            Roles = session.Roles,
            Permissions = [.. session.Permissions.Order(StringComparer.Ordinal)],
            PasswordExpired = session.PasswordExpired,
            CodesMissing = session.CodesMissing,
            CodesSetUp = session.CodesSetUp,
            Registrant = session.Registrant?.ToString(),
        };

    public static ProblemHttpResult Refuse(HttpContext context, Problem problem, TimeSpan? wait)
    {
        if (wait is { } time)
        {
            context.Response.Headers.RetryAfter = RateLimits.RateLimits.Seconds(time);
        }

        context.Response.Headers.CacheControl = "no-store";
        return problem.ToHttp();
    }
}
