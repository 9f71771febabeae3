using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Standards.Dci.Search;

/// <summary>
/// The query type <c>idtype-value</c> in its four spellings: <c>type/value</c>, <c>id_type/id_value</c>, <c>attribute/value</c>,
/// <c>identifier_type/identifier_value</c> (DCI API standard, idtype-value). When <c>query_type</c> and the shape of the query disagree, the shape decides.
/// </summary>
internal static class IdtypeValueQuery
{
    private static readonly string[] TypeNames = ["type", "id_type", "attribute", "identifier_type"];
    private static readonly string[] ValueNames = ["value", "id_value", "identifier_value"];

    private static readonly HashSet<string> QueryTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        "idtype-value",
        "idtype",
        "expression",
        "predicate",
        "graphql",
        "namedQuery",
    };

    public static bool Read(
        string queryType,
        JsonElement query,
        Vocabulary vocabulary,
        FieldScope filters,
        out (IdentifierTypeView Type, Identifier Identifier) found,
        [NotNullWhen(false)] out Rejection? rejection
    )
    {
        found = default;
        rejection = Reject(JsonTexts.LocalName(queryType), query);
        if (rejection is not null)
        {
            return false;
        }

        rejection = Members(query, out var name, out var value);
        if (rejection is not null)
        {
            return false;
        }

        if (vocabulary.IdentifierType(name) is not { } type)
        {
            rejection = Rejection.Criteria("The identifier type is not known here.");
            return false;
        }

        if (!Vocabulary.MayFilter(type, filters))
        {
            rejection = Rejection.Filter("This partner may not search by identifiers of this type.");
            return false;
        }

        found = (type, new Identifier(type.Id, value));
        return true;
    }

    private static Rejection? Reject(string queryType, JsonElement query)
    {
        if (!QueryTypes.Contains(queryType))
        {
            return Rejection.Criteria("query_type must be idtype-value.");
        }

        var isIdtype = queryType.StartsWith("idtype", StringComparison.OrdinalIgnoreCase);
        if (query.ValueKind == JsonValueKind.Object && (isIdtype ? !IsExpression(query) : HasScalar(query)))
        {
            return null;
        }

        return isIdtype && query.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)
            ? Rejection.Filter("query must be an object with type and value.")
            : Rejection.Criteria("Only queries of type idtype-value are answered here.");
    }

    private static bool IsExpression(JsonElement query) =>
        query.TryGetProperty("value", out var value)
        && value.ValueKind == JsonValueKind.Object
        && value.TryGetProperty("expression", out _);

    private static bool HasScalar(JsonElement query) =>
        ValueNames.Any(name => query.TryGetProperty(name, out var value) && IsScalar(value));

    private static bool IsScalar(JsonElement value) => value.ValueKind is JsonValueKind.String or JsonValueKind.Number;

    private static Rejection? Members(JsonElement query, out string type, out string value)
    {
        type = value = "";
        foreach (var member in query.EnumerateObject())
        {
            // A name with half a surrogate pair is unknown as well.
            var isType = TypeNames.Any(member.NameEquals);
            if (!isType && !ValueNames.Any(member.NameEquals))
            {
                if (IsAnnotation(member))
                {
                    continue;
                }

                return Rejection.Filter("query has a member beside type and value.");
            }

            if (JsonTexts.IsBlank(member.Value))
            {
                continue;
            }

            if (!IsScalar(member.Value) || Text(member.Value) is not { } text)
            {
                return Rejection.Filter("The identifier's type and value must be texts of at most 200 characters.");
            }

            ref var target = ref isType ? ref type : ref value;
            if (target.Length > 0 && target != text)
            {
                return Rejection.Filter("query names two identifier types or two values.");
            }

            target = text;
        }

        return type.Length == 0 || value.Length == 0 ? Rejection.Filter("query must have a type and a value.") : null;
    }

    private static bool IsAnnotation(JsonProperty member)
    {
        try
        {
            return member.Name.StartsWith('@');
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement value)
    {
        var text =
            value.ValueKind == JsonValueKind.Number ? value.GetRawText()
            : JsonTexts.TryGet(value, out var given) ? given
            : null;
        return text is { Length: <= 200 } && !text.Any(char.IsControl) ? text : null;
    }
}
