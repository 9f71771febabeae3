using Microsoft.Data.Sqlite;
using Npgsql;
using SocialRegistry.Host.Commands;
using SocialRegistry.Storage;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>A database that is made for one measurement and dropped after it. What stands in the one that is named is left alone.</summary>
internal sealed class ScratchDatabase : IAsyncDisposable
{
    private readonly string? server;
    private readonly string name;

    private ScratchDatabase(string? server, string name, string connectionString)
    {
        this.server = server;
        this.name = name;
        ConnectionString = connectionString;
    }

    public string ConnectionString { get; }

    public bool IsPostgres => server is not null;

    /// <param name="named">A connection string of the registry; PostgreSQL gets a new database on that server, all else a file in the folder.</param>
    /// <exception cref="OperatorException">The server cannot be reached, or the user may not make databases.</exception>
    public static async Task<ScratchDatabase> CreateAsync(
        string? named,
        string folder,
        CancellationToken cancellationToken
    )
    {
        if (Options(named).Provider == DatabaseProvider.Sqlite)
        {
            var file = Path.Combine(folder, "registry.db");
            return new ScratchDatabase(null, file, new SqliteConnectionStringBuilder { DataSource = file }.ToString());
        }

        var name = "registry_bench_" + Guid.CreateVersion7().ToString("N");
        await RunAsync(named!, $"create database {name}", cancellationToken);
        var scratch = new NpgsqlConnectionStringBuilder(named) { Database = name };
        return new ScratchDatabase(named, name, scratch.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is null)
        {
            SqliteConnection.ClearAllPools();
            return;
        }

        NpgsqlConnection.ClearAllPools();
        await RunAsync(server, $"drop database if exists {name} with (force)", CancellationToken.None);
    }

    private static DatabaseOptions Options(string? named)
    {
        try
        {
            return DatabaseOptions.From(named);
        }
        catch (InvalidOperationException e)
        {
            throw new OperatorException(e.Message);
        }
    }

    private static async Task RunAsync(string server, string sql, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(server);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new OperatorException(
                $"The measurement makes a database of its own on that server, and could not: {e.Message}"
            );
        }
        catch (ArgumentException e)
        {
            throw new OperatorException("The connection string cannot be read: " + e.Message);
        }
    }
}
