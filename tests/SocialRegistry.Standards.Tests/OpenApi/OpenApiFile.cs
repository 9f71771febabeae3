using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SocialRegistry.Testing;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SocialRegistry.Standards.Tests.OpenApi;

/// <summary>An OpenAPI 3.0 file of a standard, read in place, and a check of messages against its schemas.</summary>
internal sealed class OpenApiFile
{
    private static readonly Lazy<OpenApiFile> Social = new(() =>
        new OpenApiFile(Specs.Public("dci", "v1.0.0-2025-12", "social_api_v1.0.0.yaml"))
    );

    private readonly JsonNode root;

    private OpenApiFile(string path)
    {
        var yaml = new YamlStream();
        using var reader = new StreamReader(path);
        yaml.Load(reader);
        root = ToJson(yaml.Documents[0].RootNode)!;
    }

    /// <summary>The text of December 2025.</summary>
    public static OpenApiFile Dci => Social.Value;

    /// <summary>What is wrong with the value; empty when it is valid.</summary>
    /// <param name="pointer">JSON pointer of the schema.</param>
    public IReadOnlyList<string> Check(JsonNode? value, string pointer)
    {
        var faults = new List<string>();
        Check(value, Resolve(pointer), "$", faults);
        return faults;
    }

    private JsonObject Resolve(string pointer)
    {
        var node = root;
        foreach (var step in pointer.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            node =
                (node is JsonArray array ? array[int.Parse(name, CultureInfo.InvariantCulture)] : node[name])
                ?? throw new InvalidOperationException("Nothing stands at " + pointer);
        }

        return node.AsObject();
    }

    private void Check(JsonNode? value, JsonObject schema, string path, List<string> faults)
    {
        if (schema["$ref"] is { } reference)
        {
            Check(value, Resolve((string)reference!), path, faults);
            return;
        }

        foreach (var all in schema["allOf"]?.AsArray() ?? [])
        {
            Check(value, all!.AsObject(), path, faults);
        }

        CheckChoice(value, schema["anyOf"], path, faults, count => count > 0);
        CheckChoice(value, schema["oneOf"], path, faults, count => count == 1);
        if (schema["type"] is { } type && !Is(value, (string)type!))
        {
            faults.Add($"{path} is not of type {type}");
            return;
        }

        if (schema["enum"] is JsonArray allowed && !allowed.Any(a => JsonNode.DeepEquals(a, value)))
        {
            faults.Add($"{path} is not one of the allowed values");
        }

        switch (value)
        {
            case JsonObject members:
                foreach (var name in schema["required"]?.AsArray().Select(n => (string)n!) ?? [])
                {
                    if (!members.ContainsKey(name))
                    {
                        faults.Add($"{path}.{name} is missing");
                    }
                }

                foreach (var (name, member) in members)
                {
                    if (schema["properties"]?[name] is JsonObject inner)
                    {
                        Check(member, inner, $"{path}.{name}", faults);
                    }
                    else if (schema["additionalProperties"] is JsonValue more && !(bool)more)
                    {
                        faults.Add($"{path}.{name} is not allowed");
                    }
                }

                break;
            case JsonArray items when schema["items"] is JsonObject each:
                foreach (var (index, item) in items.Index())
                {
                    Check(item, each, $"{path}[{index}]", faults);
                }

                break;
            case JsonValue text when text.TryGetValue(out string? content):
                CheckText(content, schema, path, faults);
                break;
        }
    }

    private void CheckChoice(
        JsonNode? value,
        JsonNode? choices,
        string path,
        List<string> faults,
        Func<int, bool> isRight
    )
    {
        if (choices is not JsonArray schemas)
        {
            return;
        }

        var tried = schemas
            .Select(schema =>
            {
                var found = new List<string>();
                Check(value, schema!.AsObject(), path, found);
                return found;
            })
            .ToList();
        if (!isRight(tried.Count(found => found.Count == 0)))
        {
            faults.Add($"{path} fits none, or more than one, of the choices");
            faults.AddRange(tried[0]);
        }
    }

    private static void CheckText(string text, JsonObject schema, string path, List<string> faults)
    {
        if (schema["maxLength"] is { } most && text.Length > (int)(decimal)most)
        {
            faults.Add($"{path} is longer than {most}");
        }

        if (schema["pattern"] is { } pattern && !Regex.IsMatch(text, (string)pattern!))
        {
            faults.Add($"{path} does not match {pattern}");
        }

        if (
            (string?)schema["format"] == "date-time"
            && !Regex.IsMatch(text, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")
        )
        {
            faults.Add($"{path} is no date-time");
        }
    }

    private static bool Is(JsonNode? value, string type) =>
        type switch
        {
            "object" => value is JsonObject,
            "array" => value is JsonArray,
            "string" => value is JsonValue v && v.TryGetValue(out string? _),
            "boolean" => value is JsonValue v && v.TryGetValue(out bool _),
            "number" => value is JsonValue v && v.TryGetValue(out decimal _),
            "integer" => value is JsonValue v
                && v.TryGetValue(out decimal number)
                && number == decimal.Truncate(number),
            _ => throw new InvalidOperationException("Unknown type " + type),
        };

    private static JsonNode? ToJson(YamlNode node) =>
        node switch
        {
            YamlMappingNode map => new JsonObject(
                map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, ToJson(c.Value)))
            ),
            YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
            YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value!),
            YamlScalarNode scalar => JsonValue.Create(scalar.Value),
            _ => null,
        };

    private static JsonNode? Plain(string text) =>
        text switch
        {
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            "null" or "~" or "" => null,
            _ => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? JsonValue.Create(number)
                : JsonValue.Create(text),
        };
}
