using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Areas;

internal static class AreaServices
{
    /// <summary>The tree of areas.</summary>
    public static void AddAreas(this IServiceCollection services)
    {
        services.AddSingleton<AreaTrees>();
        services.AddSingleton<IAreaTrees>(provider => provider.GetRequiredService<AreaTrees>());
        services.AddSingleton<AreaWork>();
        services.AddSingleton<ReadAreas>();
        services.AddSingleton<ChangeAreas>();
        services.AddSingleton<ImportAreas>();
        services.AddSingleton<ISubtrees, AreaSubtrees>();
        services.AddSingleton<IAreas, AreasPort>();
    }
}
