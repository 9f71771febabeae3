using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace SocialRegistry.Http;

/// <summary>The decision that a route answers everybody.</summary>
/// <param name="Reason">A sentence for <c>docs/access.md</c>: why no token is asked for, or what protects the route instead.</param>
public sealed record OpenToEverybody(string Reason) : IAllowAnonymous;

/// <summary>Routes without a permission. They stand with their reasons in <c>docs/access.md</c>; a plain <c>AllowAnonymous</c> is refused by a test.</summary>
public static class OpenRoutes
{
    /// <summary>Lets everybody in, with or without a token, for a reason that is shown.</summary>
    public static T AllowEverybody<T>(this T routes, string reason)
        where T : IEndpointConventionBuilder
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return routes.WithMetadata(new OpenToEverybody(reason));
    }
}
