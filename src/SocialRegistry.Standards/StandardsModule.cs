using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SocialRegistry.Http;
using SocialRegistry.Standards.Dci;
using SocialRegistry.Standards.Dci.Envelope;
using SocialRegistry.Standards.Dci.Search;
using SocialRegistry.Standards.Dci.Signatures;

namespace SocialRegistry.Standards;

/// <summary>The doors of others' standards over the ports of the core: DCI for now.</summary>
public static class StandardsModule
{
    /// <summary>Registers the module. Needs <c>IRegistrants</c>, <c>IFieldCatalogue</c>, <c>IPartners</c> and <c>AddProtection</c>.</summary>
    public static IServiceCollection AddStandards(this IServiceCollection services)
    {
        services
            .AddOptions<DciOptions>()
            .BindConfiguration("Standards:Dci")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => PublicAddress.From(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<DciIdentity>();
        services.AddSingleton<MessageMemory>();
        services.AddSingleton<PartnerKeys>();
        services.AddSingleton<MessageVerifier>();
        services.AddSingleton<MessageSigner>();
        services.AddSingleton<VocabularySource>();
        services.AddSingleton<SearchRegistry>();
        services.AddSingleton<SyncSearch>();
        return services;
    }

    /// <summary>Maps <c>POST /registry/sync/search</c>, and the same below <c>/dci</c> unless switched off.</summary>
    public static void MapStandards(this IEndpointRouteBuilder routes) => routes.MapDci();
}
