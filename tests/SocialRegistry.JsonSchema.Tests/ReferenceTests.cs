using Xunit;

namespace SocialRegistry.JsonSchema.Tests;

/// <summary>References between schemas and documents, dynamic ones, dialects.</summary>
public sealed class ReferenceTests
{
    private const string Tree = """
        {"$id":"http://x/tree","$dynamicAnchor":"node","type":"object",
         "properties":{"data":true,"children":{"type":"array","items":{"$dynamicRef":"#node"}}}}
        """;

    [Fact]
    public void A_dynamic_reference_leads_to_the_outermost_anchor()
    {
        var options = new SchemaOptions { Documents = SchemaDocuments.None.With("http://x/tree", Json.Value(Tree)) };
        var strict = Json.Schema(
            """{"$id":"http://x/strict","$dynamicAnchor":"node","$ref":"tree","unevaluatedProperties":false}""",
            options
        );

        Assert.False(strict.Fits("""{"children":[{"daat":1}]}"""));
        Assert.True(strict.Fits("""{"children":[{"data":1}]}"""));
        Assert.True(Json.Schema(Tree).Fits("""{"children":[{"daat":1}]}"""));
    }

    [Theory]
    [InlineData("""{"$dynamicRef":"#items","$defs":{"a":{"$dynamicAnchor":"items","type":"string"}}}""", "42", false)]
    [InlineData("""{"$dynamicRef":"#items","$defs":{"a":{"$anchor":"items","type":"string"}}}""", "42", false)]
    [InlineData("""{"$ref":"#items","$defs":{"a":{"$dynamicAnchor":"items","type":"string"}}}""", "\"x\"", true)]
    // An intermediate resource without the anchor does not break the chain.
    [InlineData(
        """{"$id":"http://x/root","$ref":"mid","$defs":{"foo":{"$dynamicAnchor":"items","type":"string"},"mid":{"$id":"mid","$ref":"list"},"list":{"$id":"list","items":{"$dynamicRef":"#items"},"$defs":{"items":{"$dynamicAnchor":"items"}}}}}""",
        """["a",1]""",
        false
    )]
    // Without a dynamic anchor where it first leads, it is an ordinary reference.
    [InlineData(
        """{"$id":"http://x/root","$ref":"list","$defs":{"foo":{"$dynamicAnchor":"items","type":"string"},"list":{"$id":"list","items":{"$dynamicRef":"#items"},"$defs":{"items":{"$anchor":"items"}}}}}""",
        """["a",1]""",
        true
    )]
    // A resource that was only referred to before is no part of the dynamic scope any more.
    [InlineData(
        """{"$id":"http://x/main","if":{"$id":"first","$defs":{"thingy":{"$dynamicAnchor":"thingy","type":"number"}}},"then":{"$id":"second","$ref":"start","$defs":{"thingy":{"$dynamicAnchor":"thingy","type":"null"}}},"$defs":{"start":{"$id":"start","$dynamicRef":"inner#thingy"},"thingy":{"$id":"inner","$dynamicAnchor":"thingy","type":"string"}}}""",
        "null",
        true
    )]
    [InlineData(
        """{"$id":"http://x/main","if":{"$id":"first","$defs":{"thingy":{"$dynamicAnchor":"thingy","type":"number"}}},"then":{"$id":"second","$ref":"start","$defs":{"thingy":{"$dynamicAnchor":"thingy","type":"null"}}},"$defs":{"start":{"$id":"start","$dynamicRef":"inner#thingy"},"thingy":{"$id":"inner","$dynamicAnchor":"thingy","type":"string"}}}""",
        "42",
        false
    )]
    [InlineData(
        """{"$id":"http://x/main","properties":{"item":{"$ref":"bar#/$defs/item"}},"$defs":{"bar":{"$id":"bar","$defs":{"item":{"$id":"item","properties":{"c":{"$dynamicRef":"#c"}},"$defs":{"d":{"$dynamicAnchor":"c","type":"integer"}}},"c":{"$dynamicAnchor":"c","type":"string"}}}}}""",
        """{"item":{"c":42}}""",
        true
    )]
    [InlineData(
        """{"$id":"http://x/main","properties":{"item":{"$ref":"bar#/$defs/item"}},"$defs":{"bar":{"$id":"bar","$defs":{"item":{"$id":"item","properties":{"c":{"$dynamicRef":"#c"}},"$defs":{"d":{"$dynamicAnchor":"c","type":"integer"}}},"c":{"$dynamicAnchor":"c","type":"string"}}}}}""",
        """{"item":{"c":"x"}}""",
        false
    )]
    public void Dynamic_scope(string schema, string value, bool valid) =>
        Assert.Equal(valid, Json.Schema(schema).Fits(value));

