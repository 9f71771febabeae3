using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.LinkedData.Tests;

/// <summary>The vectors of RFC 8785 and of our own generator.</summary>
public class JcsVectorTests
{
    [Theory, InlineData("arrays"), InlineData("french"), InlineData("structures")]
    public void The_published_documents_are_written_byte_for_byte(string name)
    {
        var input = File.ReadAllBytes(Specs.Public("vc", "jcs", "input", name + ".json"));
        var output = File.ReadAllBytes(Specs.Public("vc", "jcs", "output", name + ".json"));
        var hex = File.ReadAllText(Specs.Public("vc", "jcs", "outhex", name + ".txt"));

        var canonical = Jcs.Canonicalize((ReadOnlyMemory<byte>)input);

        Assert.Equal(output, canonical);
        Assert.Equal(
            string.Concat(hex.Where(char.IsAsciiHexDigit)),
            Convert.ToHexStringLower(canonical),
            ignoreCase: true
        );
        Assert.Equal(canonical, Jcs.Canonicalize((ReadOnlyMemory<byte>)canonical));
    }

    [Fact]
    public void Numbers_are_written_as_ECMAScript_does()
    {
        var vectors = Vectors("jcs-numbers.json").EnumerateArray().ToList();
        Assert.True(vectors.Count >= 2000);
        foreach (var vector in vectors)
        {
            var bits = long.Parse(
                vector.GetProperty("ieee").GetString()!,
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture
            );
            var target = new ArrayBufferWriter<byte>();
            JcsNumber.Write(BitConverter.Int64BitsToDouble(bits), target);
            var text = Encoding.ASCII.GetString(target.WrittenSpan);

            Assert.Equal(vector.GetProperty("text").GetString(), text);
            Assert.Equal(text, Jcs.Canonicalize(text));
        }
    }

    /// <summary>RFC 8785 appendix B.</summary>
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(unchecked((long)0x8000000000000000), "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(unchecked((long)0x8000000000000001), "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(unchecked((long)0xffefffffffffffff), "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(unchecked((long)0xc340000000000000), "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(unchecked((long)0xbecbf647612f3696), "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_of_appendix_B_are_written_as_there(long bits, string text)
    {
        var target = new ArrayBufferWriter<byte>();
        JcsNumber.Write(BitConverter.Int64BitsToDouble(bits), target);
        Assert.Equal(text, Encoding.ASCII.GetString(target.WrittenSpan));
    }

    [Theory, InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity)]
    public void What_is_no_number_is_refused(double value) =>
        Assert.Throws<JsonException>(() => JcsNumber.Write(value, new ArrayBufferWriter<byte>()));

    [Fact]
    public void Our_documents_have_their_canonical_text_and_hash()
    {
        var vectors = Vectors("jcs-documents.json").EnumerateArray().ToList();
        Assert.True(vectors.Count >= 10);
        foreach (var vector in vectors)
        {
            var input = vector.GetProperty("input").GetString()!;
            var canonical = Jcs.Canonicalize(input);

            Assert.Equal(vector.GetProperty("canonical").GetString(), canonical);
            Assert.Equal(
                vector.GetProperty("sha256").GetString(),
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))
            );
            Assert.Equal(canonical, Encoding.UTF8.GetString(Jcs.Canonicalize(JsonNode.Parse(input))));
        }
    }

    private static JsonElement Vectors(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Specs.Public("vc", "own", name))).RootElement;
}
