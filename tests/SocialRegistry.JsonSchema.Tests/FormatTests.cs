using System.Text.Json;
using Xunit;

namespace SocialRegistry.JsonSchema.Tests;

/// <summary>Formats whose files of the official suite do not lie beside the clone.</summary>
public sealed class FormatTests
{
    [Theory]
    [InlineData(
        "ipv6",
        "::1 ::abef 1::d6:192.168.0.1 ::ffff:1.2.3.4 1:2:3:4:5:6:7:8 d6:: 1:2:3:4:5:6:1.2.3.4 ::42:ff:1 1:2::3:4:5:6:7"
    )]
    [InlineData(
        "idn-hostname",
        "실례.테스트 a\u3002b straße.example l·l \u0375\u03B2 \u05D0\u05F3\u05D1 あ・ い・ \u0628\u064A\u200C\u0628\u064A xn--ihqwcrb4cv8a8dqg056pqjye host 1host"
    )]
    [InlineData("idn-email", "실례@실례.테스트 joe@example.com")]
    [InlineData("iri", "http://ƒøø.ßår/?∂éœ=πîx#πîüx http://user@[2001:db8::1]:80/ urn:a:b http://x/?\uE000")]
    [InlineData("iri-reference", "//ƒøø.ßår/?∂éœ=πîx#πîüx /âππ #ƒrägmênt âππ ./a:b")]
    [InlineData("uri-reference", "http://foo.bar/ //foo.bar/?a#b /abc abc #fragment ?q ./a:b")]
    [InlineData("json-pointer", "/ /foo/0 /a~1b /m~0n /~0~1 /é //")]
    [InlineData("uuid", "2EB8AA08-AA98-11EA-B4AA-73B441D16380")]
    public void Fit(string format, string values)
    {
        var schema = Json.Schema($$"""{"format":"{{format}}"}""");
        foreach (var value in values.Split(' '))
        {
            Assert.True(schema.IsValid(JsonSerializer.SerializeToElement(value)), value);
        }
    }

    [Theory]
    [InlineData(
        "ipv6",
        "12345:: 1:1:1:1:1:1:1:1:1 ::laptop : :2:3:4:5:6:7:8 1:2:3:4:5:6:7: 1::2::3 ::1.2.3.400 fe80::1%eth0 1:2:3:4:1.2.3.4 1.2.3.4::1 127.0.0.1 ::1/64 1:2:3:4:5:6:7::8:9 :::"
    )]
    [InlineData(
        "idn-hostname",
        "\u302E실례 실〮례.테스트 -> -hello hello- aa--é \u0903hello \u0300x \u0640\u07FA \u0661\u06F0 a·l l·a \u03B1\u0375S A\u05F3\u05D1 def\u30FBabc \u0628\u200D x\u200Cy \u05D01é a\u0301 ÉCOLE a..b xn--X \u05D0a\u05D1 0\u05D0"
    )]
    [InlineData("idn-email", "2962 @실례.테스트 a\u007F@b")]
    [InlineData("iri", "/abc //a/b \\\\W\\s http://2001:0db8::7334 http://x/\uE000 http://x/%zz âππ bär:x")]
    [InlineData("iri-reference", "\\\\WINDOWS\\filëßåré #ƒräg\\mênt a:b^c 1a:b")]
    [InlineData("uri-reference", "\\\\W\\s #frag\\ment /é 1a:b")]
    [InlineData("json-pointer", "a #/a ~1 /~ /~2 /a~")]
    public void Do_not_fit(string format, string values)
    {
        var schema = Json.Schema($$"""{"format":"{{format}}"}""");
        foreach (var value in values.Split(' ').Where(v => v.Length > 0))
        {
            Assert.False(schema.IsValid(JsonSerializer.SerializeToElement(value)), value);
        }
    }

    [Theory]
    [InlineData("\\\\Z", false)]
    [InlineData("\\\\a", false)]
    [InlineData("^a{2,1}$", false)]
    [InlineData("(?<n>a)\\\\k<n>", true)]
    [InlineData("^[^]$", true)]
    [InlineData("\\\\p{Script=Greek}", false)]
    [InlineData("a**", false)]
    [InlineData("(", false)]
    [InlineData("a)", false)]
    [InlineData("[b-a]", false)]
    [InlineData("{", false)]
    [InlineData("\\\\1", false)]
    [InlineData("(?>a)", false)]
    public void Regular_expressions_of_ecmascript(string pattern, bool valid) =>
        Assert.Equal(valid, Json.Schema("""{"format":"regex"}""").Fits($"\"{pattern}\""));

    [Fact]
    public void A_format_is_a_remark_where_the_options_say_so()
    {
        var schema = """{"format":"date"}""";

        Assert.False(Json.Schema(schema).Fits("\"x\""));
        Assert.True(Json.Schema(schema, new SchemaOptions { AssertFormats = false }).Fits("\"x\""));
        Assert.True(Json.Schema(schema).Fits("1"));
    }
}
