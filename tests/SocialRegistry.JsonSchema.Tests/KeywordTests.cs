using Xunit;

namespace SocialRegistry.JsonSchema.Tests;

/// <summary>Keywords whose files of the official suite do not lie beside the clone.</summary>
public sealed class KeywordTests
{
    [Theory]
    [InlineData(
        """{"properties":{"a":{}},"patternProperties":{"^v":{"type":"string"}},"additionalProperties":false}""",
        """{"a":1,"v1":"x"}""",
        true
    )]
    [InlineData(
        """{"properties":{"a":{}},"patternProperties":{"^v":{"type":"string"}},"additionalProperties":false}""",
        """{"a":1,"w":"x"}""",
        false
    )]
    [InlineData(
        """{"properties":{"a":{}},"patternProperties":{"^v":{"type":"string"}},"additionalProperties":false}""",
        """{"v":1}""",
        false
    )]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":{"type":"boolean"}}""", """{"a":1,"b":true}""", true)]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":{"type":"boolean"}}""", """{"a":1,"b":2}""", false)]
    [InlineData(
        """{"allOf":[{"properties":{"a":{}}}],"additionalProperties":{"type":"boolean"}}""",
        """{"a":1}""",
        false
    )]
    [InlineData("""{"patternProperties":{"a*":{"type":"integer"},"aaa*":{"maximum":20}}}""", """{"aaaa":31}""", false)]
    [InlineData("""{"properties":{"":{"type":"null"}}}""", """{"":null}""", true)]
    [InlineData("""{"minProperties":1,"maxProperties":2}""", "{}", false)]
    [InlineData("""{"minProperties":1,"maxProperties":2}""", """{"a":1,"b":2}""", true)]
    [InlineData("""{"minProperties":1.0,"maxProperties":2.0}""", """{"a":1,"b":2,"c":3}""", false)]
    [InlineData("""{"dependentRequired":{"a":["b","c"]}}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"dependentRequired":{"a":["b","c"]}}""", """{"b":2}""", true)]
    [InlineData("""{"dependentSchemas":{"a":{"required":["b"]}}}""", """{"a":1}""", false)]
    [InlineData("""{"dependentSchemas":{"a":{"required":["b"]}}}""", """{"a":1,"b":2}""", true)]
    public void Members_of_objects(string schema, string value, bool valid) =>
        Assert.Equal(valid, Json.Schema(schema).Fits(value));

    [Theory]
    [InlineData("""{"items":{"type":"integer"}}""", "[1,2,3.0]", true)]
    [InlineData("""{"items":{"type":"integer"}}""", """[1,"x"]""", false)]
    [InlineData("""{"items":{"type":"integer"}}""", """{"0":"x"}""", true)]
    [InlineData("""{"prefixItems":[{},{}],"items":false}""", "[1,2]", true)]
    [InlineData("""{"prefixItems":[{},{}],"items":false}""", "[1,2,3]", false)]
    [InlineData("""{"minItems":1}""", "[]", false)]
    [InlineData("""{"contains":{"minimum":5},"minContains":2,"maxContains":3}""", "[1,5]", false)]
    [InlineData("""{"contains":{"minimum":5},"minContains":2,"maxContains":3}""", "[5,6,1]", true)]
    [InlineData("""{"contains":{"minimum":5},"minContains":2,"maxContains":3}""", "[5,6,7,8]", false)]
    [InlineData("""{"contains":{"minimum":5},"minContains":0}""", "[1]", true)]
    public void Elements_of_arrays(string schema, string value, bool valid) =>
        Assert.Equal(valid, Json.Schema(schema).Fits(value));

    [Theory]
    [InlineData("""{"anyOf":[{"type":"integer"},{"minimum":2}]}""", "1.5", false)]
    [InlineData("""{"anyOf":[{"type":"integer"},{"minimum":2}]}""", "2.5", true)]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":2}]}""", "3", false)]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":2}]}""", "1", true)]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":2}]}""", "1.5", false)]
    [InlineData("""{"not":{"type":["integer","boolean"]}}""", "true", false)]
    [InlineData("""{"not":{"not":{"type":"string"}}}""", "\"x\"", true)]
    [InlineData("""{"if":{"exclusiveMaximum":0},"then":{"minimum":-10},"else":{"multipleOf":2}}""", "-100", false)]
    [InlineData("""{"if":{"exclusiveMaximum":0},"then":{"minimum":-10},"else":{"multipleOf":2}}""", "3", false)]
    [InlineData("""{"if":{"exclusiveMaximum":0},"then":{"minimum":-10},"else":{"multipleOf":2}}""", "-1", true)]
    [InlineData("""{"then":{"const":0}}""", "1", true)]
    [InlineData("""{"if":true,"then":{"const":"then"},"else":{"const":"else"}}""", "\"else\"", false)]
    [InlineData("true", "1", true)]
    [InlineData("false", "1", false)]
    public void Combinations(string schema, string value, bool valid) =>
        Assert.Equal(valid, Json.Schema(schema).Fits(value));

    [Theory]
    [InlineData("""{"const":-2.0}""", "-2", true)]
    [InlineData("""{"const":{"a":1,"b":[2]}}""", """{"b":[2.0],"a":1e0}""", true)]
    [InlineData("""{"const":false}""", "0", false)]
    [InlineData("""{"const":9007199254740992}""", "9007199254740993", false)]
    [InlineData("""{"const":0.1}""", "0.10000000000000000000000000000000001", false)]
    [InlineData("""{"enum":[1e400]}""", "10e399", true)]
    [InlineData("""{"minimum":0.1}""", "0.09999999999999999999999999999999999999", false)]
    [InlineData("""{"exclusiveMinimum":1e300}""", "1.00000000000000000000000000000000000001e300", true)]
    [InlineData("""{"maximum":99999999999999999999}""", "100000000000000000000", false)]
    [InlineData("""{"maximum":-1}""", "-1e-500", false)]
    [InlineData("""{"multipleOf":0.01}""", "4.35", true)]
    [InlineData("""{"multipleOf":0.01}""", "4.355", false)]
    [InlineData("""{"multipleOf":3}""", "3e1000000", true)]
    [InlineData("""{"multipleOf":7}""", "3e1000000", false)]
    [InlineData("""{"multipleOf":20}""", "50", false)]
    [InlineData("""{"type":"integer"}""", "1.50e1", true)]
    [InlineData("""{"type":"integer"}""", "1.5", false)]
    [InlineData("""{"uniqueItems":true}""", """[{"a":1,"b":2},{"b":2.0,"a":1}]""", false)]
    [InlineData("""{"uniqueItems":true}""", "[1,true,\"1\",[1],{\"1\":1}]", true)]
    public void Numbers_are_exact_and_equality_is_of_values(string schema, string value, bool valid) =>
        Assert.Equal(valid, Json.Schema(schema).Fits(value));

    [Theory]
    [InlineData("""{"properties":{"a":{}},"unevaluatedProperties":false}""", """{"a":1}""", true)]
    [InlineData("""{"properties":{"a":{}},"unevaluatedProperties":false}""", """{"a":1,"b":2}""", false)]
    [InlineData("""{"properties":{"a":{}},"unevaluatedProperties":{"minLength":3}}""", """{"b":"xyz"}""", true)]
    [InlineData("""{"properties":{"a":{}},"unevaluatedProperties":{"minLength":3}}""", """{"b":"x"}""", false)]
    [InlineData("""{"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false}""", """{"a":1}""", true)]
    [InlineData("""{"allOf":[{"additionalProperties":true}],"unevaluatedProperties":false}""", """{"z":1}""", true)]
    [InlineData(
        """{"anyOf":[{"properties":{"a":{"const":1}},"required":["a"]},{"properties":{"b":{}}}],"unevaluatedProperties":false}""",
        """{"a":1,"b":2}""",
        true
    )]
    [InlineData(
        """{"anyOf":[{"properties":{"a":{"const":1}},"required":["a"]},{"properties":{"b":{}}}],"unevaluatedProperties":false}""",
        """{"a":2,"b":2}""",
        false
    )]
    [InlineData(
        """{"oneOf":[{"properties":{"a":{}},"required":["a"]},{"properties":{"b":{}},"required":["b"]}],"unevaluatedProperties":false}""",
        """{"b":2,"c":2}""",
        false
    )]
    [InlineData("""{"not":{"not":{"properties":{"a":{}}}},"unevaluatedProperties":false}""", """{"a":1}""", false)]
    [InlineData(
        """{"if":{"properties":{"a":{"const":1}},"required":["a"]},"then":{"properties":{"b":{}}},"unevaluatedProperties":false}""",
        """{"a":1,"b":2}""",
        true
    )]
    [InlineData(
        """{"if":{"properties":{"a":{"const":1}},"required":["a"]},"then":{"properties":{"b":{}}},"unevaluatedProperties":false}""",
        """{"b":2}""",
        false
    )]
    [InlineData(
        """{"dependentSchemas":{"a":{"properties":{"b":{}}}},"properties":{"a":{}},"unevaluatedProperties":false}""",
        """{"a":1,"b":2}""",
        true
    )]
    [InlineData(
        """{"$ref":"#/$defs/x","$defs":{"x":{"properties":{"a":{}}}},"unevaluatedProperties":false}""",
        """{"a":1}""",
        true
    )]
    [InlineData("""{"allOf":[{"unevaluatedProperties":true}],"unevaluatedProperties":false}""", """{"a":1}""", true)]
    [InlineData("""{"allOf":[{"properties":{"a":{}}},{"unevaluatedProperties":false}]}""", """{"a":1}""", false)]
    [InlineData(
        """{"properties":{"a":{"properties":{"b":{}}}},"unevaluatedProperties":false}""",
        """{"a":{"c":1}}""",
        true
    )]
    [InlineData("""{"unevaluatedProperties":false}""", "[1]", true)]
    public void Unevaluated_members(string schema, string value, bool valid) =>
        Assert.Equal(valid, Json.Schema(schema).Fits(value));

    [Theory]
    [InlineData("""{"unevaluatedItems":false}""", "[1]", false)]
    [InlineData("""{"items":{},"unevaluatedItems":false}""", "[1]", true)]
    [InlineData("""{"prefixItems":[{}],"unevaluatedItems":false}""", "[1,2]", false)]
    [InlineData("""{"prefixItems":[{}],"unevaluatedItems":{"type":"string"}}""", """[1,"x"]""", true)]
    [InlineData("""{"allOf":[{"prefixItems":[{},{}]}],"prefixItems":[{}],"unevaluatedItems":false}""", "[1,2]", true)]
    [InlineData("""{"prefixItems":[{}],"contains":{"const":9},"unevaluatedItems":false}""", "[1,9]", true)]
    [InlineData("""{"prefixItems":[{}],"contains":{"const":9},"unevaluatedItems":false}""", "[1,8,9]", false)]
    [InlineData(
        """{"allOf":[{"contains":{"multipleOf":2}},{"contains":{"multipleOf":3}}],"unevaluatedItems":{"multipleOf":5}}""",
        "[2,3,4,5,6]",
        true
    )]
    [InlineData(
        """{"allOf":[{"contains":{"multipleOf":2}},{"contains":{"multipleOf":3}}],"unevaluatedItems":{"multipleOf":5}}""",
        "[2,3,7]",
        false
    )]
    [InlineData(
        """{"if":{"contains":{"const":"a"}},"then":{"if":{"contains":{"const":"b"}}},"unevaluatedItems":false}""",
        """["a","b"]""",
        true
    )]
    [InlineData(
        """{"if":{"contains":{"const":"a"}},"then":{"if":{"contains":{"const":"b"}}},"unevaluatedItems":false}""",
        """["b"]""",
        false
    )]
    public void Unevaluated_elements(string schema, string value, bool valid) =>
        Assert.Equal(valid, Json.Schema(schema).Fits(value));
}
