using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Tests.Search;

/// <summary>Made-up records and queries over them, the same for the same seed. Values are few and odd, so that conditions meet.</summary>
internal sealed class QueryWorld(int seed)
{
    private readonly Random random = new(seed);

    /// <summary>Fields of every type and class; <c>income</c> both kinds have alike, <c>nick</c> each in its own way.</summary>
    public const string Catalogue = """
        {"version":1,
         "codeLists":[{"id":"sex","codes":[{"code":"male","labels":{"eng":"m"},"synonyms":[]},{"code":"female","labels":{"eng":"f"},"synonyms":[]}]}],
         "identifierTypes":[{"id":"UIN","labels":{"eng":"UIN"},"kind":"individual"},{"id":"HHID","labels":{"eng":"HHID"},"kind":"group"}],
         "fields":[
          {"id":"name","kind":"individual","type":"text","class":"personal","searchable":true,"labels":{"eng":"x"}},
          {"id":"phones","kind":"individual","type":"text","class":"personal","searchable":true,"repeated":true,"labels":{"eng":"x"}},
          {"id":"illness","kind":"individual","type":"code","codeList":"sex","class":"sensitive","searchable":true,"labels":{"eng":"x"}},
          {"id":"nick","kind":"individual","type":"text","class":"internal","searchable":true,"labels":{"eng":"x"}},
          {"id":"tags","kind":"individual","type":"text","class":"internal","searchable":true,"repeated":true,"labels":{"eng":"x"}},
          {"id":"born","kind":"individual","type":"date","class":"internal","searchable":true,"labels":{"eng":"x"}},
          {"id":"visits","kind":"individual","type":"date","class":"internal","searchable":true,"repeated":true,"labels":{"eng":"x"}},
          {"id":"sex","kind":"individual","type":"code","codeList":"sex","class":"public","searchable":true,"labels":{"eng":"x"}},
          {"id":"income","kind":"individual","type":"decimal","class":"internal","searchable":true,"labels":{"eng":"x"}},
          {"id":"marks","kind":"individual","type":"integer","class":"internal","searchable":true,"repeated":true,"labels":{"eng":"x"}},
          {"id":"happy","kind":"individual","type":"boolean","class":"internal","searchable":true,"labels":{"eng":"x"}},
          {"id":"votes","kind":"individual","type":"boolean","class":"internal","searchable":true,"repeated":true,"labels":{"eng":"x"}},
          {"id":"home","kind":"individual","type":"group","class":"internal","searchable":true,"labels":{"eng":"x"},"parts":[
            {"id":"town","type":"text","labels":{"eng":"x"}},
            {"id":"floor","type":"integer","labels":{"eng":"x"}},
            {"id":"rooms","type":"group","repeated":true,"labels":{"eng":"x"},"parts":[
              {"id":"word","type":"text","labels":{"eng":"x"}},
              {"id":"sizes","type":"decimal","repeated":true,"labels":{"eng":"x"}}]}]},
          {"id":"area","kind":"individual","type":"text","class":"internal","searchable":true,"labels":{"eng":"x"}},
          {"id":"area","kind":"group","type":"text","class":"internal","searchable":true,"labels":{"eng":"x"}},
          {"id":"income","kind":"group","type":"decimal","class":"internal","searchable":true,"labels":{"eng":"x"}},
          {"id":"nick","kind":"group","type":"integer","class":"internal","searchable":true,"labels":{"eng":"x"}},
          {"id":"tags","kind":"group","type":"group","class":"internal","searchable":true,"labels":{"eng":"x"},"parts":[
            {"id":"word","type":"text","labels":{"eng":"x"}}]}]}
        """;

    /// <summary>Each area with those below it.</summary>
    public static IReadOnlyDictionary<string, string[]> Areas { get; } =
        new Dictionary<string, string[]>
        {
            ["A"] = ["A", "A1", "A1a", "A2"],
            ["A1"] = ["A1", "A1a"],
            ["A1a"] = ["A1a"],
            ["A2"] = ["A2"],
            ["B"] = ["B"],
        };

    private static readonly string[] Texts =
    [
        "a",
        "A",
        "á",
        "ab",
        "b a",
        "ß",
        "ss",
        "İ",
        "Й",
        "ñ%",
        "_",
        "'",
        "\"\\",
        "😀",
        "Ω a",
        "\uFFFD",
        "\uE000",
        "5",
        "true",
        "null",
    ];
    private static readonly string[] Dates =
    [
        "1979-12-31",
        "1980-01-01",
        "1980-01-02",
        "1980-02-29",
        "1980-12-31",
        "1981-01-01",
    ];
    private static readonly string[] AskedDates = [.. Dates, "1980", "1980-01", "1980-02", "1981", "1979-12"];
    private static readonly string[] Numbers =
    [
        "-1",
        "0",
        "0.1",
        "0.10",
        "0.3",
        "1",
        "2",
        "1e2",
        "99.999",
        "123456789012345",
        "0.000001",
    ];
    private static readonly string[] Integers = ["-1", "0", "1", "2", "5", "123456789012345"];

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public bool Chance(double share) => random.NextDouble() < share;

    public int Number(int below) => random.Next(below);

