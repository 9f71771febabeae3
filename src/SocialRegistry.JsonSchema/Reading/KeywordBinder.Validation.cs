using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>Keywords of the vocabularies validation and format.</summary>
internal sealed partial class KeywordBinder
{
    private void BindValues()
    {
        if (Has("type", Vocabularies.Validation, out var type) && Types(type) is { } types)
        {
            keywords.Add(new TypeRule(node, types));
        }

        if (Has("const", Vocabularies.Validation, out var only))
        {
            keywords.Add(new AllowedValues(node, "const", [only]));
        }

        if (Has("enum", Vocabularies.Validation, out var values))
        {
            if (values.ValueKind == JsonValueKind.Array)
            {
                keywords.Add(new AllowedValues(node, "enum", [.. values.EnumerateArray()]));
            }
            else
            {
                Problem("enum", SchemaProblem.Codes.Form, "This keyword takes an array of values.");
            }
        }
    }

    private JsonTypes? Types(JsonElement value)
    {
        var names = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value };
        var result = JsonTypes.None;
        foreach (var name in names)
        {
            var one = (name.ValueKind == JsonValueKind.String ? name.GetString() : null) switch
            {
                "null" => JsonTypes.Null,
                "boolean" => JsonTypes.Boolean,
                "object" => JsonTypes.Object,
                "array" => JsonTypes.Array,
                "number" => JsonTypes.Number,
                "string" => JsonTypes.String,
                "integer" => JsonTypes.Integer,
                _ => JsonTypes.None,
            };
            if (one == JsonTypes.None)
            {
                Problem(
                    "type",
                    SchemaProblem.Codes.Form,
                    "The types are null, boolean, object, array, number, string and integer."
                );
                return null;
            }

            result |= one;
        }

        return result;
    }

    private void BindBounds()
    {
        AddBound("minimum", side: -1, exclusive: false);
        AddBound("maximum", side: 1, exclusive: false);
        AddBound("exclusiveMinimum", side: -1, exclusive: true);
        AddBound("exclusiveMaximum", side: 1, exclusive: true);
        if (Number("multipleOf") is { } unit)
        {
            if (JsonNumber.Of(unit) is { Digits.Sign: > 0 } number)
            {
                keywords.Add(new MultipleOf(node, number, unit.GetRawText()));
            }
            else
            {
                Problem("multipleOf", SchemaProblem.Codes.Form, "This keyword takes a number greater than 0.");
            }
        }

        AddCount("minLength", Counted.Characters, isMaximum: false);
        AddCount("maxLength", Counted.Characters, isMaximum: true);
        AddCount("minItems", Counted.Elements, isMaximum: false);
        AddCount("maxItems", Counted.Elements, isMaximum: true);
        AddCount("minProperties", Counted.Members, isMaximum: false);
        AddCount("maxProperties", Counted.Members, isMaximum: true);
    }

    private void AddBound(string name, int side, bool exclusive)
    {
        if (Number(name) is { } bound)
        {
            keywords.Add(new NumberBound(node, name, JsonNumber.Of(bound), side, exclusive, bound.GetRawText()));
        }
    }

    private void AddCount(string name, Counted counted, bool isMaximum)
    {
        if (Count(name) is { } bound)
        {
            keywords.Add(new CountBound(node, name, counted, bound, isMaximum));
        }
    }

    private JsonElement? Number(string name)
    {
        if (!Has(name, Vocabularies.Validation, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            return value;
        }

        Problem(name, SchemaProblem.Codes.Form, "This keyword takes a number.");
        return null;
    }

    /// <summary>A whole number from 0, however it is written (2.0); what is past 2^31 counts as that.</summary>
    private long? Count(string name)
    {
        if (Number(name) is not { } value)
        {
            return null;
        }

        var number = JsonNumber.Of(value);
        if (!number.IsInteger || number.Digits.Sign < 0)
        {
            Problem(name, SchemaProblem.Codes.Form, "This keyword takes a whole number from 0.");
            return null;
        }

        return value.TryGetDouble(out var count) && count < int.MaxValue ? (long)count : int.MaxValue;
    }

    private void BindTexts()
    {
        if (Text("pattern", Vocabularies.Validation) is { } source && Pattern("pattern", source) is { } pattern)
        {
            keywords.Add(new PatternRule(node, pattern));
        }

        if (Text("format", Vocabularies.FormatAnnotation | Vocabularies.FormatAssertion) is not { } name)
        {
            return;
        }

        var known = Format.All.TryGetValue(name, out var format);
        if (!known && compiler.Options.RefuseUnknown)
        {
            Problem("format", SchemaProblem.Codes.Unknown, "This format is not known here.");
        }

        if (known && (compiler.Options.AssertFormats || (dialect.Vocabularies & Vocabularies.FormatAssertion) != 0))
        {
            keywords.Add(new FormatRule(node, format!));
        }
    }
}
