using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Versions;

internal static class VersionServices
{
    public static IServiceCollection AddVersions(this IServiceCollection services)
    {
        services.AddSingleton<PastRecord>();
        services.AddSingleton<PastAttestations>();
        services.AddSingleton<PastViews>();
        services.AddSingleton<PastMembers>();
        services.AddSingleton<SearchPast>();
        services.AddSingleton<NamedVersionJoins>();
        services.AddSingleton<ListVersions>();
        services.AddSingleton<ListChanges>();
        services.AddSingleton<CompareVersions>();
        services.AddSingleton<IVersions, VersionsPort>();
        services.AddSingleton<FeedbackAnswers>();
        services.AddSingleton<GiveFeedback>();
        services.AddSingleton<ReadNamedVersions>();
        services.AddSingleton<INamedVersions, NamedVersionsPort>();
        return services;
    }
}
