using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace SocialRegistry.Storage;

/// <summary>Gives each module its own context on the one database, with its own migrations-history table.</summary>
public static class ModuleDatabase
{
    /// <summary>
    /// Registers <c>IDbContextFactory&lt;TContext&gt;</c> that makes <typeparamref name="TSqlite"/> or <typeparamref name="TPostgres"/>
    /// by <see cref="DatabaseOptions"/>, and an <see cref="IModuleMigrator"/>.
    /// </summary>
    /// <param name="module">Schema on PostgreSQL, table prefix on SQLite (the module's model sets it): lower case, such as <c>registry</c>.</param>
    public static IServiceCollection AddModuleDatabase<TContext, TPostgres, TSqlite>(
        this IServiceCollection services,
        string module
    )
        where TContext : DbContext
        where TPostgres : TContext
        where TSqlite : TContext
    {
        services.TryAddSingleton(provider => DatabaseOptions.From(provider.GetRequiredService<IConfiguration>()));
        services.AddPooledDbContextFactory<TPostgres>(
            (provider, builder) =>
                UsePostgres(builder, provider.GetRequiredService<DatabaseOptions>().ConnectionString, module)
        );
        services.AddPooledDbContextFactory<TSqlite>(
            (provider, builder) =>
                UseSqlite(builder, provider.GetRequiredService<DatabaseOptions>().ConnectionString, module)
        );
        services.AddSingleton<IDbContextFactory<TContext>>(provider =>
            provider.GetRequiredService<DatabaseOptions>().Provider == DatabaseProvider.Postgres
                ? new Narrowed<TContext, TPostgres>(provider.GetRequiredService<IDbContextFactory<TPostgres>>())
                : new Narrowed<TContext, TSqlite>(provider.GetRequiredService<IDbContextFactory<TSqlite>>())
        );
        services.AddSingleton<IModuleMigrator, ModuleMigrator<TContext>>();
        return services;
    }

    /// <summary>Statements a connection keeps planned.</summary>
    private const int MostPrepared = 100;

    /// <summary>PostgreSQL with the module's history table in the module's schema.</summary>
    public static DbContextOptionsBuilder UsePostgres(
        DbContextOptionsBuilder builder,
        string connection,
        string module
    ) => builder.UseNpgsql(Prepared(connection), npgsql => npgsql.MigrationsHistoryTable("migrations_history", module));

    /// <summary>Statements that are used again and again are planned once a connection, unless the connection string speaks of it itself.</summary>
    private static string Prepared(string connection)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connection };
        return given.ContainsKey("Max Auto Prepare") || given.ContainsKey("MaxAutoPrepare")
            ? connection
            : new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = MostPrepared }.ConnectionString;
    }

    /// <summary>SQLite in WAL mode with <c>synchronous=FULL</c>; writes begin with <c>BEGIN IMMEDIATE</c> (the driver's default).</summary>
    public static DbContextOptionsBuilder UseSqlite(
        DbContextOptionsBuilder builder,
        string connection,
        string module
    ) =>
        builder
            .UseSqlite(connection, sqlite => sqlite.MigrationsHistoryTable(module + "_migrations_history"))
            .AddInterceptors(SqlitePragmas.Instance);

    private sealed class Narrowed<TContext, TActual>(IDbContextFactory<TActual> inner) : IDbContextFactory<TContext>
        where TContext : DbContext
        where TActual : TContext
    {
        public TContext CreateDbContext() => inner.CreateDbContext();

        public async Task<TContext> CreateDbContextAsync(CancellationToken cancellationToken) =>
            await inner.CreateDbContextAsync(cancellationToken);
    }
}
