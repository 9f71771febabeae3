using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using SocialRegistry.Storage;
using SocialRegistry.Testing;

namespace SocialRegistry.Registry.Tests.Verification;

/// <summary>Changes stored rows as somebody would who has the database and not the program.</summary>
internal sealed class Tampering(RegistryHost host, DatabaseProvider provider)
{
    /// <summary>A table with the property that each column holds, and the columns of its key.</summary>
    public async Task<(string Table, IReadOnlyList<IProperty> Columns, IReadOnlyList<string> Key)> TableAsync(
        string name
    )
    {
        await using var db = await CoreTests.ContextAsync(host);
        var table = Name(name);
        var entity = db.Model.GetEntityTypes().Single(e => e.GetSchemaQualifiedTableName() == table);
        return (
            table,
            [.. entity.GetProperties()],
            [.. entity.FindPrimaryKey()!.Properties.Select(p => Quoted(p.GetColumnName()))]
        );
    }

    public string Name(string table) => provider == DatabaseProvider.Sqlite ? "registry_" + table : "registry." + table;

    public static string Quoted(string column) => $"\"{column}\"";

    public async Task<List<object?[]>> QueryAsync(string sql, params object[] values)
    {
        await using var db = await CoreTests.ContextAsync(host);
        await using var command = await CommandAsync(db, sql, values);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
        {
            rows.Add([
                .. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i)),
            ]);
        }

        return rows;
    }

    public async Task<int> ExecuteAsync(string sql, params object[] values)
    {
        await using var db = await CoreTests.ContextAsync(host);
        await using var command = await CommandAsync(db, sql, values);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Writes another value into one column of one row, and gives the way back.</summary>
    public async Task<Func<Task>> TouchAsync(
        string table,
        IProperty column,
        IReadOnlyList<string> key,
        object[] row,
        object value
    )
    {
        var name = Quoted(column.GetColumnName());
        var changed = Touched(value, column);
        await SetAsync(table, name, column, changed, key, row);
        var place = key.ToList().IndexOf(name);
        var moved = row.ToArray();
        if (place >= 0)
        {
            moved[place] = changed;
        }

        return () => SetAsync(table, name, column, value, key, moved);
    }

    private async Task SetAsync(
        string table,
        string name,
        IProperty column,
        object value,
        IReadOnlyList<string> key,
        object[] row
    )
    {
        var cast = column.GetColumnType() == "jsonb" ? "cast(@p0 as jsonb)" : "@p0";
        var count = await ExecuteAsync($"update {table} set {name} = {cast} where {Where(key, 1)}", [value, .. row]);
        if (count != 1)
        {
            throw new InvalidOperationException($"{count} rows of {table} were touched.");
        }
    }

    public static string Where(IReadOnlyList<string> key, int first) =>
        string.Join(" and ", key.Select((k, i) => $"{k} = @p{i + first}"));

    /// <summary>The smallest change of a value: one byte, one bit, one step.</summary>
    private static object Touched(object value, IProperty column) =>
        (value, Nullable.GetUnderlyingType(column.ClrType) ?? column.ClrType) switch
        {
            (bool flag, _) => !flag,
            (long flag, var type) when type == typeof(bool) => 1 - flag,
            // In a key: to where nothing stands.
            (long number, _) => number + (column.IsPrimaryKey() ? 1_000 : 1),
            (int number, _) => number + (column.IsPrimaryKey() ? 1_000 : 1),
            (double number, _) => Math.BitIncrement(number),
            (DateTime moment, var type) => type == typeof(DateOnly) ? moment.AddDays(1) : moment.AddTicks(10),
            (DateOnly day, _) => day.AddDays(1),
            (byte[] { Length: 0 }, _) => new byte[] { 1 },
            (byte[] bytes, _) => (byte[])[.. bytes[..^1], (byte)(bytes[^1] ^ 1)],
            (Guid id, _) => new Guid([.. id.ToByteArray()[..^1], (byte)(id.ToByteArray()[^1] ^ 1)]),
            (string day, var type) when type == typeof(DateOnly) => day[..^1] + (day[^1] == '1' ? '2' : '1'),
            (string id, var type) when type == typeof(Guid) => id[..^1] + (id[^1] == '1' ? '2' : '1'),
            (string text, _) => Touched(text),
            _ => throw new NotSupportedException(value.GetType().Name),
        };

    /// <summary>Another character in place of the last letter or digit, so that JSON stays JSON.</summary>
    private static string Touched(string text)
    {
        var at = text.Length - 1;
        while (at >= 0 && !char.IsAsciiLetterOrDigit(text[at]))
        {
            at--;
        }

        return at < 0
            ? text + " "
            : string.Concat(text.AsSpan(0, at), text[at] == '1' ? "2" : "1", text.AsSpan(at + 1));
    }

    private static async Task<DbCommand> CommandAsync(DbContext db, string sql, object[] values)
    {
        await db.Database.OpenConnectionAsync();
        var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        foreach (var (index, value) in values.Index())
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{index}";
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
