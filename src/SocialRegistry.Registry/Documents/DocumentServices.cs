using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Documents;

internal static class DocumentServices
{
    public static void AddDocuments(IServiceCollection services)
    {
        services
            .AddOptions<DocumentOptions>()
            .BindConfiguration("Registry:Documents")
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<DocumentOptions>>().Value);
        services.AddSingleton<AddDocument>();
        services.AddSingleton<DocumentReferences>();
        services.AddSingleton<IDocuments, DocumentsPort>();
    }
}