    [Theory]
    [InlineData("integer", "http://x/deep/integer")]
    [InlineData("../other/integer", "http://x/other/integer")]
    [InlineData("/integer", "http://x/integer")]
    [InlineData("//y/integer", "http://y/integer")]
    [InlineData("?v=2", "http://x/deep/base?v=2")]
    [InlineData("urn:example:i", "urn:example:i")]
    [InlineData("a/./b/../integer#/$defs/n", "http://x/deep/a/integer")]
    public void A_reference_is_resolved_against_the_base(string reference, string uri)
    {
        var documents = SchemaDocuments.None.With(
            uri,
            Json.Value("""{"type":"integer","$defs":{"n":{"type":"integer"}}}""")
        );
        var schema = Json.Schema(
            $$"""{"$id":"http://x/deep/base","$ref":"{{reference}}"}""",
            new SchemaOptions { Documents = documents }
        );

        Assert.True(schema.Fits("1"));
        Assert.False(schema.Fits("\"x\""));
    }

    [Fact]
    public void A_document_stands_under_its_own_name_and_the_one_it_was_called_by()
    {
        var documents = SchemaDocuments
            .None.With("http://x/called", Json.Value("""{"$id":"http://x/real","$anchor":"a","type":"null"}"""))
            .With("http://x/y", Json.Value("true"));
        var schema = Json.Schema(
            """{"allOf":[{"$ref":"http://x/called#a"},{"$ref":"http://x/called#"},{"$ref":"http://x/real"}]}""",
            new SchemaOptions { Documents = documents }
        );

        Assert.True(schema.Fits("null"));
        Assert.False(schema.Fits("1"));
    }

    [Fact]
    public void A_metaschema_without_the_validation_vocabulary_switches_it_off()
    {
        var documents = SchemaDocuments.None.With(
            "http://x/meta",
            Json.Value(
                """{"$id":"http://x/meta","$schema":"https://json-schema.org/draft/2020-12/schema","$vocabulary":{"https://json-schema.org/draft/2020-12/vocab/core":true,"https://json-schema.org/draft/2020-12/vocab/applicator":true,"http://x/unknown":false}}"""
            )
        );
        var schema = Json.Schema(
            """{"$schema":"http://x/meta","properties":{"n":{"minimum":10},"never":false}}""",
            new SchemaOptions { Documents = documents }
        );

        Assert.True(schema.Fits("""{"n":1}"""));
        Assert.False(schema.Fits("""{"never":1}"""));
    }

    [Theory]
    [InlineData("""{"$schema":"http://x/demanding"}""", "demands the vocabulary http://x/unknown")]
    [InlineData("""{"$schema":"http://x/absent"}""", "is not known here")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#"}""", "is not known here")]
    public void An_unknown_dialect_is_refused(string schema, string reason)
    {
        var documents = SchemaDocuments.None.With(
            "http://x/demanding",
            Json.Value("""{"$vocabulary":{"http://x/unknown":true}}""")
        );

        var problem = Json.Problem(schema, new SchemaOptions { Documents = documents });

        Assert.Equal(("#/$schema", SchemaProblem.Codes.Dialect), (problem.Path, problem.Code));
        Assert.Contains(reason, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_metaschema_that_names_itself_is_refused_and_not_followed_for_ever()
    {
        var documents = SchemaDocuments.None.With("http://x/self", Json.Value("""{"$schema":"http://x/self"}"""));

        var problem = Json.Problem("""{"$schema":"http://x/self"}""", new SchemaOptions { Documents = documents });

        Assert.Equal(SchemaProblem.Codes.Dialect, problem.Code);
    }

    [Fact]
    public void The_metaschema_validates_itself_and_refuses_what_is_no_schema()
    {
        var meta = Json.Schema("""{"$ref":"https://json-schema.org/draft/2020-12/schema"}""");

        Assert.True(meta.Fits("""{"minLength":1,"$defs":{"a":{"$ref":"#"}}}"""));
        Assert.False(meta.Fits("""{"$defs":{"a":{"minLength":-1}}}"""));
    }
}
