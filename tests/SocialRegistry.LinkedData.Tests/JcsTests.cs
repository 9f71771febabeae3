using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace SocialRegistry.LinkedData.Tests;

public class JcsTests
{
    [Fact]
    public void Names_are_ordered_by_their_UTF_16_code_units()
    {
        // RFC 8785 §3.2.3: U+1F600 (D83D DE00) stands before U+FB33 although its code point is greater.
        var canonical = Jcs.Canonicalize(
            """{"\ufb33":1,"\ud83d\ude00":2,"\u20ac":3,"\r":4,"1":5,"\u0080":6,"\u00f6":7}"""
        );
        Assert.Equal("{\"\\r\":4,\"1\":5,\"\u0080\":6,\"ö\":7,\"€\":3,\"😀\":2,\"\ufb33\":1}", canonical);
        Assert.Equal(
            canonical,
            Jcs.Canonicalize("{\"\ufb33\":1,\"😀\":2,\"€\":3,\"\\r\":4,\"1\":5,\"\u0080\":6,\"ö\":7}")
        );
    }

    [Theory]
    [InlineData("""{"b":1,"a":{"d":[],"c":{}}}""", """{"a":{"c":{},"d":[]},"b":1}""")]
    [InlineData("""[ 1 , true, false , null , "" ]""", """[1,true,false,null,""]""")]
    [InlineData("\"\\u0041\\/\\u001f\\u0009\\\"\\\\\\u007f\"", "\"A/\\u001f\\t\\\"\\\\\u007f\"")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("0e5", "0")]
    [InlineData("1.0", "1")]
    [InlineData("1E2", "100")]
    [InlineData("-12", "-12")]
    [InlineData("000", null)]
    [InlineData("123456789012345", "123456789012345")]
    [InlineData("9007199254740993", "9007199254740992")]
    [InlineData("1e-400", "0")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("{\"a\\u0062\":1,\"aa\":2}", "{\"aa\":2,\"ab\":1}")]
    public void A_text_has_one_canonical_form(string text, string? canonical)
    {
        if (canonical is null)
        {
            Assert.ThrowsAny<JsonException>(() => Jcs.Canonicalize(text));
        }
        else
        {
            Assert.Equal(canonical, Jcs.Canonicalize(text));
        }
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"a\":1,\"a\":1}")]
    [InlineData("{\"a\":1,\"\\u0061\":1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("")]
    public void What_has_no_canonical_form_is_refused(string text)
    {
        Assert.ThrowsAny<JsonException>(() => Jcs.Canonicalize(text));
        Assert.ThrowsAny<JsonException>(() => Jcs.Canonicalize((ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("{\"a\":1,\"a\":1}")]
    [InlineData("{\"a\":1,\"\\u0061\":1}")]
    [InlineData("{\"😀\":1,\"😀\":1}")]
    [InlineData("{\"b\":{\"a\":1,\"c\":2,\"a\":1}}")]
    public void Two_members_of_one_name_are_refused_in_a_value_that_was_parsed_with_them(string text)
    {
        using var document = JsonDocument.Parse(text);
        Assert.Throws<JsonException>(() => Jcs.Canonicalize(document.RootElement));
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused()
    {
        using var text = JsonDocument.Parse(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' });
        Assert.Throws<JsonException>(() => Jcs.Canonicalize(text.RootElement));
        using var name = JsonDocument.Parse(
            new byte[] { (byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}' }
        );
        Assert.Throws<JsonException>(() => Jcs.Canonicalize(name.RootElement));
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        Assert.Equal(Nested(64), Jcs.Canonicalize(Nested(64)));
        Assert.ThrowsAny<JsonException>(() => Jcs.Canonicalize(Nested(65)));
        using var deep = JsonDocument.Parse(Nested(1000), new JsonDocumentOptions { MaxDepth = 1001 });
        Assert.Throws<JsonException>(() => Jcs.Canonicalize(deep.RootElement));
    }

    [Fact]
    public void A_tree_is_written_as_its_text()
    {
        var tree = new JsonObject
        {
            ["z"] = 1.50,
            ["name"] = "देवी \u2028 <é>",
            ["list"] = new JsonArray(null, true, 10m),
        };
        Assert.Equal(
            "{\"list\":[null,true,10],\"name\":\"देवी \u2028 <é>\",\"z\":1.5}",
            Encoding.UTF8.GetString(Jcs.Canonicalize(tree))
        );
        Assert.Equal("null"u8.ToArray(), Jcs.Canonicalize((JsonNode?)null));
        Assert.Throws<JsonException>(() => Jcs.Canonicalize(new JsonArray(double.NaN)));
        Assert.Throws<JsonException>(() => Jcs.Canonicalize(default(JsonElement)));
    }

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);
}
