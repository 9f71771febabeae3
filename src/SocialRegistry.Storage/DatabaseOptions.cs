using Microsoft.Extensions.Configuration;
using Npgsql;

namespace SocialRegistry.Storage;

/// <summary>The databases the registry runs on.</summary>
public enum DatabaseProvider
{
    Sqlite,
    Postgres,
}

/// <summary>Where rows are kept: <c>ConnectionStrings:Registry</c> (empty: SQLite <c>./data/registry.db</c>; <c>Host=…</c>: PostgreSQL), <c>Database:PasswordFile</c> and <c>Database:Migrate</c>.</summary>
public sealed record DatabaseOptions
{
    public required string ConnectionString { get; init; }

    public required DatabaseProvider Provider { get; init; }

    /// <summary>Apply migrations at start; true unless <c>Database:Migrate=false</c>.</summary>
    public bool Migrate { get; init; } = true;

    /// <exception cref="InvalidOperationException">The connection string is of neither database, or the password file cannot be read.</exception>
    public static DatabaseOptions From(IConfiguration configuration)
    {
        var options = From(
            configuration.GetConnectionString("Registry"),
            configuration.GetValue("Database:Migrate", true)
        );
        return
            configuration["Database:PasswordFile"] is { Length: > 0 } file
            && options.Provider == DatabaseProvider.Postgres
            ? options with
            {
                ConnectionString = new NpgsqlConnectionStringBuilder(options.ConnectionString)
                {
                    Password = ReadPassword(file),
                }.ConnectionString,
            }
            : options;
    }

    public static DatabaseOptions From(string? connectionString, bool migrate = true)
    {
        var text = string.IsNullOrWhiteSpace(connectionString)
            ? "Data Source=" + Path.Combine("data", "registry.db")
            : connectionString.Trim();
        var provider =
            text.StartsWith("Host=", StringComparison.OrdinalIgnoreCase) ? DatabaseProvider.Postgres
            : text.StartsWith("Data Source=", StringComparison.OrdinalIgnoreCase) ? DatabaseProvider.Sqlite
            : throw new InvalidOperationException(
                "ConnectionStrings:Registry must begin with 'Host=' (PostgreSQL) or 'Data Source=' (SQLite), or be empty."
            );
        return new DatabaseOptions
        {
            ConnectionString = text,
            Provider = provider,
            Migrate = migrate,
        };
    }

    /// <summary>The first line of a mounted secret.</summary>
    private static string ReadPassword(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault() is { Length: > 0 } password
                ? password
                : throw new InvalidOperationException($"The first line of {file} (Database:PasswordFile) is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{file} (Database:PasswordFile) cannot be read: {e.Message}");
        }
    }
}
