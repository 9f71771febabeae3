using Microsoft.EntityFrameworkCore;

namespace SocialRegistry.Storage;

/// <summary>Brings one module's tables to the newest form.</summary>
public interface IModuleMigrator
{
    /// <summary>Applies what is missing; safe when several processes start at once (EF Core's migration lock).</summary>
    Task MigrateAsync(CancellationToken cancellationToken);

    /// <summary>True when the database answers.</summary>
    Task<bool> CanConnectAsync(CancellationToken cancellationToken);
}

internal sealed class ModuleMigrator<TContext>(IDbContextFactory<TContext> contexts, DatabaseOptions options)
    : IModuleMigrator
    where TContext : DbContext
{
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            var file = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(options.ConnectionString).DataSource;
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }
        }

        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await context.Database.MigrateAsync(cancellationToken);
    }

    public async Task<bool> CanConnectAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Database.CanConnectAsync(cancellationToken);
    }
}
