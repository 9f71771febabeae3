using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>Reads documents into resources and schemas, then binds their keywords.</summary>
internal sealed class SchemaCompiler
{
    private const int MaxProblems = 50;
    private const int MaxNesting = 100;

    private readonly SchemaOptions options;
    private readonly Dictionary<string, Resource> resources = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dialect> dialects = new(StringComparer.Ordinal);
    private readonly Queue<Node> unbound = new();
    private readonly List<SchemaProblem> problems = [];
    private readonly HashSet<string> metaschemasUnderWay;
    private int count;

    private SchemaCompiler(SchemaOptions options, HashSet<string> metaschemasUnderWay) =>
        (this.options, this.metaschemasUnderWay) = (options, metaschemasUnderWay);

    public SchemaOptions Options => options;

    public static SchemaCompilation Compile(JsonElement schema, SchemaOptions options) =>
        Compile(schema, options, new HashSet<string>(StringComparer.Ordinal));

    private static SchemaCompilation Compile(JsonElement schema, SchemaOptions options, HashSet<string> under)
    {
        var compiler = new SchemaCompiler(options, under);
        try
        {
            return compiler.Compile(schema.Clone());
        }
        catch (InvalidOperationException) when (HalfSurrogate.StandsIn(schema))
        {
            return SchemaCompilation.Failed(
                new SchemaProblem("#", SchemaProblem.Codes.Form, "A text or a name holds half a surrogate pair.")
            );
        }
        catch (NumberTooLongException)
        {
            return SchemaCompilation.Failed(
                new SchemaProblem("#", SchemaProblem.Codes.Limit, "A number has too many digits.")
            );
        }
    }

    private SchemaCompilation Compile(JsonElement schema)
    {
        var root = Load(UriReference.WithoutFragment(options.BaseUri), schema);
        while (problems.Count == 0 && unbound.TryDequeue(out var node))
        {
            new KeywordBinder(this, node).Bind();
        }

        return problems.Count == 0 && root is not null
            ? SchemaCompilation.Of(new Schema(root, options))
            : SchemaCompilation.Failed(problems);
    }

    public void Problem(string path, string code, string detail)
    {
        if (problems.Count < MaxProblems)
        {
            problems.Add(new SchemaProblem(path, code, detail));
        }
    }

    /// <summary>The schema that a reference leads to; null and a problem when there is none.</summary>
    public Node? Find(Node from, string keyword, string reference, out string fragment)
    {
        var full = UriReference.Resolve(from.Resource.Uri, reference);
        fragment = Uri.UnescapeDataString(full.Fragment ?? "");
        var found =
            FindResource(full.Resource) is not { } resource ? null
            : fragment.Length == 0 ? resource.Nodes.GetValueOrDefault("")
            : fragment[0] == '/' ? FindPointer(resource, fragment)
            : resource.Anchors.GetValueOrDefault(fragment);
        if (found is null)
        {
            Problem(
                from.Location + "/" + keyword,
                SchemaProblem.Codes.Reference,
                "There is no schema at "
                    + full.Resource
                    + (full.Fragment is null ? "" : "#" + full.Fragment)
                    + ". Other documents have to be handed in; none is fetched."
            );
        }

        return found;
    }

    private Resource? FindResource(string uri)
    {
        if (
            !resources.ContainsKey(uri)
            && (options.Documents.TryGet(uri, out var document) || StandardMetaschemas.TryGet(uri, out document))
        )
        {
            Load(uri, document);
        }

        // A document that names itself otherwise than it was called stands under both names.
        return resources.GetValueOrDefault(uri) is not { } resource ? null
            : resource.Nodes.TryGetValue("", out var root) ? root.Resource
            : resource;
    }

