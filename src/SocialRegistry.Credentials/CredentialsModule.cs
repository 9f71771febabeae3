using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SocialRegistry.Credentials.Discovery;
using SocialRegistry.Credentials.Formats;
using SocialRegistry.Credentials.Issuer;
using SocialRegistry.Credentials.Issuing;
using SocialRegistry.Credentials.Offers;
using SocialRegistry.Credentials.Persistence;
using SocialRegistry.Credentials.Persistence.Postgres;
using SocialRegistry.Credentials.Persistence.Sqlite;
using SocialRegistry.Credentials.Tokens;
using SocialRegistry.Credentials.Types;
using SocialRegistry.Credentials.Verification;
using SocialRegistry.Http;
using SocialRegistry.Protection;
using SocialRegistry.Storage;

namespace SocialRegistry.Credentials;

/// <summary>The credential service: offers, the OpenID4VCI issuer, verification.</summary>
public static class CredentialsModule
{
    private const string Published =
        "Wallets and verifiers read it to find their way and to check signatures; nothing in it is about a person.";

    /// <summary>CORS policy of the public doors: wallets in browsers come from anywhere, without cookies.</summary>
    public const string WalletCors = "credentials-wallets";

    /// <summary>Registers the service. Needs <c>AddProtection</c> and the ports of the core. Opens neither keys nor database.</summary>
    public static IServiceCollection AddCredentials(this IServiceCollection services)
    {
        services
            .AddOptions<CredentialsOptions>()
            .BindConfiguration("Credentials")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddValidation();
        services.AddCors(cors =>
            cors.AddPolicy(
                WalletCors,
                policy =>
                    policy
                        .AllowAnyOrigin()
                        .WithMethods("GET", "POST")
                        .WithHeaders("authorization", "content-type", "accept", "accept-language", "dpop")
                        .WithExposedHeaders("WWW-Authenticate")
                        .SetPreflightMaxAge(TimeSpan.FromHours(1))
            )
        );
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => PublicAddress.From(provider.GetRequiredService<IConfiguration>()));
        services.AddModuleDatabase<CredentialsDbContext, PostgresCredentialsDbContext, SqliteCredentialsDbContext>(
            CredentialsDbContext.Module
        );

        services.AddSingleton(provider => IssuerIdentity.From(provider.GetRequiredService<PublicAddress>().Url));
        services.AddSingleton<CredentialTypes>();
        services.AddSingleton<CredentialSecrets>();
        services.AddSingleton(provider => new CredentialSigner(
            provider.GetRequiredService<IKeyRing>(),
            provider.GetRequiredService<PublicAddress>().Url
        ));
        services.AddSingleton(provider => new CredentialVerifier(
            provider.GetRequiredService<IKeyRing>(),
            provider.GetRequiredService<PublicAddress>().Url,
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddScoped<IssuerMetadata>();
        services.AddScoped<TypeMetadata>();
        services.AddSingleton<IssuerKeys>();
        services.AddSingleton<Nonces>();
        services.AddSingleton<RedeemOffer>();
        services.AddScoped<MakeOffer>();
        services.AddScoped<AttestedClaims>();
        services.AddSingleton<KeyProofs>();
        services.AddSingleton<RequestedConfiguration>();
        services.AddScoped<IssueCredentials>();
        services.AddSingleton<Housekeeping>();
        services.AddHostedService(provider => provider.GetRequiredService<Housekeeping>());
        return services;
    }

    /// <summary>Maps <c>/api/v1/credential-offers</c>, <c>/credentials/*</c> and the well-known places.</summary>
    public static void MapCredentials(this IEndpointRouteBuilder routes)
    {
        var issuer = routes.ServiceProvider.GetRequiredService<IssuerIdentity>();
        routes.MapOffers();

        var open = routes.Open("");
        open.MapPublic(issuer);
        open.Because(Published).MapDiscovery("");
        if (issuer.Path.Length > 0)
        {
            // Well-known names stand before the path of the address; the rest below it, for a proxy that does not cut it off.
            open.Because(Published).MapDiscovery(issuer.Path);
            var below = routes.Open(issuer.Path).ExcludeFromDescription();
            below.MapPublic(issuer);
            below.Because(Published).MapDiscovery("");
        }
    }

    private static void MapPublic(this IEndpointRouteBuilder routes, IssuerIdentity issuer)
    {
        routes.Because("The address holds 192 random bits, and the answer no personal data.").MapPublicOffers();
        routes.Because("The code in the request is the authorization; a nonce is worth nothing by itself.").MapTokens();
        routes.Because("The wallet's token of the token endpoint and its key proof are checked here.").MapCredential();
        routes
            .Because("Anybody who was shown a credential may check it, and learns only what it says.")
            .MapVerification();
        routes.Because(Published).MapNamed(issuer);
    }

    /// <summary>Wallets and verifiers have no account here: each page of routes has something else that protects it.</summary>
    private static RouteGroupBuilder Because(this IEndpointRouteBuilder routes, string reason) =>
        routes.MapGroup("").AllowEverybody(reason);

    private static RouteGroupBuilder Open(this IEndpointRouteBuilder routes, string prefix) =>
        routes
            .MapGroup(prefix)
            .RequireCors(WalletCors)
            .WithTags("Credentials")
            .WithMetadata(new WalletRefusalForm())
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
}
