using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Identifiers;

internal static class IdentifierServices
{
    public static void AddIdentifierPool(IServiceCollection services)
    {
        services.AddSingleton<NumberSeal>();
        services.AddSingleton<NumberPool>();
        services.AddSingleton<GenerateAtCreation>();
        services.AddSingleton<PoolWorker>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<PoolWorker>());
        services.AddSingleton<IIdentifierPool, IdentifierPoolPort>();
    }
}