    private Node? FindPointer(Resource resource, string pointer)
    {
        var here = resource.Root;
        var path = "";
        foreach (var token in pointer.Split('/').Skip(1))
        {
            var name = JsonPointer.Unescape(token);
            if (here.ValueKind == JsonValueKind.Object && here.TryGetProperty(name, out var member))
            {
                here = member;
            }
            else if (
                here.ValueKind == JsonValueKind.Array
                && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                && index < here.GetArrayLength()
            )
            {
                here = here[index];
            }
            else
            {
                return null;
            }

            path += "/" + JsonPointer.Escape(name);
            if (resource.Nodes.TryGetValue(path, out var node) && node.Resource != resource)
            {
                (resource, path) = (node.Resource, "");
            }
        }

        // A place that no keyword makes a schema; the reference does.
        return resource.Nodes.GetValueOrDefault(path) ?? Read(here, resource, path, depth: 0);
    }

    /// <summary>Takes in a document; null when it cannot be used.</summary>
    private Node? Load(string uri, JsonElement document)
    {
        if (!IsWithinBounds(uri, document) || DialectOf(uri, document, parent: null) is not { } dialect)
        {
            return null;
        }

        if (dialect.Metaschema?.Validate(document) is { IsValid: false } result)
        {
            foreach (var error in result.Errors)
            {
                Problem(uri + "#" + error.InstanceLocation, SchemaProblem.Codes.Form, error.Message);
            }

            return null;
        }

        var resource = new Resource(uri, document, dialect);
        resources[uri] = resource;
        return Read(document, resource, "", depth: 0);
    }

    private bool IsWithinBounds(string uri, JsonElement document)
    {
        if (JsonMarshal.GetRawUtf8Value(document).Length > options.MaxSchemaLength)
        {
            Problem(uri + "#", SchemaProblem.Codes.Limit, $"A schema has at most {options.MaxSchemaLength} bytes.");
            return false;
        }

        if (!IsShallow(document, MaxNesting))
        {
            Problem(uri + "#", SchemaProblem.Codes.Limit, $"A schema has at most {MaxNesting} levels.");
            return false;
        }

        return true;
    }

    private static bool IsShallow(JsonElement value, int levels) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => levels > 0 && value.EnumerateArray().All(e => IsShallow(e, levels - 1)),
            JsonValueKind.Object => levels > 0 && value.EnumerateObject().All(m => IsShallow(m.Value, levels - 1)),
            _ => true,
        };

    private Dialect? DialectOf(string uri, JsonElement schema, Dialect? parent)
    {
        if (
            schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("$schema", out var named)
            || named.ValueKind != JsonValueKind.String
        )
        {
            return parent ?? StandardMetaschemas.Standard;
        }

        var name = UriReference.WithoutFragment(named.GetString()!);
        if (StandardMetaschemas.TryGet(uri, out _))
        {
            return Dialect.Bare;
        }

        if (!dialects.TryGetValue(name, out var dialect) && ReadDialect(uri, name) is { } read)
        {
            dialects[name] = dialect = read;
        }

        return dialect;
    }

    private Dialect? ReadDialect(string uri, string name)
    {
        if (name is Dialect.StandardUri)
        {
            return StandardMetaschemas.Standard;
        }

        if (name is Dialect.OlderUri)
        {
            return Dialect.Older;
        }

        if (!options.Documents.TryGet(name, out var document) || !metaschemasUnderWay.Add(name))
        {
            Problem(uri + "#/$schema", SchemaProblem.Codes.Dialect, "The metaschema " + name + " is not known here.");
            return null;
        }

        var compiled = Compile(
            document,
            options with
            {
                BaseUri = name,
                AssertFormats = false,
                RefuseUnknown = false,
            },
            metaschemasUnderWay
        );
        metaschemasUnderWay.Remove(name);
        var vocabularies = Dialect.Declared(document, out var unknown);
        if (unknown is not null || !compiled.TryGet(out var metaschema))
        {
            Problem(
                uri + "#/$schema",
                SchemaProblem.Codes.Dialect,
                unknown is null
                    ? "The metaschema " + name + " has problems of its own."
                    : "The metaschema " + name + " demands the vocabulary " + unknown + ", which is not known here."
            );
            return null;
        }

        return new Dialect(name, vocabularies, metaschema);
    }

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
