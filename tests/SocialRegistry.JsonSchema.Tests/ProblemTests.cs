using Xunit;

namespace SocialRegistry.JsonSchema.Tests;

/// <summary>Schemas that are refused, with the place and the reason.</summary>
public sealed class ProblemTests
{
    [Theory]
    [InlineData("""{"properties":{"a/b":{"minLength":-1}}}""", "#/properties/a~1b/minLength", "form")]
    [InlineData("""{"type":"text"}""", "#/type", "form")]
    [InlineData("""{"multipleOf":0}""", "#/multipleOf", "form")]
    [InlineData("""{"enum":1}""", "#/enum", "form")]
    [InlineData("""{"required":["a","a"]}""", "#/required", "form")]
    [InlineData("""{"items":[{}]}""", "#/items", "form")]
    [InlineData("""[]""", "#", "form")]
    [InlineData("""{"pattern":"("}""", "#/pattern", "pattern")]
    [InlineData("""{"patternProperties":{"[":{}}}""", "#/patternProperties/[", "pattern")]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/none"}]}""", "#/allOf/0/$ref", "reference")]
    [InlineData("""{"$ref":"http://example.org/else"}""", "#/$ref", "reference")]
    [InlineData("""{"$ref":"#anchor"}""", "#/$ref", "reference")]
    [InlineData("""{"$defs":{"a":{"$anchor":"x"},"b":{"$anchor":"x"}}}""", "#/$defs/b/$anchor", "duplicate")]
    [InlineData("""{"$defs":{"a":{"$id":"http://x/y"},"b":{"$id":"http://x/y"}}}""", "#/$defs/b/$id", "duplicate")]
    [InlineData("""{"a":""", "#", "not_json")]
    [InlineData("""{"type":"null","type":"string"}""", "#", "not_json")]
    [InlineData("""{"title":"\ud800"}""", "#", "form")]
    [InlineData("""{"minimum":1e9999999999999}""", "#", "limit")]
    public void Are_named_by_path_and_code(string schema, string path, string code)
    {
        var problems = Schema.Compile(schema).Problems;

        Assert.Contains(problems, p => p.Path == path && p.Code == code && p.Detail.Length > 0);
        Assert.All(problems, p => Assert.StartsWith(path, p.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void Unknown_keywords_and_formats_are_passed_over_or_refused_as_asked()
    {
        const string schema = """{"properties":{"a":{"minLenght":3,"format":"fax"}},"x-own":1}""";

        Assert.True(Schema.Compile(schema).Succeeded);
        Assert.Equal(
            ["#/properties/a/format", "#/properties/a/minLenght", "#/x-own"],
            Schema
                .Compile(schema, new SchemaOptions { RefuseUnknown = true })
                .Problems.Where(p => p.Code == SchemaProblem.Codes.Unknown)
                .Select(p => p.Path)
                .Order(StringComparer.Ordinal)
        );
        Assert.True(
            Schema
                .Compile("""{"title":"t","default":1,"$comment":"c"}""", new SchemaOptions { RefuseUnknown = true })
                .Succeeded
        );
    }

    [Fact]
    public void Every_problem_is_listed_at_once()
    {
        var problems = Schema.Compile("""{"minLength":-1,"maxLength":"x","pattern":2}""").Problems;

        Assert.Equal(["#/maxLength", "#/minLength", "#/pattern"], problems.Select(p => p.Path).Order().Distinct());
    }

    [Fact]
    public void A_schema_too_large_too_deep_or_too_many_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"not\":", 62)) + "true" + new string('}', 62);
        Assert.True(Schema.Compile(deep).Succeeded);
        Assert.Equal(SchemaProblem.Codes.NotJson, Json.Problem("{\"not\":{\"not\":{\"not\":" + deep + "}}}").Code);

        var options = new SchemaOptions { MaxSchemaLength = 20, MaxSubschemas = 3 };
        Assert.Equal(SchemaProblem.Codes.Limit, Json.Problem("""{"title":"abcdefghijklmnop"}""", options).Code);
        Assert.Contains(
            Schema.Compile("""{"allOf":[{},{},{}]}""", options).Problems,
            p => p.Code == SchemaProblem.Codes.Limit
        );
    }

    [Fact]
    public void A_schema_with_problems_cannot_be_used_by_mistake()
    {
        var compilation = Schema.Compile("""{"type":1}""");

        Assert.False(compilation.TryGet(out _));
        Assert.Contains(
            "#/type",
            Assert.Throws<InvalidOperationException>(() => compilation.Schema).Message,
            StringComparison.Ordinal
        );
    }
}
