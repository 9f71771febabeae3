using System.Text;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Search;

/// <summary>
/// The order of hits: fields in turn, then the id. No value is above every value, so it comes last, or first when the field descends: so
/// an index gives the order both ways.
/// </summary>
internal sealed class SearchSort : IComparer<OpenRecord>
{
    private readonly IReadOnlyList<SortKey> keys;

    private SearchSort(IReadOnlyList<SortKey> keys) => this.keys = keys;

    public IReadOnlyList<SortKey> Keys => keys;

    /// <summary>The id goes the way of the first field.</summary>
    public bool IdDescends => keys is [{ Descending: true }, ..];

    public static Outcome<SearchSort> Bind(IReadOnlyList<SortField> sort, QueryBinder binder, FieldScope filters)
    {
        if (sort.Count > QueryLimits.MaxSortFields)
        {
            return SearchProblems.Invalid("sort", "items", $"At most {QueryLimits.MaxSortFields} fields to sort by.");
        }

        var keys = new List<SortKey>();
        foreach (var (index, field) in sort.Index())
        {
            var path = $"sort[{index}].field";
            var found = binder.Find(field.Field ?? "");
            if (found.Count == 0)
            {
                return SearchProblems.Invalid(path, "unknown", "There is no such field.");
            }

            // Who may not filter by a field could read its values off the order.
            if (!filters.Contains(field.Field!))
            {
                return QueryProblems.Forbidden([
                    new FieldProblem(path, "filter", $"This caller may not sort by {field.Field}."),
                ]);
            }

            var sortable = found.Where(f => f.IsSortable).ToList();
            if (sortable.Count == 0 || sortable.DistinctBy(SortKey.FormOf).Count() > 1)
            {
                return SearchProblems.Invalid(
                    path,
                    "sort",
                    $"Records are sorted by searchable fields that stand clear and are not repeated; {field.Field} is none."
                );
            }

            if (keys.Exists(k => k.Field == field.Field))
            {
                return SearchProblems.Invalid(path, "duplicate", "Records are sorted by this field already.");
            }

            keys.Add(
                new SortKey(
                    field.Field!,
                    SortKey.FormOf(sortable[0]),
                    field.Descending,
                    sortable is [var one] ? one.Root.Kind : null,
                    found.Count > sortable.Count
                )
            );
        }

        return new SearchSort(keys);
    }

    /// <summary>Where a record stands in the order.</summary>
    public SearchPosition PositionOf(OpenRecord record) => new([.. keys.Select(k => k.Stored(record))], record.Row.Id);

    public int Compare(OpenRecord? x, OpenRecord? y)
    {
        foreach (var key in keys)
        {
            var order = key.Compare(key.Value(key.Stored(x!)), key.Value(key.Stored(y!)));
            if (order != 0)
            {
                return order;
            }
        }

        // As bytes: the order of uuid on PostgreSQL, and of its text on SQLite.
        var ids = string.CompareOrdinal(x!.Row.Id.ToString("D"), y!.Row.Id.ToString("D"));
        return IdDescends ? -ids : ids;
    }
}

/// <summary>One field of a sort.</summary>
/// <param name="Kind">The one kind that has the field; absent when both have.</param>
/// <param name="IsAmbiguous">A kind knows the field as something else.</param>
internal sealed record SortKey(string Field, SortForm Form, bool Descending, string? Kind, bool IsAmbiguous)
{
    public static SortForm FormOf(QueryField field) =>
        field.Leaf.Type switch
        {
            FieldType.Integer or FieldType.Decimal => SortForm.Number,
            FieldType.Boolean => SortForm.Boolean,
            _ => SortForm.Text,
        };

    public string Expression(ISearchDialect dialect, string alias)
    {
        var place = JsonPlace.Values(alias).Then(Field);
        var value = Form == SortForm.Number ? dialect.Number(place) : dialect.Text(place);
        // What another kind has under this name is no value of this field.
        return IsAmbiguous ? $"(case when {alias}.kind = '{Kind}' then {value} end)" : value;
    }

    /// <summary>The value that a record is sorted by, as stored.</summary>
    public JsonElement? Stored(OpenRecord record) =>
        (Kind is null || record.Row.Kind == Kind) && record.Document.Values.TryGetValue(Field, out var value)
            ? value
            : null;

    /// <summary>A value as it is compared; <c>null</c> where there is none in this form.</summary>
    public object? Value(JsonElement? value) =>
        (Form, value?.ValueKind) switch
        {
            (SortForm.Number, JsonValueKind.Number) => value!.Value.GetDecimal(),
            (SortForm.Boolean, JsonValueKind.True) => true,
            (SortForm.Boolean, JsonValueKind.False) => false,
            (SortForm.Text, JsonValueKind.String) => value!.Value.GetString(),
            _ => null,
        };

    /// <summary>A value as the database compares it.</summary>
    public object Sent(ISearchDialect dialect, object value) =>
        value switch
        {
            decimal number => dialect.Number(number),
            bool flag => dialect.Boolean(flag),
            _ => value,
        };

    public int Compare(object? one, object? other)
    {
        var order = (one, other) switch
        {
            (null, null) => 0,
            (null, _) => 1,
            (_, null) => -1,
            (string first, string second) => Encoding
                .UTF8.GetBytes(first)
                .AsSpan()
                .SequenceCompareTo(Encoding.UTF8.GetBytes(second)),
            _ => Comparer<object>.Default.Compare(one, other),
        };
        return Descending ? -order : order;
    }
}

/// <summary>How values of a sort are compared.</summary>
internal enum SortForm
{
    Text,
    Number,
    Boolean,
}
