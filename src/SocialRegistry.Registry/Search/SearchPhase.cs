using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Search;

/// <summary>
/// A part of the order of hits: those with a value in the first field of the sort, or those without. So each part is one range of an
/// index, and a page at the end costs what the first one costs.
/// </summary>
internal sealed record SearchPhase(SearchSort Sort, bool? HasFirst, SearchPosition? After)
{
    public static IEnumerable<SearchPhase> Of(SearchSort sort, SearchPosition? after)
    {
        if (sort.Keys is not [var first, ..])
        {
            return [new SearchPhase(sort, null, after)];
        }

        var inFirst = after is null ? (bool?)null : Value(sort, after, 0) is not null;
        var withValue = new SearchPhase(sort, true, inFirst == true ? after : null);
        var without = new SearchPhase(sort, false, inFirst == false ? after : null);
        SearchPhase[] order = first.Descending ? [without, withValue] : [withValue, without];
        return after is null || order[0].After is not null ? order : [order[1]];
    }

    /// <summary>What holds of a record of this part, after the last one of the page before.</summary>
    public string Condition(SearchSql sql, string alias)
    {
        var conditions = new List<string>();
        if (HasFirst is { } has)
        {
            conditions.Add($"{Sort.Keys[0].Expression(sql.Dialect, alias)} is {(has ? "not " : "")}null");
            if (has && Sort.Keys[0].Kind is { } kind)
            {
                // Follows from the value; an index of that kind wants it said.
                conditions.Add($"{alias}.kind = '{kind}'");
            }
        }

        if (After is not null)
        {
            conditions.Add(IsSimple ? Simple(sql, alias, After) : General(sql, alias, After));
        }

        return conditions.Count == 0 ? "true" : string.Join(" and ", conditions);
    }

    public string Order(ISearchDialect dialect, string alias)
    {
        var order = Sort
            .Keys.Skip(HasFirst == false ? 1 : 0)
            .Select(
                (key, index) =>
                    key.Expression(dialect, alias)
                    + (key.Descending ? " desc" : "")
                    // The first has a value in this part, so an index need not be asked where it keeps the others.
                    + (
                        index == 0 && HasFirst == true ? ""
                        : key.Descending ? " nulls first"
                        : " nulls last"
                    )
            )
            .Append(alias + ".id" + (Sort.IdDescends ? " desc" : ""));
        return string.Join(", ", order);
    }

    private bool IsSimple => HasFirst == true && Sort.Keys.Count == 1;

    private string Simple(SearchSql sql, string alias, SearchPosition after)
    {
        var key = Sort.Keys[0];
        var value = sql.Value(key.Sent(sql.Dialect, Value(Sort, after, 0)!));
        return $"({key.Expression(sql.Dialect, alias)}, {alias}.id) {(key.Descending ? "<" : ">")} ({value}, {sql.Value(after.Id)})";
    }

    private string General(SearchSql sql, string alias, SearchPosition after)
    {
        var condition = $"{alias}.id {(Sort.IdDescends ? "<" : ">")} {sql.Value(after.Id)}";
        for (var i = Sort.Keys.Count - 1; i >= (HasFirst == false ? 1 : 0); i--)
        {
            var key = Sort.Keys[i];
            var expression = key.Expression(sql.Dialect, alias);
            if (Value(Sort, after, i) is not { } last)
            {
                var beyond = key.Descending ? $"{expression} is not null or " : "";
                condition = $"({beyond}({expression} is null and {condition}))";
                continue;
            }

            var value = sql.Value(key.Sent(sql.Dialect, last));
            var strict = $"{expression} {(key.Descending ? "<" : ">")} {value}";
            // No value is above every value.
            var none = i > 0 && !key.Descending ? $" or {expression} is null" : "";
            condition = $"({strict}{none} or ({expression} = {value} and {condition}))";
            if (i == 0)
            {
                // Says again what follows from it, as one range of an index.
                condition = $"({expression} {(key.Descending ? "<=" : ">=")} {value} and {condition})";
            }
        }

        return condition;
    }

    private static object? Value(SearchSort sort, SearchPosition position, int index) =>
        sort.Keys[index].Value(position.Values[index]);
}
