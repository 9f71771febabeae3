using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Registry.Persistence.Postgres;
using SocialRegistry.Registry.Persistence.Sqlite;
using SocialRegistry.Storage;

namespace SocialRegistry.Registry.Sealing;

internal static class SealingServices
{
    public static void AddSealing(this IServiceCollection services)
    {
        services.AddSingleton<ISealStore>(provider =>
            provider.GetRequiredService<DatabaseOptions>().Provider == DatabaseProvider.Postgres
                ? new PostgresSealStore()
                : new SqliteSealStore()
        );
        services.AddSingleton<LogKeys>();
        services.AddSingleton<LogSealer>();
        services.AddHostedService<SealWorker>();
    }
}
