using Microsoft.Extensions.DependencyInjection;

namespace SocialRegistry.Registry.Areas;

internal static class AreaServices
{
    /// <summary>The tree of areas.</summary>
    public static void AddAreas(this IServiceCollection services)
    {
        services.AddSingleton<AreaTrees>();
        services.AddSingleton<IAreaTrees>(provider => provider.GetRequiredService<AreaTrees>());
    }
}
