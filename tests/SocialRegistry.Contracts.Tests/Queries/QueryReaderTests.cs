using Xunit;

namespace SocialRegistry.Contracts.Tests.Queries;

public sealed class QueryReaderTests
{
    [Theory]
    [InlineData("""{"field":"birth_date","op":"ge","value":"1960-01-01"}""")]
    [InlineData("""{"field":"place.name","op":"startsWith","value":"Ves"}""")]
    [InlineData("""{"field":"sex","op":"in","value":["male","female"]}""")]
    [InlineData("""{"field":"sex","op":"exists","value":false}""")]
    [InlineData("""{"identifier":{"type":"UIN","value":"12 34"}}""")]
    [InlineData("""{"and":[{"area":"N-01"},{"or":[{"status":"active"},{"not":{"kind":"group"}}]}]}""")]
    [InlineData("""{"anyMember":{"memberOf":{"anyRelative":{"kind":"spouse","query":{"area":"X"}}}}}""")]
    public void What_is_read_is_written_again(string json) =>
        Assert.Equal(json, QueryReader.Read(json).Require().ToJson().GetRawText());

    [Fact]
    public void Exists_alone_asks_for_a_value() =>
        Assert.Equal(
            """{"field":"sex","op":"exists","value":true}""",
            QueryReader.Read("""{"field":"sex","op":"exists"}""").Require().ToJson().GetRawText()
        );

    [Theory]
    [InlineData("[]", "query", "type")]
    [InlineData("\"sex\"", "query", "type")]
    [InlineData("{}", "query", "required")]
    [InlineData("{\"and\":", "query", "json")]
    [InlineData("""{"and":[],"and":[]}""", "query", "json")]
    [InlineData("""{"and":[]}""", "query.and", "type")]
    [InlineData("""{"or":{"area":"X"}}""", "query.or", "type")]
    [InlineData("""{"nor":[{"area":"X"}]}""", "query.nor", "unknown")]
    [InlineData("""{"area":"X","status":"active"}""", "query", "members")]
    [InlineData("""{"and":[{"area":"X"},{"area":7}]}""", "query.and[1].area", "type")]
    [InlineData("""{"area":""}""", "query.area", "length")]
    [InlineData("""{"area":"\u0000"}""", "query.area", "length")]
    [InlineData("""{"area":"\ud800"}""", "query.area", "length")]
    [InlineData("""{"status":"archived"}""", "query.status", "unknown")]
    [InlineData("""{"kind":"person"}""", "query.kind", "unknown")]
    [InlineData("""{"field":"sex"}""", "query.op", "required")]
    [InlineData("""{"field":"sex","op":"eq"}""", "query.value", "required")]
    [InlineData("""{"field":"sex","op":"eq","value":null}""", "query.value", "required")]
    [InlineData("""{"field":"sex","op":"exists","value":null}""", "query.value", "required")]
    [InlineData("""{"field":"sex","op":"like","value":"m%"}""", "query.op", "unknown")]
    [InlineData("""{"field":"sex","op":"EQ","value":"m"}""", "query.op", "unknown")]
    [InlineData("""{"field":"sex","op":"eq","value":"m","case":false}""", "query.case", "unknown")]
    [InlineData("""{"field":7,"op":"eq","value":"m"}""", "query.field", "type")]
    [InlineData("""{"identifier":"UIN"}""", "query.identifier", "type")]
    [InlineData("""{"identifier":{"type":"UIN"}}""", "query.identifier", "required")]
    [InlineData("""{"identifier":{"type":"UIN","value":7}}""", "query.identifier.value", "type")]
    [InlineData("""{"identifier":{"type":"UIN","value":"7","op":"eq"}}""", "query.identifier.op", "unknown")]
    [InlineData("""{"anyRelative":{"kind":"aunt","query":{"area":"X"}}}""", "query.anyRelative.kind", "unknown")]
    [InlineData("""{"anyRelative":{"kind":"child"}}""", "query.anyRelative", "required")]
    [InlineData("""{"anyRelative":{"kind":"child","query":{},"depth":2}}""", "query.anyRelative.depth", "unknown")]
    [InlineData("""{"not":[{"area":"X"}]}""", "query.not", "type")]
    public void What_is_not_known_is_refused_with_its_place(string json, string path, string code)
    {
        var refused = QueryReader.Read(json).Problem;

        Assert.Equal(QueryProblems.InvalidCode, refused?.Code);
        var problem = Assert.Single(refused!.Fields);
        Assert.Equal((path, code), (problem.Field, problem.Code));
    }

    [Fact]
    public void Names_from_outside_are_not_echoed_unless_they_are_plain()
    {
        var problem = Assert.Single(QueryReader.Read("""{"<b>Amira</b>":1}""").Problem!.Fields);

        Assert.Equal("query.?", problem.Field);
    }

    [Fact]
    public void Depth_nodes_and_relations_are_bounded()
    {
        static string Nested(int depth, string open, string close) =>
            string.Concat(Enumerable.Repeat(open, depth))
            + """{"area":"X"}"""
            + string.Concat(Enumerable.Repeat(close, depth));
        static string Wide(int items) =>
            "{\"or\":[" + string.Join(",", Enumerable.Repeat("""{"area":"X"}""", items)) + "]}";

        Assert.True(QueryReader.Read(Nested(QueryLimits.MaxDepth - 1, "{\"not\":", "}")).Succeeded);
        Assert.Equal("depth", CodeOf(Nested(QueryLimits.MaxDepth, "{\"not\":", "}")));
        Assert.Equal("json", CodeOf(Nested(5_000, "{\"not\":", "}")));
        Assert.True(QueryReader.Read(Wide(QueryLimits.MaxNodes - 1)).Succeeded);
        Assert.Equal("nodes", CodeOf(Wide(QueryLimits.MaxNodes)));
        Assert.True(QueryReader.Read(Nested(QueryLimits.MaxRelations, "{\"anyMember\":", "}")).Succeeded);
        Assert.Equal("depth", CodeOf(Nested(QueryLimits.MaxRelations + 1, "{\"anyMember\":", "}")));
        Assert.Equal("length", CodeOf("{\"area\":\"" + new string('x', 101) + "\"}"));
        Assert.Equal(
            "length",
            CodeOf("{\"identifier\":{\"type\":\"UIN\",\"value\":\"" + new string('1', 201) + "\"}}")
        );
    }

    private static string CodeOf(string json) => Assert.Single(QueryReader.Read(json).Problem!.Fields).Code;
}
