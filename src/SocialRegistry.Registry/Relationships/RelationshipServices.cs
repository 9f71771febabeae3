using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Relationships;

internal static class RelationshipServices
{
    public static void AddRelationships(this IServiceCollection services)
    {
        services.AddSingleton<RelationshipTools>();
        services.AddSingleton<ReadRelationships>();
        services.AddSingleton<ReadRelationship>();
        services.AddSingleton<FindRelatives>();
        services.AddSingleton<ChangeParents>();
        services.AddSingleton<ChangeSpouses>();
        services.AddSingleton<ChangeRelations>();
        services.AddSingleton<IRelationships, RelationshipsPort>();
        services.AddSingleton<IRelationTypes, RelationTypesPort>();
    }
}
