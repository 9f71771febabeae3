using Microsoft.EntityFrameworkCore;
using Npgsql;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields.Indexes;

namespace SocialRegistry.Registry.Persistence.Postgres;

/// <summary>Expression indexes on the values, built without stopping writers. Field ids are snake_case, checked by the catalogue.</summary>
internal sealed class PostgresFieldIndexes(IDbContextFactory<RegistryDbContext> contexts) : IFieldIndexes
{
    public bool Supports(FieldView field) => FieldIndexForm.IsScalar(field) || FieldIndexForm.IsList(field);

    public async Task<bool> EnsureAsync(FieldView field, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var name = FieldIndexForm.Name(field.Kind, field.Id, FieldIndexForm.Form(field));
        if (!await LockAsync(connection, field.Kind, field.Id, cancellationToken))
        {
            return false;
        }

        try
        {
            foreach (var form in FieldIndexForm.Forms.Where(f => f != FieldIndexForm.Form(field)))
            {
                await DropAsync(connection, FieldIndexForm.Name(field.Kind, field.Id, form), cancellationToken);
            }

            var valid = await IsValidAsync(connection, name, cancellationToken);
            if (valid is false)
            {
                await DropAsync(connection, name, cancellationToken);
            }

            if (valid is not true)
            {
                await RunAsync(
                    connection,
                    $"CREATE INDEX CONCURRENTLY IF NOT EXISTS {name} ON registry.registrants {Expression(field)} WHERE kind = '{field.Kind}'",
                    cancellationToken
                );
            }

            return true;
        }
        finally
        {
            await UnlockAsync(connection, field.Kind, field.Id);
        }
    }

    public async Task DropAsync(string kind, string field, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        foreach (var form in FieldIndexForm.Forms)
        {
            await DropAsync(
                (NpgsqlConnection)db.Database.GetDbConnection(),
                FieldIndexForm.Name(kind, field, form),
                cancellationToken
            );
        }
    }

    private static string Expression(FieldView field) =>
        FieldIndexForm.Form(field) switch
        {
            'l' => $"USING gin ((\"values\" -> '{field.Id}') jsonb_path_ops)",
            'n' =>
                $"((case when jsonb_typeof(\"values\" -> '{field.Id}') = 'number' then (\"values\" ->> '{field.Id}')::numeric end), id)",
            _ => $"(((\"values\" ->> '{field.Id}') COLLATE \"C\"), id)",
        };

    /// <summary>Whether the index can be used; <c>null</c> when there is none.</summary>
    private static async Task<bool?> IsValidAsync(
        NpgsqlConnection connection,
        string name,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT i.indisvalid FROM pg_index i
            JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'registry' AND c.relname = $1
            """,
            connection
        );
        command.Parameters.AddWithValue(name);
        return (bool?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private static Task DropAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken) =>
        RunAsync(connection, $"DROP INDEX CONCURRENTLY IF EXISTS registry.{name}", cancellationToken);

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<bool> LockAsync(
        NpgsqlConnection connection,
        string kind,
        string field,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            "SELECT pg_try_advisory_lock(hashtextextended($1, 4711))",
            connection
        );
        command.Parameters.AddWithValue($"{kind}.{field}");
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task UnlockAsync(NpgsqlConnection connection, string kind, string field)
    {
        await using var command = new NpgsqlCommand(
            "SELECT pg_advisory_unlock(hashtextextended($1, 4711))",
            connection
        );
        command.Parameters.AddWithValue($"{kind}.{field}");
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
