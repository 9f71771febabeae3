using Microsoft.AspNetCore.Http;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Tokens;

/// <summary>Refusals for load at the token endpoint: a problem (RFC 9457) that is an OAuth error as well, so that either kind of client can read it.</summary>
internal sealed class OAuthRefusalForm : IRefusalForm
{
    public Task WriteAsync(HttpContext context, Problem problem, CancellationToken cancellationToken)
    {
        var document = problem.ToHttp();
        // RFC 6749 has no code for load; slow_down is registered for token endpoints by RFC 8628 §3.5.
        document.ProblemDetails.Extensions["error"] =
            problem.Kind == ProblemKind.TooMany ? "slow_down" : "invalid_request";
        document.ProblemDetails.Extensions["error_description"] = problem.Detail;
        return document.ExecuteAsync(context);
    }
}

/// <summary>429 after too many failed authentications.</summary>
internal sealed class TooManyFailures(TimeSpan wait) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = RateLimits.RateLimits.Seconds(wait);
        return httpContext.RefuseAsync(
            new Problem(
                "access.too_many_failures",
                ProblemKind.TooMany,
                "Too many failed authentications from here; wait as Retry-After says."
            )
        );
    }
}
