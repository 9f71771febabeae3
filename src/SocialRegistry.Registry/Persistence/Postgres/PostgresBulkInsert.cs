using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace SocialRegistry.Registry.Persistence.Postgres;

/// <summary>Binary COPY per table.</summary>
internal sealed class PostgresBulkInsert : IBulkInsert
{
    public async Task InsertAsync(RegistryDbContext db, NewRows rows, CancellationToken cancellationToken)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        foreach (var (table, list) in rows.Tables(db))
        {
            await using var writer = await connection.BeginBinaryImportAsync(
                $"copy {table.Name} ({table.ColumnNames}) from stdin (format binary)",
                cancellationToken
            );
            foreach (var row in list)
            {
                await writer.StartRowAsync(cancellationToken);
                foreach (var column in table.Columns)
                {
                    await WriteAsync(writer, column, column.Value(row), cancellationToken);
                }
            }

            await writer.CompleteAsync(cancellationToken);
        }
    }

    private static Task WriteAsync(
        NpgsqlBinaryImporter writer,
        BulkColumn column,
        object? value,
        CancellationToken cancellationToken
    ) =>
        value switch
        {
            null => writer.WriteNullAsync(cancellationToken),
            string text => writer.WriteAsync(text, column.StoreType, cancellationToken),
            Guid id => writer.WriteAsync(id, column.StoreType, cancellationToken),
            long number => writer.WriteAsync(number, column.StoreType, cancellationToken),
            int number => writer.WriteAsync(number, column.StoreType, cancellationToken),
            bool flag => writer.WriteAsync(flag, column.StoreType, cancellationToken),
            byte[] bytes => writer.WriteAsync(bytes, column.StoreType, cancellationToken),
            DateOnly date => writer.WriteAsync(date, column.StoreType, cancellationToken),
            DateTimeOffset moment => writer.WriteAsync(moment, column.StoreType, cancellationToken),
            _ => throw new NotSupportedException("No column holds " + value.GetType().Name + "."),
        };
}
