using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>Reads a query from JSON. What is not known is refused with its place, never passed over; sizes are bounded (<see cref="QueryLimits"/>).</summary>
public sealed class QueryReader
{
    private readonly List<FieldProblem> problems = [];
    private int nodes;

    private QueryReader() { }

    /// <param name="path">Where the query stands in what was sent, such as <c>query</c>.</param>
    public static Outcome<Query> Read(JsonElement json, string path = "query")
    {
        var reader = new QueryReader();
        var query = reader.Node(json, path, depth: 1, relations: 0);
        return query is null || reader.problems.Count > 0 ? QueryProblems.Invalid(reader.problems) : query;
    }

    /// <summary>Reads the text of a query.</summary>
    public static Outcome<Query> Read(string json, string path = "query")
    {
        try
        {
            using var document = JsonDocument.Parse(
                json,
                new JsonDocumentOptions { MaxDepth = 64, AllowDuplicateProperties = false }
            );
            return Read(document.RootElement, path);
        }
        catch (JsonException)
        {
            return QueryProblems.Invalid([new FieldProblem(path, "json", "This is not JSON.")]);
        }
    }

    private Query? Node(JsonElement json, string path, int depth, int relations)
    {
        if (problems.Count > 0)
        {
            // One at a time: what follows a fault is guesswork.
            return null;
        }

        if (depth > QueryLimits.MaxDepth)
        {
            return Refuse(path, "depth", $"A query has at most {QueryLimits.MaxDepth} nodes within each other.");
        }

        if (++nodes > QueryLimits.MaxNodes)
        {
            return Refuse(path, "nodes", $"A query has at most {QueryLimits.MaxNodes} nodes.");
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            return Refuse(path, "type", "A query is an object such as {\"field\":\"sex\",\"op\":\"eq\",\"value\":…}.");
        }

        if (json.TryGetProperty("field", out _))
        {
            return Field(json, path);
        }

        if (Single(json, path) is not { } member)
        {
            return null;
        }

        var inner = $"{path}.{member.Name}";
        return member.Name switch
        {
            "and" => Items(member.Value, inner, depth, relations) is { } items ? new AndQuery(items) : null,
            "or" => Items(member.Value, inner, depth, relations) is { } items ? new OrQuery(items) : null,
            "not" => Node(member.Value, inner, depth + 1, relations) is { } item ? new NotQuery(item) : null,
            "identifier" => Identifier(member.Value, inner),
            "area" => Text(member.Value, inner, 100) is { } code ? new AreaQuery(code) : null,
            "status" => Word(member.Value, inner, QueryNames.Statuses) is { } status ? new StatusQuery(status) : null,
            "kind" => Word(member.Value, inner, QueryNames.Kinds) is { } kind ? new KindQuery(kind) : null,
            "anyMember" => Related(member.Value, inner, depth, relations) is { } query
                ? new AnyMemberQuery(query)
                : null,
            "memberOf" => Related(member.Value, inner, depth, relations) is { } query ? new MemberOfQuery(query) : null,
            "anyRelative" => Relative(member.Value, inner, depth, relations),
            _ => Refuse($"{path}.{QueryProblems.Printable(member.Name)}", "unknown", "There is no such node."),
        };
    }

    private FieldQuery? Field(JsonElement json, string path)
    {
        if (!HasOnly(json, path, ["field", "op", "value"]))
        {
            return null;
        }

        var field = Text(json.GetProperty("field"), path + ".field", 200);
        var op = json.TryGetProperty("op", out var word)
            ? Word(word, path + ".op", QueryNames.Operators.Keys)
            : (string?)Refuse<object>(path + ".op", "required", "Say how the field is compared.");
        if (field is null || op is null)
        {
            return null;
        }

        var found = QueryNames.Operators[op];
        if (json.TryGetProperty("value", out var value) && value.ValueKind != JsonValueKind.Null)
        {
            return new FieldQuery(field, found, value.Clone());
        }

        return found == QueryOperator.Exists && value.ValueKind == JsonValueKind.Undefined
            ? new FieldQuery(field, found, JsonSerializer.SerializeToElement(true))
            : Refuse<FieldQuery>(
                path + ".value",
                "required",
                "Say what the field is compared with; for \"none\" ask for exists false."
            );
    }

