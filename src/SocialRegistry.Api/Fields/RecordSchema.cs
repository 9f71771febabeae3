using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;

namespace SocialRegistry.Api.Fields;

/// <summary>The values of a record as JSON Schema 2020-12: every field with its label, type, codes and rules.</summary>
public static class RecordSchema
{
    private const string Month = "^[0-9]{4}-(0[1-9]|1[0-2])$";
    private const string Year = "^[0-9]{4}$";

    /// <summary>The whole document.</summary>
    /// <param name="id">Its address.</param>
    /// <param name="language">ISO 639-3; labels that are not there stand in eng.</param>
    public static JsonObject Document(CatalogueView catalogue, string kind, string id, string language)
    {
        var document = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = id,
            ["title"] = kind == RegistrantKinds.Individual ? "Values of a person" : "Values of a group",
        };
        foreach (var (name, member) in Values(catalogue, kind, language).ToList())
        {
            document[name] = member?.DeepClone();
        }

        return document;
    }

    /// <summary>The values of a record: an object whose members are the fields.</summary>
    public static JsonObject Values(CatalogueView catalogue, string kind, string language)
    {
        var fields = catalogue.Fields.Where(f => f.Kind == kind).ToList();
        return Object(
            fields.Where(f => f.State == FieldState.Published && f.Required).Select(f => f.Id),
            fields.Select(f => (f.Id, Field(f, catalogue, language)))
        );
    }

    private static JsonObject Field(FieldView field, CatalogueView catalogue, string language)
    {
        var one = OfType(field, catalogue, language);
        var label = FormResponse.Label(field.Labels, language);
        var list = new JsonObject();
        if (field.Validation is { ValueKind: JsonValueKind.Object } validation)
        {
            Add(field, JsonObject.Create(validation)!, one, list);
        }

        var schema = one;
        if (field.Repeated)
        {
            schema = new JsonObject
            {
                ["type"] = "array",
                ["items"] = one,
                ["minItems"] = 1,
                ["maxItems"] = 100,
            };
            foreach (var (name, rule) in list.ToList())
            {
                schema[name] = rule?.DeepClone();
            }
        }

        schema["title"] = label;
        if (field.State == FieldState.Retired)
        {
            schema["deprecated"] = true;
            schema["readOnly"] = true;
        }

        return schema;
    }

    private static JsonObject OfType(FieldView field, CatalogueView catalogue, string language) =>
        field.Type switch
        {
            FieldType.Text => new JsonObject
            {
                ["type"] = "string",
                ["minLength"] = 1,
                ["maxLength"] = 10_000,
            },
            FieldType.Integer => new JsonObject { ["type"] = "integer" },
            FieldType.Decimal => new JsonObject { ["type"] = "number" },
            FieldType.Boolean => new JsonObject { ["type"] = "boolean" },
            FieldType.Date => Date(field.Precisions),
            FieldType.Code => Code(field, catalogue, language),
            FieldType.Document => new JsonObject { ["type"] = "string", ["format"] = "uuid" },
            _ => Group(field, catalogue, language),
        };

    private static JsonObject Date(IReadOnlyList<DatePrecision> precisions)
    {
        var forms = (precisions.Count == 0 ? [DatePrecision.Day] : precisions)
            .Select(p =>
                p switch
                {
                    DatePrecision.Day => new JsonObject { ["format"] = "date" },
                    DatePrecision.Month => new JsonObject { ["pattern"] = Month },
                    _ => new JsonObject { ["pattern"] = Year },
                }
            )
            .ToList();
        var schema = forms is [var only] ? only : new JsonObject { ["anyOf"] = new JsonArray([.. forms]) };
        schema["type"] = "string";
        return schema;
    }

    private static JsonObject Code(FieldView field, CatalogueView catalogue, string language)
    {
        var codes = catalogue.CodeLists.FirstOrDefault(l => l.Id == field.CodeList)?.Codes ?? [];
        return new JsonObject
        {
            ["type"] = "string",
            ["enum"] = new JsonArray([.. codes.Select(c => (JsonNode)c.Code)]),
            ["oneOf"] = new JsonArray([
                .. codes.Select(c =>
                {
                    var choice = new JsonObject
                    {
                        ["const"] = c.Code,
                        ["title"] = FormResponse.Label(c.Labels, language),
                    };
                    if (c.Retired)
                    {
                        choice["deprecated"] = true;
                    }

                    return choice;
                }),
            ]),
        };
    }

    private static JsonObject Group(FieldView field, CatalogueView catalogue, string language)
    {
        var schema = Object(
            field.Parts.Where(p => p.Required).Select(p => p.Id),
            field.Parts.Select(p => (p.Id, Field(p, catalogue, language)))
        );
        schema["minProperties"] = 1;
        return schema;
    }

    private static JsonObject Object(
        IEnumerable<string> required,
        IEnumerable<(string Name, JsonObject Schema)> members
    )
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(members.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)m.Schema))),
            ["additionalProperties"] = false,
        };
        if (required.ToList() is { Count: > 0 } needed)
        {
            schema["required"] = new JsonArray([.. needed.Select(n => (JsonNode)n)]);
        }

        return schema;
    }

    /// <summary>Adds the field's own validation: beside what the type asks, or, where both speak of the same or it refers to itself, as a schema of its own.</summary>
    private static void Add(FieldView field, JsonObject validation, JsonObject one, JsonObject list)
    {
        foreach (var keyword in field.Repeated ? (string[])["minItems", "maxItems", "uniqueItems"] : [])
        {
            if (validation.TryGetPropertyValue(keyword, out var value))
            {
                validation.Remove(keyword);
                list[keyword] = value;
            }
        }

        if (
            validation.Any(k =>
                k.Key[0] == '$' || (one.ContainsKey(k.Key) && k.Key is not ("minLength" or "maxLength"))
            )
        )
        {
            // References in it start at itself.
            validation.TryAdd("$id", $"urn:social-registry:field:{field.Kind}:{field.Id}");
            one["allOf"] = new JsonArray(validation);
            return;
        }

        foreach (var (name, rule) in validation.ToList())
        {
            validation.Remove(name);
            one[name] = rule;
        }
    }
}
