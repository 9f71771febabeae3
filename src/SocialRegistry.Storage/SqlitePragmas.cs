using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace SocialRegistry.Storage;

/// <summary>Sets each new SQLite connection up: write-ahead log, full durability, foreign keys, waiting for a lock up to 30 s.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public static SqlitePragmas Instance { get; } = new();

    private const string Pragmas =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=30000;";

    /// <summary>Connections of the pool that are set up already: they keep what was set, and come back with each opening.</summary>
    private readonly ConditionalWeakTable<object, object> known = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (IsKnown(connection))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
        Know(connection);
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection,
        ConnectionEndEventData eventData,
        CancellationToken cancellationToken
    )
    {
        if (IsKnown(connection))
        {
            return;
        }

        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
        Know(connection);
    }

    private bool IsKnown(DbConnection connection) =>
        connection is SqliteConnection { Handle: { } handle } && known.TryGetValue(handle, out _);

    private void Know(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle })
        {
            known.AddOrUpdate(handle, handle);
        }
    }
}
