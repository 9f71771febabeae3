using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Persistence.Postgres;
using SocialRegistry.Registry.Persistence.Sqlite;
using SocialRegistry.Registry.Verification;
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
        services.AddSingleton<ChainedLogs>();
        services.AddSingleton<LogSealer>();
        services.AddSingleton<IChangeLog, ChangeLogPort>();
        services.AddHostedService<SealWorker>();
        services.AddSingleton(provider => new LogVerification(
            provider.GetRequiredService<IDbContextFactory<RegistryDbContext>>(),
            provider.GetRequiredService<ISealStore>(),
            provider.GetRequiredService<LogKeys>(),
            provider.GetRequiredService<ChainedLogs>()
        ));
    }
}
