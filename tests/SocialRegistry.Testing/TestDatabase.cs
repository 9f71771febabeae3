using Microsoft.Data.Sqlite;
using Npgsql;
using SocialRegistry.Storage;
using Xunit;

namespace SocialRegistry.Testing;

/// <summary>
/// A fresh, empty database for one test class: a SQLite file, or a database of the PostgreSQL cluster in
/// <c>SOCIALREGISTRY_TEST_POSTGRES</c> (<c>./test.sh</c> starts one). Removed when disposed.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string PostgresVariable = "SOCIALREGISTRY_TEST_POSTGRES";

    private readonly string? folder;
    private readonly string? name;

    private TestDatabase(DatabaseOptions options, string? folder, string? name)
    {
        Options = options;
        this.folder = folder;
        this.name = name;
    }

    /// <summary>Where the database is.</summary>
    public DatabaseOptions Options { get; }

    /// <summary>Makes the database; a test of PostgreSQL without a cluster is skipped with that reason.</summary>
    public static async Task<TestDatabase> CreateAsync(DatabaseProvider provider)
    {
        if (provider == DatabaseProvider.Sqlite)
        {
            var folder = Directory.CreateTempSubdirectory("registry-test-").FullName;
            return new TestDatabase(
                DatabaseOptions.From("Data Source=" + Path.Combine(folder, "registry.db")),
                folder,
                null
            );
        }

        var cluster = Environment.GetEnvironmentVariable(PostgresVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(cluster), PostgresVariable + " is not set: run ./test.sh.");
        var name = "test_" + Guid.NewGuid().ToString("N");
        await ExecuteAsync(cluster!, $"create database {name}");
        var connection = new NpgsqlConnectionStringBuilder(cluster) { Database = name, MaxPoolSize = 20 };
        return new TestDatabase(DatabaseOptions.From(connection.ConnectionString), null, name);
    }

    public async ValueTask DisposeAsync()
    {
        if (folder is not null)
        {
            await using (var connection = new SqliteConnection(Options.ConnectionString))
            {
                // Only its own pool: others are in use by tests beside it.
                SqliteConnection.ClearPool(connection);
            }

            Directory.Delete(folder, recursive: true);
            return;
        }

        await using (var connection = new NpgsqlConnection(Options.ConnectionString))
        {
            NpgsqlConnection.ClearPool(connection);
        }

        await ExecuteAsync(
            Environment.GetEnvironmentVariable(PostgresVariable)!,
            $"drop database if exists {name} with (force)"
        );
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
