using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>Finds the schemas in a document, with their identifiers and anchors.</summary>
internal sealed partial class SchemaCompiler
{
    /// <summary>Reads a schema and those inside it.</summary>
    private Node? Read(JsonElement schema, Resource resource, string pointer, int depth)
    {
        if (schema.ValueKind is not (JsonValueKind.Object or JsonValueKind.True or JsonValueKind.False))
        {
            Problem(resource.Uri + "#" + pointer, SchemaProblem.Codes.Form, "A schema is an object, true or false.");
            return null;
        }

        if (++count > options.MaxSubschemas)
        {
            Problem(
                "#",
                SchemaProblem.Codes.Limit,
                $"At most {options.MaxSubschemas} schemas may stand in each other."
            );
            return null;
        }

        var (outer, outerPointer) = (resource, pointer);
        if (Identified(schema, resource, pointer) is { } own)
        {
            (resource, pointer) = (own, "");
        }

        var node = new Node(schema, resource, pointer);
        outer.Nodes[outerPointer] = node;
        resource.Nodes[pointer] = node;
        unbound.Enqueue(node);
        if (schema.ValueKind == JsonValueKind.Object)
        {
            Name(node);
            foreach (var member in schema.EnumerateObject())
            {
                ReadInside(member, resource, pointer + "/" + JsonPointer.Escape(member.Name), depth + 1);
            }
        }

        return node;
    }

    private void ReadInside(JsonProperty keyword, Resource resource, string pointer, int depth)
    {
        var holds = KeywordNames.Schemas(keyword.Name, resource.Dialect);
        var value = keyword.Value;
        if (resource.Dialect.IsOlder && keyword.Name == "items" && value.ValueKind == JsonValueKind.Array)
        {
            holds = Holds.Array;
        }

        switch (holds)
        {
            case Holds.Schema:
                Read(value, resource, pointer, depth);
                break;
            case Holds.Array when value.ValueKind == JsonValueKind.Array:
                var index = 0;
                foreach (var element in value.EnumerateArray())
                {
                    Read(element, resource, $"{pointer}/{index++}", depth);
                }

                break;
            case Holds.Map when value.ValueKind == JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    if (keyword.Name != "dependencies" || member.Value.ValueKind != JsonValueKind.Array)
                    {
                        Read(member.Value, resource, pointer + "/" + JsonPointer.Escape(member.Name), depth);
                    }
                }

                break;
        }
    }

    /// <summary>The resource that <c>$id</c> makes of a schema.</summary>
    private Resource? Identified(JsonElement schema, Resource resource, string pointer)
    {
        if (
            schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("$id", out var id)
            || id.ValueKind != JsonValueKind.String
        )
        {
            return null;
        }

        var uri = UriReference.Resolve(resource.Uri, id.GetString()!).Resource;
        if (uri == resource.Uri && pointer.Length == 0)
        {
            return null;
        }

        var dialect = pointer.Length == 0 ? resource.Dialect : DialectOf(uri, schema, resource.Dialect);
        var own = new Resource(uri, schema, dialect ?? resource.Dialect);
        if (!resources.TryAdd(uri, own))
        {
            Problem(
                resource.Uri + "#" + pointer + "/$id",
                SchemaProblem.Codes.Duplicate,
                "Another schema has the identifier " + uri + "."
            );
        }

        return own;
    }

    private void Name(Node node)
    {
        if (Anchor("$anchor") is { } anchor)
        {
            Add(node.Resource.Anchors, anchor, "$anchor");
        }

        if (!node.Resource.Dialect.IsOlder && Anchor("$dynamicAnchor") is { } dynamic)
        {
            Add(node.Resource.DynamicAnchors, dynamic, "$dynamicAnchor");
            if (dynamic != Anchor("$anchor"))
            {
                Add(node.Resource.Anchors, dynamic, "$dynamicAnchor");
            }
        }

        string? Anchor(string keyword) =>
            node.Source.TryGetProperty(keyword, out var name) && name.ValueKind == JsonValueKind.String
                ? name.GetString()
                : null;

        void Add(Dictionary<string, Node> anchors, string name, string keyword)
        {
            if (!anchors.TryAdd(name, node))
            {
                Problem(
                    node.Location + "/" + keyword,
                    SchemaProblem.Codes.Duplicate,
                    "Another schema has the anchor " + name + "."
                );
            }
        }
    }
}