    public Dictionary<string, JsonElement> Person()
    {
        var values = new Dictionary<string, JsonElement>();
        Put(values, "name", Text);
        Put(values, "phones", () => Several(Text));
        Put(values, "illness", () => "\"male\"");
        Put(values, "nick", Text);
        Put(values, "tags", () => Several(Text));
        Put(values, "born", () => $"\"{Pick(Dates)}\"");
        Put(values, "visits", () => Several(() => $"\"{Pick(Dates)}\""));
        Put(values, "sex", () => Chance(0.5) ? "\"male\"" : "\"female\"");
        Put(values, "income", () => Pick(Numbers));
        Put(values, "marks", () => Several(() => Pick(Integers)));
        Put(values, "happy", () => Chance(0.5) ? "true" : "false");
        Put(values, "votes", () => Several(() => Chance(0.5) ? "true" : "false"));
        Put(values, "home", Home);
        Put(values, "area", () => $"\"{Pick([.. Areas.Keys, "C"])}\"");
        return values;
    }

    public Dictionary<string, JsonElement> Group()
    {
        var values = new Dictionary<string, JsonElement>();
        Put(values, "area", () => $"\"{Pick([.. Areas.Keys])}\"");
        Put(values, "income", () => Pick(Numbers));
        Put(values, "nick", () => Pick(Integers));
        Put(values, "tags", () => $$"""{"word":{{Text()}}}""");
        return values;
    }

    /// <summary>A query that may be asked.</summary>
    public string Query(IReadOnlyList<Identifier> identifiers, int depth = 0, int relations = 0)
    {
        string Inner() => Query(identifiers, depth + 1, relations);
        string Related() => Query(identifiers, depth + 1, relations + 1);
        var node = random.Next(depth < 4 ? 20 : 11);
        return node switch
        {
            < 8 => Field(),
            8 => $$"""{"area":"{{Pick([.. Areas.Keys, "C"])}}"}""",
            9 => $$"""{"kind":"{{(Chance(0.5) ? "individual" : "group")}}"}""",
            10 => Identifier(Pick(identifiers)),
            11 or 12 => "{\"not\":" + Inner() + "}",
            13 or 14 => "{\"and\":[" + Inner() + "," + Inner() + "]}",
            15 or 16 => "{\"or\":[" + Inner() + "," + Inner() + "," + Inner() + "]}",
            _ when relations == 3 => Field(),
            17 => "{\"anyMember\":" + Related() + "}",
            18 => "{\"memberOf\":" + Related() + "}",
            _ => "{\"anyRelative\":{\"kind\":\""
                + Pick(["parent", "child", "spouse"])
                + "\",\"query\":"
                + Related()
                + "}}",
        };
    }

    private string Field() =>
        random.Next(16) switch
        {
            0 => Ask("name", ["eq", "in", "exists"], Text),
            1 => Ask("phones", ["eq", "in", "exists"], Text),
            2 => Ask("illness", ["exists"], Text),
            3 => Ask("nick", TextOps, Text),
            4 => Ask("tags", TextOps, Text),
            5 => Ask("born", OrderedOps, Date),
            6 => Ask("visits", OrderedOps, Date),
            7 => Ask("sex", ["eq", "ne", "in", "nin", "exists"], () => "\"male\""),
            8 => Ask("income", OrderedOps, () => Pick(Numbers)),
            9 => Ask("marks", OrderedOps, () => Pick(Integers)),
            10 => Ask("happy", ["eq", "ne", "exists"], () => Chance(0.5) ? "true" : "false"),
            11 => Ask("votes", ["eq", "ne", "exists"], () => Chance(0.5) ? "true" : "false"),
            12 => Ask("home.town", TextOps, Text),
            13 => Ask("home.floor", OrderedOps, () => Pick(Integers)),
            14 => Ask("home.rooms.word", TextOps, Text),
            _ => Ask("home.rooms.sizes", OrderedOps, () => Pick(Numbers)),
        };

    private static readonly string[] TextOps = ["eq", "ne", "in", "nin", "exists", "contains", "startsWith"];
    private static readonly string[] OrderedOps = ["eq", "ne", "lt", "le", "gt", "ge", "in", "nin", "exists"];

    private string Ask(string field, string[] operators, Func<string> value)
    {
        var op = Pick(operators);
        var operand = op switch
        {
            "in" or "nin" => Several(value),
            "exists" => Chance(0.5) ? "true" : "false",
            _ => value(),
        };
        return $$"""{"field":"{{field}}","op":"{{op}}","value":{{operand}}}""";
    }

    private string Home()
    {
        var parts = new List<string>();
        if (Chance(0.6))
        {
            parts.Add("\"town\":" + Text());
        }

        if (Chance(0.6))
        {
            parts.Add(
                "\"rooms\":" + Several(() => $$"""{"word":{{Text()}},"sizes":{{Several(() => Pick(Numbers))}}}""")
            );
        }

        if (Chance(0.6) || parts.Count == 0)
        {
            parts.Add("\"floor\":" + Pick(Integers));
        }

        return "{" + string.Join(",", parts) + "}";
    }

    private void Put(Dictionary<string, JsonElement> values, string field, Func<string> value)
    {
        if (Chance(0.65))
        {
            values[field] = JsonSerializer.Deserialize<JsonElement>(value());
        }
    }

    private string Text() => JsonSerializer.Serialize(Pick(Texts));

    private string Date() => $"\"{Pick(AskedDates)}\"";

    private string Several(Func<string> one) =>
        "[" + string.Join(",", Enumerable.Range(0, random.Next(1, 4)).Select(_ => one())) + "]";

    private static string Identifier(Identifier identifier) =>
        $$$"""{"identifier":{"type":"{{{identifier.Type}}}","value":"{{{identifier.Value}}}"}}""";
}
