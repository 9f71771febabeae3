using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Authentication;
using SocialRegistry.Access.Authorization;
using SocialRegistry.Access.Changes;
using SocialRegistry.Access.Codes;
using SocialRegistry.Access.Keys;
using SocialRegistry.Access.Partners;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Access.Persistence.Postgres;
using SocialRegistry.Access.Persistence.Sqlite;
using SocialRegistry.Access.RateLimits;
using SocialRegistry.Access.Roles;
using SocialRegistry.Access.Sessions;
using SocialRegistry.Access.Setup;
using SocialRegistry.Access.Tokens;
using SocialRegistry.Access.Users;
using SocialRegistry.Contracts;
using SocialRegistry.Http;
using SocialRegistry.Storage;

namespace SocialRegistry.Access;

/// <summary>Accounts, partners, tokens, sessions, permissions and rate limits.</summary>
public static class AccessModule
{
    /// <summary>Registers the port <see cref="IPartners"/>, <see cref="IAccessSetup"/>, authentication and authorization. Needs <c>AddProtection</c> and an <see cref="IFieldCatalogue"/>.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddOptions<AccessOptions>().BindConfiguration("Access").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => PublicAddress.From(provider.GetRequiredService<IConfiguration>()));
        services.AddModuleDatabase<AccessDbContext, PostgresAccessDbContext, SqliteAccessDbContext>(
            AccessDbContext.Module
        );

        services.AddSingleton<RoleDirectory>();
        services.AddSingleton<AccessWork>();
        services.AddSingleton<IChainedLog, AccessLog>();
        services.AddSingleton<PartnerSecrets>();
        services.AddSingleton<PartnerDirectory>();
        services.AddSingleton<IPartners>(provider => provider.GetRequiredService<PartnerDirectory>());
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<ClientAssertions>();
        services.AddSingleton<TokenFailures>();
        services.AddSingleton<TokenEndpoint>();
        services.AddSingleton<ChangePartners>();
        services.AddSingleton<ChangeRoles>();
        services.AddSingleton<UserWork>();
        services.AddSingleton<ChangeUsers>();
        services.AddSingleton<UserAccess>();

        services.AddSingleton<Passwords>();
        services.AddSingleton<RegistrantLinks>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<CsrfTokens>();
        services.AddSingleton<SessionStore>();
        services.AddSingleton<LockOut>();
        services.AddSingleton<CodeSecrets>();
        services.AddSingleton<RecoveryCodes>();
        services.AddSingleton<CodeCheck>();
        services.AddSingleton<SetUpCodes>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<IAccessSetup, AccessSetup>();

        services
            .AddAuthentication(CallerAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, CallerAuthentication>(CallerAuthentication.SchemeName, null);
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationPolicyProvider, PermissionPolicies>();
        services.AddRateLimiter();
        services
            .AddOptions<RateLimiterOptions>()
            .Configure<IOptions<AccessOptions>>(
                (limiter, access) => RateLimits.RateLimits.Configure(limiter, access.Value)
            );
        return services;
    }

    /// <summary>Finds the caller, counts the request, checks purpose and CSRF token, then the route's policy. After <c>UseRouting</c>.</summary>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app) =>
        app.UseAuthentication().UseRateLimiter().UseMiddleware<RequestChecks>().UseAuthorization();

    /// <summary>Maps <c>/oauth2/client/token</c>, <c>/api/v1/session</c> and what administers partners, users and roles.</summary>
    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        TokenEndpoint.Map(routes);
        routes.MapSession();
        routes.MapCodes();
        routes.MapPartners();
        routes.MapUsers();
        routes.MapRoles();
        routes.MapAccessLog();
        routes.MapKeys();
    }
}
