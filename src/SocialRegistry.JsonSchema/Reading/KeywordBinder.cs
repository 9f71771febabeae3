using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>Makes the rules of one schema from its JSON. The metaschema was asked before; what it leaves open is checked here.</summary>
internal sealed partial class KeywordBinder(SchemaCompiler compiler, Node node)
{
    private readonly JsonElement source = node.Source;
    private readonly Dialect dialect = node.Resource.Dialect;
    private readonly List<Keyword> keywords = [];

    public void Bind()
    {
        if (source.ValueKind != JsonValueKind.Object)
        {
            node.Verdict = source.ValueKind == JsonValueKind.True;
            return;
        }

        if (compiler.Options.RefuseUnknown)
        {
            RefuseUnknown();
        }

        BindValues();
        BindBounds();
        BindTexts();
        BindReferences();
        BindObjects();
        BindArrays();
        BindCombining();
        node.Keywords = [.. keywords];
        BindUnevaluated();
    }

    private void RefuseUnknown()
    {
        foreach (var member in source.EnumerateObject().Where(m => !KeywordNames.IsKnown(m.Name, dialect)))
        {
            Problem(member.Name, SchemaProblem.Codes.Unknown, "This keyword is not known here.");
        }
    }

    private void BindReferences()
    {
        if (
            Text("$ref", Vocabularies.Core) is { } reference
            && compiler.Find(node, "$ref", reference, out _) is { } target
        )
        {
            keywords.Add(new Reference(node, target));
        }

        if (dialect.IsOlder && source.TryGetProperty("$recursiveRef", out _))
        {
            Problem(
                "$recursiveRef",
                SchemaProblem.Codes.Dialect,
                "References of draft 2019-09 by $recursiveRef are not followed here."
            );
        }

        if (
            !dialect.IsOlder
            && Text("$dynamicRef", Vocabularies.Core) is { } dynamic
            && compiler.Find(node, "$dynamicRef", dynamic, out var fragment) is { } initial
        )
        {
            var isDynamic =
                initial.Resource.DynamicAnchors.TryGetValue(fragment, out var anchored) && anchored == initial;
            keywords.Add(isDynamic ? new DynamicReference(node, initial, fragment) : new Reference(node, initial));
        }
    }

    private void BindCombining()
    {
        if (Schemas("allOf") is { } all)
        {
            keywords.Add(new AllOf(node, all));
        }

        if (Schemas("anyOf") is { } any)
        {
            keywords.Add(new AnyOf(node, any));
        }

        if (Schemas("oneOf") is { } one)
        {
            keywords.Add(new OneOf(node, one));
        }

        if (Inner("not") is { } not)
        {
            keywords.Add(new Not(node, not));
        }

        if (Inner("if") is { } condition)
        {
            keywords.Add(new Conditional(node, condition, Inner("then"), Inner("else")));
        }
    }

    private void BindUnevaluated()
    {
        var last = new List<Keyword>();
        if (Inner("unevaluatedItems", Vocabularies.Unevaluated) is { } items)
        {
            last.Add(new UnevaluatedItems(node, items));
        }

        if (Inner("unevaluatedProperties", Vocabularies.Unevaluated) is { } properties)
        {
            last.Add(new UnevaluatedProperties(node, properties));
        }

        node.LastKeywords = [.. last];
    }

    private void Problem(string keyword, string code, string detail) =>
        compiler.Problem(node.Location + "/" + JsonPointer.Escape(keyword), code, detail);

    private bool Has(string name, Vocabularies vocabulary, out JsonElement value)
    {
        value = default;
        return (dialect.Vocabularies & vocabulary) != 0 && source.TryGetProperty(name, out value);
    }

    private string? Text(string name, Vocabularies vocabulary)
    {
        if (!Has(name, vocabulary, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Problem(name, SchemaProblem.Codes.Form, "This keyword takes a text.");
        return null;
    }

    /// <summary>The schema that was read at a place below this one.</summary>
    private Node? At(string path) => node.Resource.Nodes.GetValueOrDefault(node.Pointer + path);

    private Node? Inner(string name, Vocabularies vocabulary = Vocabularies.Applicator) =>
        Has(name, vocabulary, out _) ? At("/" + name) : null;

    private Node[]? Schemas(string name)
    {
        if (!Has(name, Vocabularies.Applicator, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Problem(name, SchemaProblem.Codes.Form, "This keyword takes an array of schemas.");
            return null;
        }

        return [.. Enumerable.Range(0, value.GetArrayLength()).Select(i => At($"/{name}/{i}")).OfType<Node>()];
    }

    private List<(string Name, Node Schema)> Map(string name)
    {
        var map = new List<(string, Node)>();
        if (!Has(name, Vocabularies.Applicator, out var value))
        {
            return map;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Problem(name, SchemaProblem.Codes.Form, "This keyword takes an object of schemas.");
            return map;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (At("/" + name + "/" + JsonPointer.Escape(member.Name)) is { } schema)
            {
                map.Add((member.Name, schema));
            }
        }

        return map;
    }

    private string[]? Names(string name, JsonElement value)
    {
        if (
            value.ValueKind == JsonValueKind.Array
            && value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String)
        )
        {
            return [.. value.EnumerateArray().Select(e => e.GetString()!)];
        }

        Problem(name, SchemaProblem.Codes.Form, "This keyword takes names of members, in an array of texts.");
        return null;
    }

    private SchemaPattern? Pattern(string keyword, string pattern)
    {
        if (SchemaPattern.TryParse(pattern, out var result, out var problem))
        {
            return result;
        }

        Problem(keyword, SchemaProblem.Codes.Pattern, "Not a regular expression (ECMA-262, unicode mode): " + problem);
        return null;
    }
}
