using System.Collections.Frozen;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Authorization;

/// <summary>
/// A policy for each permission, under the permission's own name; policies that a module registered itself stay what they are;
/// what names no policy is denied.
/// </summary>
internal sealed class PermissionPolicies(IOptions<AuthorizationOptions> registered) : IAuthorizationPolicyProvider
{
    private static readonly AuthorizationPolicy SignedIn = Builder().RequireAuthenticatedUser().Build();

    private static readonly FrozenDictionary<string, AuthorizationPolicy> ByPermission =
        Permissions.All.ToFrozenDictionary(
            permission => permission,
            permission =>
                Builder().RequireAuthenticatedUser().RequireClaim(Policies.PermissionClaim, permission).Build()
        );

    /// <summary>Absent for a name that nobody knows: the framework then fails loudly, since the route is wrong.</summary>
    public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        Task.FromResult(
            policyName == Policies.SignedIn ? SignedIn
            : ByPermission.TryGetValue(policyName, out var policy) ? policy
            : registered.Value.GetPolicy(policyName)
        );

    /// <summary><c>RequireAuthorization()</c> without a name.</summary>
    public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => Task.FromResult(SignedIn);

    /// <summary>Routes without any authorization metadata: 401, or 403 for a known caller.</summary>
    public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => Task.FromResult<AuthorizationPolicy?>(FallBack);

    public bool AllowsCachingPolicies => true;

    private static AuthorizationPolicy FallBack { get; } = Builder().AddRequirements(new NoRoute()).Build();

    private static AuthorizationPolicyBuilder Builder() => new();

    /// <summary>Met only where there is no route at all, so that an unknown path is 404 and a wrong method 405.</summary>
    internal sealed class NoRoute : AuthorizationHandler<NoRoute>, IAuthorizationRequirement
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NoRoute requirement)
        {
            // The router's own answers (405, 415) are endpoints too, but no routes.
            if (context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}
