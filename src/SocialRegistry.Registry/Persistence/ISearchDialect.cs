using System.Data.Common;

namespace SocialRegistry.Registry.Persistence;

/// <summary>
/// How a database is asked for what stands in a record's values. The expressions are those that the indexes of fields are made of: on
/// PostgreSQL <c>(("values" ->> 'field') collate "C")</c>, for lists <c>("values" -> 'field')</c> under GIN; on SQLite
/// <c>json_extract("values", '$.field')</c>. Numbers are looked at only where a number stands, so that a value of another time or kind is no
/// error. The first ones are followed by the id, so that pages of a sort follow the index; each index is of one kind, so conditions name the kind.
/// </summary>
internal interface ISearchDialect
{
    /// <summary>A table of the core in SQL.</summary>
    string Table(string name);

    /// <summary>Text, code, date or boolean at a place; null where there is none.</summary>
    string Text(JsonPlace place);

    /// <summary>Number at a place; null where there is none, also where something else stands.</summary>
    string Number(JsonPlace place);

    /// <summary>A source of the elements of an array, to stand in a <c>from</c>.</summary>
    string Elements(JsonPlace array, string alias);

    /// <summary>True where an array in a record has the element; <c>null</c> when elements have to be looked at one by one.</summary>
    /// <param name="parameter">Of <see cref="Json"/>.</param>
    string? HasElement(JsonPlace array, string parameter);

    /// <summary>A parameter of JSON text.</summary>
    DbParameter Json(string name, string json);

    /// <summary>The expression equals one of the values of a <see cref="List"/> parameter.</summary>
    string IsAny(string expression, string parameter);

    /// <summary>True where the first text holds the second.</summary>
    string Holds(string text, string part);

    /// <summary>How a boolean looks in <see cref="Text"/>.</summary>
    object Boolean(bool value);

    /// <summary>How a number is sent.</summary>
    object Number(decimal value);

    /// <summary>A parameter of texts, numbers or ids for <see cref="IsAny"/>.</summary>
    DbParameter List(string name, IReadOnlyList<object> values);

    DbParameter Parameter(string name, object value);

    /// <summary>Ends a statement of this connection that takes longer, in so far as its time limit does not; dispose when it is over.</summary>
    IDisposable Limit(DbConnection connection, TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>True for what a statement ends with when it took too long.</summary>
    bool IsTimeout(Exception exception);
}

/// <summary>Where a value stands.</summary>
/// <param name="Source">A column or an element's alias.</param>
/// <param name="IsElement">An alias of <see cref="ISearchDialect.Elements"/>.</param>
/// <param name="Path">Members from there inwards, in snake_case.</param>
internal sealed record JsonPlace(string Source, bool IsElement, IReadOnlyList<string> Path)
{
    /// <summary>The values of a record.</summary>
    public static JsonPlace Values(string alias) => new($"{alias}.\"values\"", false, []);

    public JsonPlace Then(string member) =>
        member.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            ? this with
            {
                Path = [.. Path, member],
            }
            : throw new ArgumentException("Not the name of a field.", nameof(member));
}
