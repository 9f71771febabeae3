using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Npgsql;
using SocialRegistry.Storage;

namespace SocialRegistry.Access.Tests;

/// <summary>Looks at tables as a thief of the database would.</summary>
internal static class Rows
{
    /// <summary>All rows of a table of the module as text; binary values as UTF-8, so that clear text in them shows.</summary>
    public static async Task<string> OfAsync(DatabaseOptions database, string table)
    {
        var isPostgres = database.Provider == DatabaseProvider.Postgres;
        await using DbConnection connection = isPostgres
            ? new NpgsqlConnection(database.ConnectionString)
            : new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = $"select * from {(isPostgres ? "access." : "access_")}{table} order by 1";
#pragma warning restore CA2100
        var text = new StringBuilder();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                text.Append(reader.GetName(i)).Append('=');
                text.Append(
                    reader.GetValue(i) switch
                    {
                        byte[] bytes => Encoding.UTF8.GetString(bytes) + Convert.ToHexString(bytes),
                        string[] items => string.Join(',', items),
                        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
                    }
                );
                text.Append(' ');
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    public static async Task<string> OfAllAsync(DatabaseOptions database) =>
        string.Concat(
            await OfAsync(database, "partners"),
            await OfAsync(database, "accounts"),
            await OfAsync(database, "roles"),
            await OfAsync(database, "changes"),
            await OfAsync(database, "sessions"),
            await OfAsync(database, "used_assertions"),
            await OfAsync(database, "sign_in_failures")
        );
}
