using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace SocialRegistry.JsonSchema.Tests;

/// <summary>What is said of a value that does not fit, and what bounds the work.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void Errors_name_place_rule_and_never_the_value()
    {
        var schema = Json.Schema(
            """{"properties":{"a/b":{"items":{"maxLength":3,"pattern":"^x"}},"n":{"maximum":9.5}},"required":["m"],"additionalProperties":false}"""
        );

        var errors = schema.Errors("""{"a/b":["xyz","SECRET"],"n":77777,"o":"SECRET"}""");

        Assert.Equal(
            [
                ("", "#/required", "required", "The member \"m\" is missing."),
                ("/a~1b/1", "#/properties/a~1b/items/maxLength", "maxLength", "There must be at most 3 characters."),
                ("/a~1b/1", "#/properties/a~1b/items/pattern", "pattern", "The text must match the pattern ^x"),
                ("/n", "#/properties/n/maximum", "maximum", "The number must be at most 9.5."),
                ("/o", "#/additionalProperties", "additionalProperties", "A member of this name is not allowed here."),
            ],
            errors.Select(e => (e.InstanceLocation, e.KeywordLocation, e.Keyword, e.Message)).Order()
        );
    }

    [Fact]
    public void A_keyword_behind_a_reference_is_named_where_it_stands()
    {
        var schema = Json.Schema(
            """{"$ref":"http://x/y#/$defs/s","$defs":{"y":{"$id":"http://x/y","$defs":{"s":{"type":"null"}}}}}"""
        );

        Assert.Equal("http://x/y#/$defs/s/type", Assert.Single(schema.Errors("1")).KeywordLocation);
    }

    [Fact]
    public void Branches_that_were_tried_and_not_needed_leave_no_error()
    {
        var schema = Json.Schema(
            """{"anyOf":[{"type":"string"},{"type":"integer"}],"oneOf":[{"minimum":5},{"maximum":1}],"if":{"const":2},"contains":{"const":1}}"""
        );

        Assert.Empty(schema.Errors("7"));
        Assert.Equal(["anyOf", "type", "type"], schema.Errors("6.5").Select(e => e.Keyword).Order());
    }

    [Fact]
    public void The_number_of_errors_is_bounded()
    {
        var schema = Json.Schema("""{"items":{"type":"null"}}""", new SchemaOptions { MaxErrors = 3 });

        var result = schema.Validate(Json.Value("[1,2,3,4]"));

        Assert.Equal((3, true, false), (result.Errors.Count, result.HasMore, result.LimitReached));
        Assert.False(schema.Validate(Json.Value("[1,2,3]")).HasMore);
    }

    [Theory]
    [InlineData("""{"$ref":"#"}""", "1")]
    [InlineData("""{"not":{"$ref":"#"}}""", "1")]
    [InlineData("""{"anyOf":[{"$ref":"#"},true]}""", "1")]
    public void A_schema_that_leads_back_to_itself_for_ever_ends_in_a_limit(string schema, string value)
    {
        var result = Json.Schema(schema).Validate(Json.Value(value));

        Assert.True(result.LimitReached);
        Assert.False(Json.Schema(schema).Fits(value));
        Assert.Equal("limit", result.Errors[^1].Keyword);
    }

    [Fact]
    public void Work_that_grows_without_bound_is_given_up()
    {
        // Each level doubles: 2^60 evaluations.
        var levels = string.Join(
            ',',
            Enumerable
                .Range(0, 60)
                .Select(i =>
                    $$"""{{'"'}}l{{i}}{{'"'}}:{"allOf":[{"$ref":"#/$defs/l{{i + 1}}"},{"$ref":"#/$defs/l{{i + 1}}"}]}"""
                )
        );
        var schema = Json.Schema($$$"""{"$ref":"#/$defs/l0","$defs":{{{{levels}}},"l60":true}}""");
        var watch = Stopwatch.StartNew();

        Assert.True(schema.Validate(Json.Value("1")).LimitReached);
        Assert.False(schema.IsValid(Json.Value("1")));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Ten_thousand_elements_are_compared_in_no_long_time()
    {
        var array = JsonSerializer.SerializeToElement(Enumerable.Range(0, 10_000).Select(i => new { i, s = "x" + i }));
        var watch = Stopwatch.StartNew();

        Assert.True(Json.Schema("""{"uniqueItems":true}""").IsValid(array));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("""{"type":"string"}""", """["\ud800"]""")]
    [InlineData("""{"items":{"minLength":1}}""", """["\ud800"]""")]
    [InlineData("""{"additionalProperties":true}""", """{"\udc00":1}""")]
    [InlineData("""{"minimum":1}""", "1e9999999999999999999")]
    public void What_no_text_or_number_can_hold_is_refused(string schema, string value) =>
        Assert.False(Json.Schema(schema).Fits(value));

    [Fact]
    public void One_schema_serves_many_threads()
    {
        var schema = Json.Schema(
            """{"$defs":{"n":{"type":"integer"}},"items":{"$ref":"#/$defs/n"},"unevaluatedItems":false}"""
        );

        Parallel.For(
            0,
            500,
            i => Assert.Equal(i % 2 == 0, schema.IsValid(Json.Value(i % 2 == 0 ? "[1,2]" : "[1,\"x\"]")))
        );
    }
}
