using System.Text.Json;
using Xunit;

namespace SocialRegistry.JsonSchema.Tests;

/// <summary>Short ways to schemas and values in tests.</summary>
internal static class Json
{
    public static Schema Schema(string json, SchemaOptions? options = null)
    {
        var compilation = SocialRegistry.JsonSchema.Schema.Compile(json, options);
        Assert.True(
            compilation.Succeeded,
            string.Join("; ", compilation.Problems.Select(p => $"{p.Path} {p.Code} {p.Detail}"))
        );
        return compilation.Schema;
    }

    public static JsonElement Value(string json) => JsonElement.Parse(json);

    /// <summary>What both doors say; the test fails when they disagree.</summary>
    public static bool Fits(this Schema schema, string json)
    {
        var quick = schema.IsValid(Value(json));
        Assert.Equal(quick, schema.Validate(Value(json)).IsValid);
        return quick;
    }

    public static IReadOnlyList<SchemaError> Errors(this Schema schema, string json) =>
        schema.Validate(Value(json)).Errors;

    public static SchemaProblem Problem(string schema, SchemaOptions? options = null) =>
        Assert.Single(SocialRegistry.JsonSchema.Schema.Compile(schema, options).Problems);
}
