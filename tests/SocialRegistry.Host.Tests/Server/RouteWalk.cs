using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Host.Tests.Server;

/// <summary>Looks at every route of a program, whichever it is: what each decided about who comes in, and which decided nothing.</summary>
internal static class RouteWalk
{
    public static IReadOnlyList<RouteEndpoint> Routes(EndpointDataSource source) =>
        [.. source.Endpoints.OfType<RouteEndpoint>()];

    /// <summary>Why a route is open; <c>null</c> when it is not, or does not say.</summary>
    public static string? OpenBecause(RouteEndpoint route) => route.Metadata.GetMetadata<OpenToEverybody>()?.Reason;

    public static bool IsOpen(RouteEndpoint route) => route.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <summary>The policies by name, the permissions among them.</summary>
    public static IReadOnlyList<string> Named(RouteEndpoint route) =>
        [.. route.Metadata.OfType<IAuthorizeData>().Select(a => a.Policy).OfType<string>()];

    public static IReadOnlyList<string> Methods(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"];

    public static string Pattern(RouteEndpoint route) => "/" + route.RoutePattern.RawText?.TrimStart('/');

    /// <summary>Every route whose decision is missing or says nothing, with what is wrong.</summary>
    public static IReadOnlyList<string> Mistakes(EndpointDataSource source) =>
        [
            .. from route in Routes(source)
            let mistake = MistakeOf(route)
            where mistake is not null
            select $"{string.Join(' ', Methods(route))} {Pattern(route)} {mistake}",
        ];

    private static string? MistakeOf(RouteEndpoint route)
    {
        var named = Named(route);
        var policies = route.Metadata.OfType<AuthorizationPolicy>().Any();
        if (IsOpen(route))
        {
            return route.Metadata.OfType<IAllowAnonymous>().Any(open => open is not OpenToEverybody)
                    ? "is open by a plain AllowAnonymous, without a reason (AllowEverybody)."
                : named.Count > 0 || policies ? "is open, and names a permission that nobody looks at."
                : null;
        }

        return named.Count == 0 && !policies ? "names neither a permission nor a reason to be open."
            : named.FirstOrDefault(n => n != Policies.SignedIn && !Permissions.All.Contains(n)) is { } unknown
                ? $"names {unknown}, which is no permission."
            : null;
    }

    /// <summary>The route with something in the place of each parameter.</summary>
    public static string Address(RouteEndpoint route) =>
        "/"
        + string.Join(
            '/',
            route.RoutePattern.PathSegments.Select(segment =>
                string.Concat(
                    segment.Parts.Select(part =>
                        part switch
                        {
                            RoutePatternLiteralPart literal => literal.Content,
                            RoutePatternSeparatorPart separator => separator.Content,
                            _ => "01a20eb5-5b26-775e-a014-952db1c4710a",
                        }
                    )
                )
            )
        );
}
