using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace SocialRegistry.Registry.Persistence.Postgres;

internal sealed class PostgresSearchDialect : ISearchDialect
{
    public string Table(string name) => "registry." + name;

    public string Text(JsonPlace place) => $"({RawText(place)} collate \"C\")";

    public string Number(JsonPlace place) =>
        $"(case when jsonb_typeof({Json(place)}) = 'number' then ({RawText(place)})::numeric end)";

    public string? HasElement(JsonPlace array, string parameter) => $"({Json(array)}) @> {parameter}";

    public DbParameter Json(string name, string json) => new NpgsqlParameter(name, NpgsqlDbType.Jsonb) { Value = json };

    public string Elements(JsonPlace array, string alias) => $"jsonb_path_query({Json(array)}, '$[*]') as {alias}";

    public string IsAny(string expression, string parameter) => $"{expression} = any({parameter})";

    public string Holds(string text, string part) => $"position({part} in {text}) > 0";

    public object Boolean(bool value) => value ? "true" : "false";

    public object Number(decimal value) => value;

    public DbParameter List(string name, IReadOnlyList<object> values) =>
        values[0] switch
        {
            decimal => new NpgsqlParameter<decimal[]>(name, [.. values.Cast<decimal>()]),
            Guid => new NpgsqlParameter<Guid[]>(name, [.. values.Cast<Guid>()]),
            _ => new NpgsqlParameter<string[]>(name, [.. values.Cast<string>()])
            {
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text,
            },
        };

    public DbParameter Parameter(string name, object value) =>
        value is string
            ? new NpgsqlParameter(name, NpgsqlDbType.Text) { Value = value }
            : new NpgsqlParameter(name, value);

    public IDisposable Limit(DbConnection connection, TimeSpan limit, CancellationToken cancellationToken) =>
        NothingToDo.Instance;

    public bool IsTimeout(Exception exception) =>
        exception is TimeoutException
        || exception is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }
        || (exception.InnerException is { } inner && IsTimeout(inner));

    private static string Json(JsonPlace place) => place.Source + string.Concat(place.Path.Select(p => $" -> '{p}'"));

    // Braces would be taken for places of parameters on the way.
    private static string RawText(JsonPlace place) =>
        place.Path.Count == 0
            ? $"({place.Source} #>> array[]::text[])"
            : $"({place.Source}{string.Concat(place.Path.SkipLast(1).Select(p => $" -> '{p}'"))} ->> '{place.Path[^1]}')";

    private sealed class NothingToDo : IDisposable
    {
        public static NothingToDo Instance { get; } = new();

        public void Dispose() { }
    }
}
