using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>Keywords about members of objects and elements of arrays.</summary>
internal sealed partial class KeywordBinder
{
    private void BindObjects()
    {
        if (Has("required", Vocabularies.Validation, out var required) && Names("required", required) is { } names)
        {
            keywords.Add(new Required(node, names));
        }

        if (Inner("propertyNames") is { } name)
        {
            keywords.Add(new PropertyNames(node, name));
        }

        if (Has("dependentRequired", Vocabularies.Validation, out var dependent))
        {
            AddDependentNames("dependentRequired", dependent);
        }

        if (Map("dependentSchemas") is { Count: > 0 } schemas)
        {
            keywords.Add(new DependentSchemas(node, "dependentSchemas", [.. schemas]));
        }

        if (Has("dependencies", Vocabularies.Applicator, out var dependencies))
        {
            AddDependentNames("dependencies", dependencies);
            keywords.Add(new DependentSchemas(node, "dependencies", [.. Map("dependencies")]));
        }

        BindMembers();
    }

    private void AddDependentNames(string keyword, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Problem(keyword, SchemaProblem.Codes.Form, "This keyword takes an object.");
            return;
        }

        var rules = value
            .EnumerateObject()
            .Where(m => keyword == "dependentRequired" || m.Value.ValueKind == JsonValueKind.Array)
            .Select(m => (m.Name, Then: Names(keyword, m.Value)))
            .Where(r => r.Then is not null);
        keywords.Add(new DependentRequired(node, keyword, [.. rules.Select(r => (r.Name, r.Then!))]));
    }

    private void BindMembers()
    {
        var named = new Dictionary<string, Node>(StringComparer.Ordinal);
        foreach (var (name, schema) in Map("properties"))
        {
            named[name] = schema;
        }

        var patterns = new List<(SchemaPattern, Node)>();
        foreach (var (source, schema) in Map("patternProperties"))
        {
            if (Pattern("patternProperties/" + source, source) is { } pattern)
            {
                patterns.Add((pattern, schema));
            }
        }

        var additional = Inner("additionalProperties");
        if (named.Count > 0 || patterns.Count > 0 || additional is not null)
        {
            keywords.Add(new Members(node, named, [.. patterns], additional));
        }
    }

    private void BindArrays()
    {
        if (Has("uniqueItems", Vocabularies.Validation, out var unique) && unique.ValueKind == JsonValueKind.True)
        {
            keywords.Add(new UniqueItems(node));
        }

        var first =
            !dialect.IsOlder ? Schemas("prefixItems")
            : source.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array ? Schemas("items")
            : null;
        var rest = dialect.IsOlder && first is not null ? Inner("additionalItems") : Inner("items");
        if (first is not null || rest is not null)
        {
            keywords.Add(new Elements(node, first ?? [], rest));
        }

        if (Inner("contains") is { } contained)
        {
            keywords.Add(
                new Contains(node, contained, Count("minContains") ?? 1, Count("maxContains") ?? long.MaxValue)
            );
        }
    }
}
