using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>Answers a query record by record: what the database answers for all at once.</summary>
/// <param name="normalise">The value of an identifier as its type compares it; <c>null</c> when it has not the form that the type asks for.</param>
public sealed class QueryEvaluation(Func<IdentifierTypeView, string, string?> normalise)
{
    public bool Matches(BoundQuery query, QueryRecord record) =>
        query switch
        {
            BoundAnd and => and.Items.All(item => Matches(item, record)),
            BoundOr or => or.Items.Any(item => Matches(item, record)),
            BoundNot not => !Matches(not.Item, record),
            BoundExists exists => Values(exists.Field, record).Any(),
            BoundIn among => Values(among.Field, record).Any(v => among.Values.Any(o => IsEqual(among.Field, v, o))),
            BoundCompare compare => Values(compare.Field, record).Any(v => Compare(v, compare)),
            BoundText text => Values(text.Field, record).Any(v => Holds(v, text)),
            BoundIdentifier identifier => Carries(record, identifier),
            BoundArea area => AreaOf(record) is { } own && (own == area.Code || record.AreasAbove.Contains(area.Code)),
            BoundStatus status => record.Status == status.Status,
            BoundKind kind => record.Kind == kind.Kind,
            BoundAnyMember member => record.Members().Any(m => Matches(member.Member, m)),
            BoundMemberOf group => record.Groups().Any(g => Matches(group.Group, g)),
            BoundAnyRelative relative => record.Relatives(relative.Kind).Any(r => Matches(relative.Relative, r)),
            _ => throw new NotSupportedException("No evaluation of " + query.GetType().Name + "."),
        };

    /// <summary>The values at a field's path: none, one, or those of all elements.</summary>
    public static IEnumerable<JsonElement> Values(QueryField field, IReadOnlyDictionary<string, JsonElement> values) =>
        values.TryGetValue(field.Root.Id, out var root)
            ? field
                .Steps.Skip(1)
                .Aggregate(Elements(field.Root, root), (level, step) => level.SelectMany(v => Part(v, step)))
            : [];

    private static IEnumerable<JsonElement> Values(QueryField field, QueryRecord record) =>
        field.Kinds.Contains(record.Kind) ? Values(field, record.Values) : [];

    private static IEnumerable<JsonElement> Part(JsonElement value, FieldView part) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(part.Id, out var inner)
            ? Elements(part, inner)
            : [];

    private static IEnumerable<JsonElement> Elements(FieldView field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null ? []
        : field.Repeated
            ? value.ValueKind == JsonValueKind.Array ? value.EnumerateArray()
                : []
        : [value];

    private static bool IsEqual(QueryField field, JsonElement value, object other) =>
        other switch
        {
            decimal number => Number(value) == number,
            bool flag => value.ValueKind == (flag ? JsonValueKind.True : JsonValueKind.False),
            QueryDate date => Text(value) is { } text && date.Compare(text, QueryOperator.Eq),
            string text => Text(value) is { } own && (field.IsProtected ? TextFold.Apply(own) : own) == text,
            _ => throw new NotSupportedException("No values of " + other.GetType().Name + "."),
        };

    private static bool Compare(JsonElement value, BoundCompare compare) =>
        compare.Value switch
        {
            QueryDate date => Text(value) is { } text && date.Compare(text, compare.Operator),
            decimal other => Number(value) is { } number
                && compare.Operator switch
                {
                    QueryOperator.Lt => number < other,
                    QueryOperator.Le => number <= other,
                    QueryOperator.Gt => number > other,
                    QueryOperator.Ge => number >= other,
                    _ => throw new NotSupportedException("No comparison by " + compare.Operator + "."),
                },
            _ => throw new NotSupportedException("No order of " + compare.Value.GetType().Name + "."),
        };

    private static bool Holds(JsonElement value, BoundText text) =>
        Text(value) is { } own
        && (
            text.AtStart
                ? TextFold.Apply(own).StartsWith(text.Part, StringComparison.Ordinal)
                : TextFold.Apply(own).Contains(text.Part, StringComparison.Ordinal)
        );

    private bool Carries(QueryRecord record, BoundIdentifier identifier) =>
        normalise(identifier.Type, identifier.Value) is { } asked
        && record.Identifiers.Any(i =>
            string.Equals(i.Type, identifier.Type.Id, StringComparison.OrdinalIgnoreCase)
            && normalise(identifier.Type, i.Value) == asked
        );

    private static string? AreaOf(QueryRecord record) =>
        record.Values.TryGetValue(QueryBinder.Area, out var area) ? Text(area) : null;

    private static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static decimal? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) ? number : null;
}
