using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Persistence.Postgres;
using SocialRegistry.Registry.Persistence.Sqlite;
using SocialRegistry.Storage;

namespace SocialRegistry.Registry.Search;

internal static class SearchServices
{
    public static IServiceCollection AddSearch(this IServiceCollection services)
    {
        services.TryAddSingleton<ISubtrees, FlatSubtrees>();
        services.AddSingleton<SearchRows>();
        services.AddSingleton<SearchLookups>();
        services.AddSingleton<SearchCursors>();
        services.AddSingleton<RowRules>();
        services.AddSingleton<WaitingIndexes>();
        services.AddSingleton<SearchRegistrants>();
        services.AddSingleton<Reindex>();
        services.AddSingleton<ISearchDialect>(provider =>
            provider.GetRequiredService<DatabaseOptions>().Provider == DatabaseProvider.Postgres
                ? new PostgresSearchDialect()
                : new SqliteSearchDialect()
        );
        return services;
    }
}
