using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields.Changes;
using SocialRegistry.Registry.Fields.Indexes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Persistence.Postgres;
using SocialRegistry.Registry.Persistence.Sqlite;
using SocialRegistry.Registry.Search;
using SocialRegistry.Storage;

namespace SocialRegistry.Registry.Fields;

internal static class FieldsModule
{
    /// <summary>The field catalogue, its changes, and the indexes that follow from it. After the module's database.</summary>
    public static void AddFields(this IServiceCollection services)
    {
        services.AddSingleton<CatalogueSeed>();
        services.AddSingleton<FieldCatalogue>();
        services.AddSingleton<IFieldCatalogue>(provider => provider.GetRequiredService<FieldCatalogue>());
        services.AddSingleton<IModuleMigrator, CatalogueStart>();
        services.AddHostedService<CatalogueWatch>();
        services.AddSingleton<CatalogueWriter>();
        services.AddSingleton<DraftFields>();
        services.AddSingleton<FieldEffects>();
        services.AddSingleton<PublishField>();
        services.AddSingleton<PutCodeLists>();
        services.AddSingleton<PutIdentifierTypes>();
        services.AddSingleton<ApplyCatalogue>();
        services.AddSingleton<ICatalogueChanges, CatalogueChangesPort>();
        services.AddSingleton<IndexWork>();
        services.AddHostedService<IndexWorker>();
        services.AddSingleton<SqliteFieldIndexes>();
        services.AddSingleton<PostgresFieldIndexes>();
        services.AddSingleton<IFieldIndexes>(provider => new SearchFieldIndexes(
            IsPostgres(provider)
                ? provider.GetRequiredService<PostgresFieldIndexes>()
                : provider.GetRequiredService<SqliteFieldIndexes>(),
            provider.GetRequiredService<Reindex>
        ));
        services.AddSingleton<IStoredValues>(provider =>
            IsPostgres(provider) ? new PostgresStoredValues() : new SqliteStoredValues()
        );
    }

    private static bool IsPostgres(IServiceProvider provider) =>
        provider.GetRequiredService<DatabaseOptions>().Provider == DatabaseProvider.Postgres;
}
