using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SocialRegistry.Registry.Persistence.Sqlite;

internal sealed class SqliteSearchDialect : ISearchDialect
{
    private const int Interrupted = 9;

    public string Table(string name) => "registry_" + name;

    public string Text(JsonPlace place) =>
        place.Path.Count == 0
            ? place.Source + ".value"
            : $"json_extract({Document(place)}, '$.{string.Join('.', place.Path)}')";

    public string Number(JsonPlace place) =>
        $"(case when typeof({Text(place)}) in ('integer', 'real') then {Text(place)} end)";

    public string? HasElement(JsonPlace array, string parameter) => null;

    public DbParameter Json(string name, string json) => new SqliteParameter(name, json);

    public string Elements(JsonPlace array, string alias) =>
        $"json_each({Document(array)}, '$.{string.Join('.', array.Path)}') as {alias}";

    public string IsAny(string expression, string parameter) =>
        $"{expression} in (select value from json_each({parameter}))";

    public string Holds(string text, string part) => $"instr({text}, {part}) > 0";

    public object Boolean(bool value) => value ? 1L : 0L;

    public object Number(decimal value) => (double)value;

    public DbParameter List(string name, IReadOnlyList<object> values) =>
        new SqliteParameter(
            name,
            JsonSerializer.Serialize(
                values.Select(v =>
                    v switch
                    {
                        // Ids are stored as text in upper case.
                        Guid id => id.ToString("D").ToUpperInvariant(),
                        _ => v,
                    }
                )
            )
        );

    public DbParameter Parameter(string name, object value) => new SqliteParameter(name, value);

    public IDisposable Limit(DbConnection connection, TimeSpan limit, CancellationToken cancellationToken) =>
        new Interruption((SqliteConnection)connection, limit, cancellationToken);

    public bool IsTimeout(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: Interrupted }
        || (exception.InnerException is { } inner && IsTimeout(inner));

    // The elements of another kind's field may be no objects.
    private static string Document(JsonPlace place) =>
        place.IsElement ? $"case {place.Source}.type when 'object' then {place.Source}.value end" : place.Source;

    private sealed class Interruption : IDisposable
    {
        private readonly CancellationTokenSource source;
        private readonly CancellationTokenRegistration registration;

        public Interruption(SqliteConnection connection, TimeSpan limit, CancellationToken cancellationToken)
        {
            source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            source.CancelAfter(limit);
            registration = source.Token.Register(() =>
            {
                if (connection.Handle is { } handle)
                {
                    raw.sqlite3_interrupt(handle);
                }
            });
        }

        public void Dispose()
        {
            // Waits for an interruption that is under way, so that it never meets the next statement.
            registration.Dispose();
            source.Dispose();
        }
    }
}
