using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Fields;

/// <summary>Refuses query parameters that an operation does not know, instead of passing over them.</summary>
internal static class KnownQuery
{
    public static RouteHandlerBuilder WithKnownQuery(this RouteHandlerBuilder route, params string[] names) =>
        route.AddEndpointFilter(
            async (context, next) =>
            {
                var unknown = context
                    .HttpContext.Request.Query.Keys.Where(key => !names.Contains(key, StringComparer.Ordinal))
                    .Take(10)
                    .Select(key => new FieldProblem(Printable(key), "unknown", "There is no such query parameter."))
                    .ToList();
                return unknown.Count == 0
                    ? await next(context)
                    : Problem
                        .Invalid("query.unknown", "The address has query parameters that are not known here.", unknown)
                        .ToHttp();
            }
        );

    private static string Printable(string key) =>
        key.Length is > 0 and <= 60 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') ? key : "?";
}
