using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace SocialRegistry.Host.Benchmarks;

/// <summary>
/// The limit of record operations: prepared statements on open connections, reused, no product code. SQLite has one writer: writers
/// wait for each other here, as polling its lock would be slower.
/// </summary>
internal sealed class RawDatabase(string connectionString) : IDisposable
{
    private readonly SemaphoreSlim writer = new(1);

    public bool IsPostgres { get; } = connectionString.StartsWith("Host=", StringComparison.OrdinalIgnoreCase);

    public void Dispose() => writer.Dispose();

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A statement on a connection of its own.</summary>
    public async Task<RawStatement> PrepareAsync(
        string sql,
        IReadOnlyList<DbParameter> parameters,
        CancellationToken cancellationToken
    )
    {
        var connection = await ConnectAsync(cancellationToken);
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(
                parameter is NpgsqlParameter npgsql
                    ? npgsql.Clone()
                    : new SqliteParameter(parameter.ParameterName, parameter.Value)
            );
        }

        await command.PrepareAsync(cancellationToken);
        return new RawStatement(connection, command, IsPostgres ? null : writer);
    }

    /// <summary>A parameter of a limit's own statement: <c>$1</c> on PostgreSQL by place, <c>$p1</c> on SQLite by name.</summary>
    public DbParameter Parameter(int place, object value) =>
        IsPostgres ? new NpgsqlParameter { Value = value } : new SqliteParameter($"$p{place}", Stored(value));

    /// <summary>SQLite keeps ids as text in upper case.</summary>
    private static object Stored(object value) => value is Guid id ? id.ToString("D").ToUpperInvariant() : value;

    private async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        DbConnection connection = IsPostgres
            ? new NpgsqlConnection(connectionString)
            : new SqliteConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        if (!IsPostgres)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "pragma journal_mode=wal; pragma synchronous=full; pragma busy_timeout=30000;";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return connection;
    }
}

/// <summary>A prepared statement; one caller at a time.</summary>
internal sealed class RawStatement(DbConnection connection, DbCommand command, SemaphoreSlim? writer) : IAsyncDisposable
{
    private object[] row = [];

    /// <summary>Runs it with these values and reads every column of every row.</summary>
    public async Task<int> ReadAsync(IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        Set(values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            Array.Resize(ref row, reader.FieldCount);
            reader.GetValues(row);
            rows++;
        }

        return rows;
    }

    /// <summary>Runs it with these values in a transaction of its own.</summary>
    public async Task WriteAsync(IReadOnlyList<object?> values, CancellationToken cancellationToken)
    {
        Set(values);
        if (writer is not null)
        {
            await writer.WaitAsync(cancellationToken);
        }

        try
        {
            if (await command.ExecuteNonQueryAsync(cancellationToken) < 1)
            {
                throw new InvalidOperationException("A limit's statement wrote nothing.");
            }
        }
        finally
        {
            writer?.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await command.DisposeAsync();
        await connection.DisposeAsync();
    }

    private void Set(IReadOnlyList<object?> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
