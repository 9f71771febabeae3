using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SocialRegistry.Registry.Disclosures;

namespace SocialRegistry.Registry.Persistence.Sqlite;

/// <summary>One prepared insert per table.</summary>
internal sealed class SqliteBulkInsert : IBulkInsert, IDisclosureInsert
{
    public Task InsertAsync(RegistryDbContext db, NewRows rows, CancellationToken cancellationToken)
    {
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var transaction = (SqliteTransaction)db.Database.CurrentTransaction!.GetDbTransaction();
        foreach (var (table, list) in rows.Tables(db))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Insert(connection, transaction, table, list);
        }

        return Task.CompletedTask;
    }

    public async Task InsertAsync(
        RegistryDbContext db,
        IReadOnlyList<Disclosure> rows,
        DisclosureBatch batch,
        CancellationToken cancellationToken
    )
    {
        var all = new NewRows();
        foreach (var row in rows)
        {
            all.Add(row);
        }

        all.Add(batch);
        all.Add(batch.Leaf());

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await InsertAsync(db, all, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static void Insert(
        SqliteConnection connection,
        SqliteTransaction transaction,
        BulkTable table,
        IReadOnlyList<object> rows
    )
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        var parameters = string.Join(", ", table.Columns.Select((_, i) => $"$p{i}"));
        command.CommandText = $"insert into {table.Name} ({table.ColumnNames}) values ({parameters})";
        for (var i = 0; i < table.Columns.Count; i++)
        {
            command.Parameters.Add(new SqliteParameter($"$p{i}", null));
        }

        foreach (var row in rows)
        {
            for (var i = 0; i < table.Columns.Count; i++)
            {
                command.Parameters[i].Value = table.Columns[i].Value(row) ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }
    }
}
