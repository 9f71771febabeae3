using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Client;
using SocialRegistry.Grpc.Server;
using SocialRegistry.Http;
using SocialRegistry.Protection;

namespace SocialRegistry.Grpc;

/// <summary>The ports of <c>Contracts</c> over gRPC, both ends (package <c>socialregistry.v1</c> in <c>proto/</c>).</summary>
public static class GrpcModule
{
    /// <summary>
    /// The server's end. Needs the ports and an <see cref="IKeyRing"/> in the container, and authentication and
    /// authorization in the pipeline.
    /// </summary>
    public static IServiceCollection AddRegistryGrpc(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CallerTokens>();
        services
            .AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, CallerAuthentication>(CallerAuthentication.SchemeName, null);
        services.AddAuthorization();
        services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = GrpcLimits.MaxMessageBytes;
            options.MaxSendMessageSize = GrpcLimits.MaxMessageBytes;
            options.EnableDetailedErrors = false;
            options.Interceptors.Add<ErrorInterceptor>();
        });
        // A compressed message is measured only after it was unpacked whole, so none is taken.
        services.PostConfigure<GrpcServiceOptions>(options => options.CompressionProviders.Clear());
        services.AddGrpcHealthChecks();
        services.AddGrpcReflection();
        return services;
    }

    /// <summary>
    /// Maps the services. All but health need a caller token, reflection too; reflection is there in Development or with
    /// <c>Grpc:Reflection=true</c>.
    /// </summary>
    /// <param name="configure">Applied to every endpoint, such as the mark of the internal listener.</param>
    public static void MapRegistryGrpc(this IEndpointRouteBuilder routes, Action<IEndpointConventionBuilder> configure)
    {
        List<IEndpointConventionBuilder> ports =
        [
            routes.MapGrpcService<RegistrantsService>(),
            routes.MapGrpcService<GroupsService>(),
            routes.MapGrpcService<AttestationsService>(),
            routes.MapGrpcService<VersionsService>(),
            routes.MapGrpcService<NamedVersionsService>(),
            routes.MapGrpcService<FieldCatalogueService>(),
            routes.MapGrpcService<AreasService>(),
            routes.MapGrpcService<CatalogueChangesService>(),
            routes.MapGrpcService<PartnersService>(),
            routes.MapGrpcService<RelationshipsService>(),
            routes.MapGrpcService<RelationTypesService>(),
            routes.MapGrpcService<IdentifierPoolService>(),
            routes.MapGrpcService<DocumentsService>(),
            routes.MapGrpcService<ConsentsService>(),
            routes.MapGrpcService<ErasuresService>(),
            routes.MapGrpcService<PersonalDataService>(),
            routes.MapGrpcService<BreakGlassService>(),
            routes.MapGrpcService<AlertsService>(),
            routes.MapGrpcService<ChangeLogService>(),
            routes.MapGrpcService<ChangeRequestsService>(),
        ];
        ports.ForEach(port => port.Add(CallGuard.Add));
        var services = routes.ServiceProvider;
        if (
            services.GetRequiredService<IHostEnvironment>().IsDevelopment()
            || services.GetRequiredService<IConfiguration>().GetValue<bool>("Grpc:Reflection")
        )
        {
            ports.Add(routes.MapGrpcReflectionService());
        }

        foreach (var port in ports)
        {
            port.RequireAuthorization(CallerAuthentication.Policy);
            configure(port);
        }

        var health = routes.MapGrpcHealthChecksService();
        health.AllowEverybody("Supervisors ask without a token; the answer is one word.");
        configure(health);
    }

    /// <summary>
    /// The client's end: registers the ports as calls to the core at this address. Needs an <see cref="IKeyRing"/> with the
    /// deployment's key for internal calls. For https see the section <c>Core</c> in the README.
    /// </summary>
    /// <param name="address">http only on loopback.</param>
    public static IServiceCollection AddGrpcPorts(this IServiceCollection services, Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CallerTokens>();
        services.AddSingleton(provider => new RegistryChannel(
            address,
            provider.GetService<IConfiguration>()?.GetSection("Core")
        ));
        services.AddSingleton<RemoteCalls>();
        services.AddSingleton<IRegistrants, RemoteRegistrants>();
        services.AddSingleton<IGroups, RemoteGroups>();
        services.AddSingleton<IAttestations, RemoteAttestations>();
        services.AddSingleton<IVersions, RemoteVersions>();
        services.AddSingleton<INamedVersions, RemoteNamedVersions>();
        services.AddSingleton<IFieldCatalogue, RemoteFieldCatalogue>();
        services.AddSingleton<IAreas, RemoteAreas>();
        services.AddSingleton<ICatalogueChanges, RemoteCatalogueChanges>();
        services.AddSingleton<IPartners, RemotePartners>();
        services.AddSingleton<IRelationships, RemoteRelationships>();
        services.AddSingleton<IRelationTypes, RemoteRelationTypes>();
        services.AddSingleton<IIdentifierPool, RemoteIdentifierPool>();
        services.AddSingleton<IDocuments, RemoteDocuments>();
        services.AddSingleton<IConsents, RemoteConsents>();
        services.AddSingleton<IErasures, RemoteErasures>();
        services.AddSingleton<IPersonalData, RemotePersonalData>();
        services.AddSingleton<IBreakGlass, RemoteBreakGlass>();
        services.AddSingleton<IAlerts, RemoteAlerts>();
        services.AddSingleton<IChangeLog, RemoteChangeLog>();
        services.AddSingleton<IChangeRequests, RemoteChangeRequests>();
        return services;
    }
}
