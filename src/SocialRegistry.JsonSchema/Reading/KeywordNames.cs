using System.Collections.Frozen;

namespace SocialRegistry.JsonSchema;

/// <summary>Where the value of a keyword holds schemas.</summary>
internal enum Holds
{
    /// <summary>No schemas.</summary>
    None,

    /// <summary>It is a schema.</summary>
    Schema,

    /// <summary>It is an array of schemas.</summary>
    Array,

    /// <summary>It is an object of schemas by name.</summary>
    Map,
}

/// <summary>Every keyword of 2020-12: its vocabulary and where it holds schemas.</summary>
internal static class KeywordNames
{
    private static readonly FrozenDictionary<string, (Vocabularies Vocabulary, Holds Holds)> All = Table()
        .ToFrozenDictionary(StringComparer.Ordinal);

    public static bool IsKnown(string name, Dialect dialect) =>
        All.TryGetValue(name, out var known) && IsInForce(known.Vocabulary, dialect);

    /// <summary>Where schemas stand in the keyword's value, as the dialect sees it.</summary>
    public static Holds Schemas(string name, Dialect dialect)
    {
        if (dialect.IsOlder && name is "prefixItems" or "additionalItems")
        {
            return dialect.IsOlder && name == "additionalItems" ? Holds.Schema : Holds.None;
        }

        return All.TryGetValue(name, out var known) && IsInForce(known.Vocabulary, dialect) ? known.Holds : Holds.None;
    }

    private static bool IsInForce(Vocabularies vocabulary, Dialect dialect) => (dialect.Vocabularies & vocabulary) != 0;

    private static Dictionary<string, (Vocabularies, Holds)> Table()
    {
        var table = new Dictionary<string, (Vocabularies, Holds)>(StringComparer.Ordinal);
        Add(Vocabularies.Core, Holds.None, "$schema $id $anchor $dynamicAnchor $ref $dynamicRef $vocabulary $comment");
        Add(Vocabularies.Core, Holds.Map, "$defs definitions");
        Add(
            Vocabularies.Applicator,
            Holds.Schema,
            "items contains additionalProperties propertyNames if then else not"
        );
        Add(Vocabularies.Applicator, Holds.Array, "prefixItems allOf anyOf oneOf");
        Add(Vocabularies.Applicator, Holds.Map, "properties patternProperties dependentSchemas dependencies");
        Add(Vocabularies.Unevaluated, Holds.Schema, "unevaluatedItems unevaluatedProperties");
        Add(
            Vocabularies.Validation,
            Holds.None,
            "type const enum multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern "
                + "maxItems minItems uniqueItems maxContains minContains maxProperties minProperties required dependentRequired"
        );
        Add(Vocabularies.MetaData, Holds.None, "title description default deprecated readOnly writeOnly examples");
        Add(Vocabularies.FormatAnnotation | Vocabularies.FormatAssertion, Holds.None, "format");
        Add(Vocabularies.Content, Holds.None, "contentEncoding contentMediaType");
        Add(Vocabularies.Content, Holds.Schema, "contentSchema");
        return table;

        void Add(Vocabularies vocabulary, Holds holds, string names)
        {
            foreach (var name in names.Split(' '))
            {
                table.Add(name, (vocabulary, holds));
            }
        }
    }
}