    private IdentifierQuery? Identifier(JsonElement json, string path)
    {
        if (!IsObject(json, path) || !HasOnly(json, path, ["type", "value"]))
        {
            return null;
        }

        if (!json.TryGetProperty("type", out var type) || !json.TryGetProperty("value", out var value))
        {
            return Refuse<IdentifierQuery>(path, "required", "An identifier has a type and a value.");
        }

        var name = Text(type, path + ".type", 60);
        var text = Text(value, path + ".value", QueryLimits.MaxIdentifierLength);
        return name is null || text is null ? null : new IdentifierQuery(new Identifier(name, text));
    }

    private AnyRelativeQuery? Relative(JsonElement json, string path, int depth, int relations)
    {
        if (!IsObject(json, path) || !HasOnly(json, path, ["kind", "query"]))
        {
            return null;
        }

        if (!json.TryGetProperty("kind", out var kind) || !json.TryGetProperty("query", out var query))
        {
            return Refuse<AnyRelativeQuery>(path, "required", "A relative has a kind and a query.");
        }

        var word = Word(kind, path + ".kind", QueryNames.Relatives.Keys);
        var inner = Related(query, path + ".query", depth, relations);
        return word is null || inner is null ? null : new AnyRelativeQuery(QueryNames.Relatives[word], inner);
    }

    private Query? Related(JsonElement json, string path, int depth, int relations) =>
        relations >= QueryLimits.MaxRelations
            ? Refuse(
                path,
                "depth",
                $"At most {QueryLimits.MaxRelations} members, groups and relatives stand within each other."
            )
            : Node(json, path, depth + 1, relations + 1);

    private List<Query>? Items(JsonElement json, string path, int depth, int relations)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() == 0)
        {
            return Refuse<List<Query>>(path, "type", "Send an array of at least one query.");
        }

        var items = new List<Query>();
        foreach (var element in json.EnumerateArray())
        {
            if (Node(element, $"{path}[{items.Count}]", depth + 1, relations) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return items;
    }

    private JsonProperty? Single(JsonElement json, string path)
    {
        JsonProperty? single = null;
        foreach (var member in json.EnumerateObject())
        {
            if (single is not null)
            {
                Refuse(path, "members", "A node has one member; join several conditions with \"and\".");
                return null;
            }

            single = member;
        }

        if (single is null)
        {
            Refuse(path, "required", "A node says something about records.");
        }

        return single;
    }

    private bool HasOnly(JsonElement json, string path, string[] names)
    {
        var seen = new HashSet<string>();
        foreach (var member in json.EnumerateObject())
        {
            var name = $"{path}.{QueryProblems.Printable(member.Name)}";
            if (!names.Contains(member.Name))
            {
                Refuse(name, "unknown", "There is no such member here.");
                return false;
            }

            if (!seen.Add(member.Name))
            {
                Refuse(name, "duplicate", "This member is there twice.");
                return false;
            }
        }

        return true;
    }

    private bool IsObject(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Refuse(path, "type", "Send an object.");
        }

        return json.ValueKind == JsonValueKind.Object;
    }

    private string? Word(JsonElement json, string path, IEnumerable<string> words) =>
        json.ValueKind == JsonValueKind.String && words.Contains(json.GetString())
            ? json.GetString()
            : Refuse<string>(path, "unknown", $"Send one of {string.Join(", ", words)}.");

    private string? Text(JsonElement json, string path, int longest)
    {
        if (json.ValueKind != JsonValueKind.String)
        {
            return Refuse<string>(path, "type", "Send a text.");
        }

        return QueryText.Read(json) is { Length: > 0 } text && text.Length <= longest
            ? text
            : Refuse<string>(path, "length", $"Send 1 to {longest} printable characters.");
    }

    private Query? Refuse(string path, string code, string detail) => Refuse<Query>(path, code, detail);

    private T? Refuse<T>(string path, string code, string detail)
        where T : class
    {
        problems.Add(new FieldProblem(path, code, detail));
        return null;
    }
}
