using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace SocialRegistry.Credentials;

/// <summary>The doors of this module.</summary>
public static class CredentialsModule
{
    /// <summary>Registers issuing and verifying. Needs the ports of the registry, <c>AddProtection</c> and a database.</summary>
    public static IServiceCollection AddCredentials(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services
            .AddOptions<CredentialsOptions>()
            .BindConfiguration("Credentials")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton(provider => CredentialIssuer.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(_ => CredentialTypes.BuiltIn());
        services.AddSingleton<CredentialSigner>();
        return services;
    }

    /// <summary>Maps all routes of this module.</summary>
    public static IEndpointRouteBuilder MapCredentials(this IEndpointRouteBuilder routes) => routes;
}
