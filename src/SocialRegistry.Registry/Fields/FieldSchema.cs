using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.JsonSchema;

namespace SocialRegistry.Registry.Fields;

/// <summary>The validation of a field, a JSON Schema 2020-12 fragment, made ready; and what a broken rule is called in a problem.</summary>
internal static class FieldSchema
{
    private static readonly SchemaOptions Options = new()
    {
        RefuseUnknown = true,
        MaxSchemaLength = 64 * 1024,
        MaxSubschemas = 1_000,
        MaxDepth = 64,
        MaxSteps = 100_000,
        MaxErrors = 10,
        PatternTime = TimeSpan.FromMilliseconds(100),
    };

    /// <summary>Keywords that speak of the list of a repeated field; all others speak of each element.</summary>
    private static readonly string[] OfTheList = ["minItems", "maxItems", "uniqueItems"];

    /// <summary>The schemas of a value and, of a repeated field, of the list; absent where nothing is asked.</summary>
    /// <exception cref="InvalidOperationException">Not a schema; the message says which keyword is at fault.</exception>
    public static (Schema? Values, Schema? List) Read(FieldView view, JsonElement validation)
    {
        if (validation.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidOperationException("It is not an object.");
        }

        var ofValues = JsonObject.Create(validation)!;
        var ofList = new JsonObject();
        foreach (var keyword in view.Repeated ? OfTheList : [])
        {
            if (ofValues.TryGetPropertyValue(keyword, out var value))
            {
                ofValues.Remove(keyword);
                ofList[keyword] = value;
            }
        }

        return (Compile(ofValues), Compile(ofList));
    }

    /// <summary>The first rule that the value breaks, as a problem; <c>null</c> when it breaks none.</summary>
    public static FieldProblem? Broken(Schema? schema, string path, JsonElement value)
    {
        if (schema is null || schema.IsValid(value))
        {
            return null;
        }

        // A choice that fails says more than the first of its branches.
        var errors = schema.Validate(value).Errors;
        var error = errors.FirstOrDefault(e => e.Keyword is "anyOf" or "oneOf" or "not" or "contains") ?? errors[0];
        return new FieldProblem(path + Place(error.InstanceLocation), Code(error.Keyword, value), error.Message);
    }

    private static Schema? Compile(JsonObject schema)
    {
        if (schema.Count == 0)
        {
            return null;
        }

        var compiled = Schema.Compile(JsonSerializer.SerializeToElement(schema), Options);
        return compiled.TryGet(out var ready)
            ? ready
            : throw new InvalidOperationException($"{compiled.Problems[0].Path}: {compiled.Problems[0].Detail}");
    }

    private static string Code(string keyword, JsonElement value) =>
        keyword switch
        {
            "minLength" or "maxLength" => "length",
            "pattern" => "pattern",
            // Of all that a text is held against, only a pattern takes long.
            "limit" => value.ValueKind == JsonValueKind.String ? "pattern" : "limit",
            "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf" => "range",
            "minItems" or "maxItems" or "uniqueItems" or "contains" or "minContains" or "maxContains" => "items",
            "enum" or "const" => "enum",
            "format" => "format",
            "type" => "type",
            "required" or "dependentRequired" => "required",
            _ => "rule",
        };

    /// <summary>A JSON pointer in the spelling of our paths: <c>/phones/0/number</c> is <c>.phones[0].number</c>.</summary>
    private static string Place(string pointer) =>
        string.Concat(
            pointer
                .Split('/', StringSplitOptions.RemoveEmptyEntries)
                .Select(part => part.All(char.IsAsciiDigit) ? $"[{part}]" : "." + DefinitionTexts.Printable(part))
        );
}
