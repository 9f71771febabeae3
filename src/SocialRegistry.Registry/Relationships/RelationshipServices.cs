using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Persistence.Postgres;
using SocialRegistry.Registry.Persistence.Sqlite;
using SocialRegistry.Storage;

namespace SocialRegistry.Registry.Relationships;

internal static class RelationshipServices
{
    public static void AddRelationships(this IServiceCollection services)
    {
        services.AddSingleton<IRowLocks>(provider =>
            provider.GetRequiredService<DatabaseOptions>().Provider == DatabaseProvider.Postgres
                ? new PostgresRowLocks()
                : new SqliteRowLocks()
        );
        services.AddSingleton<RelationshipTools>();
        services.AddSingleton<ReadRelationships>();
        services.AddSingleton<FindRelatives>();
        services.AddSingleton<ChangeParents>();
        services.AddSingleton<ChangeSpouses>();
        services.AddSingleton<ChangeRelations>();
        services.AddSingleton<IRelationships, RelationshipsPort>();
        services.AddSingleton<IRelationTypes, RelationTypesPort>();
    }
}
