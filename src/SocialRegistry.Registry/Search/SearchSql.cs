using System.Data.Common;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Search;

/// <summary>A statement in the making: hands out names for its parameters and its aliases. Values only ever go into parameters.</summary>
internal sealed class SearchSql(ISearchDialect dialect)
{
    private int aliases;

    public ISearchDialect Dialect => dialect;

    public List<DbParameter> Parameters { get; } = [];

    public string Alias(string prefix) => prefix + ++aliases;

    public string Value(object value)
    {
        var name = "@p" + Parameters.Count;
        Parameters.Add(dialect.Parameter(name, value));
        return name;
    }

    public string List(IReadOnlyList<object> values)
    {
        var name = "@p" + Parameters.Count;
        Parameters.Add(dialect.List(name, values));
        return name;
    }

    public string Json(string json)
    {
        var name = "@p" + Parameters.Count;
        Parameters.Add(dialect.Json(name, json));
        return name;
    }

    /// <summary>The expression equals one of the values.</summary>
    public string IsAny(string expression, IReadOnlyList<object> values) =>
        values.Count == 1 ? $"{expression} = {Value(values[0])}" : dialect.IsAny(expression, List(values));
}
