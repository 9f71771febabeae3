using Microsoft.AspNetCore.Http;
using SocialRegistry.Access.Sessions;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Authentication;

/// <summary>What an authenticated request must also be: for a purpose the caller has, and (with a cookie) sent by our own pages.</summary>
internal sealed class RequestChecks(RequestDelegate next, CsrfTokens csrf)
{
    public const string PurposeHeader = "X-Purpose";
    public const string CsrfHeader = "X-CSRF-Token";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<CallerFeature>() is not { } feature)
        {
            return next(context);
        }

        if (feature.Session is { } session && !IsSafe(context.Request.Method))
        {
            if (context.Request.Headers[CsrfHeader] is not [{ } given] || !csrf.Matches(session.Token, given))
            {
                return context.RefuseAsync(SessionProblems.Csrf);
            }
        }

        var named = context.Request.Headers[PurposeHeader];
        if (named.Count > 0)
        {
            if (named is not [{ } purpose] || !feature.Purposes.Contains(purpose))
            {
                return context.RefuseAsync(
                    Problem.Forbidden(
                        "access.purpose_unknown",
                        $"{PurposeHeader} must name one purpose that was agreed for this caller."
                    )
                );
            }

            feature.SetPurpose(purpose);
        }

        return next(context);
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);
}
