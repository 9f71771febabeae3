using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Relationships;

/// <summary>A query parameter that a route does not know is refused, not ignored.</summary>
internal static class QueryNames
{
    public static RouteGroupBuilder RefuseOtherQueries(this RouteGroupBuilder group, params string[] known)
    {
        group.AddEndpointFilter(
            async (context, next) =>
            {
                var unknown = context
                    .HttpContext.Request.Query.Keys.Where(name =>
                        !known.Contains(name, StringComparer.OrdinalIgnoreCase)
                    )
                    .ToList();
                return unknown.Count == 0
                    ? await next(context)
                    : Problem
                        .Invalid(
                            "http.query_unknown",
                            known.Length == 0
                                ? "This route takes no query parameters."
                                : "Known query parameters: " + string.Join(", ", known) + ".",
                            [.. unknown.Take(10).Select(n => new FieldProblem(Shown(n), "unknown", "Leave it out."))]
                        )
                        .ToHttp();
            }
        );
        return group;
    }

    private static string Shown(string name) => name.Length <= 60 ? name : name[..60];
}
