using System.Text;
using System.Text.Json;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Protection.Tests.Fields;

/// <summary>The vectors of profile SRF1, which MOSIP's own code decrypts.</summary>
public class Srf1VectorTests
{
    private static readonly JsonElement Vectors = JsonDocument
        .Parse(File.ReadAllBytes(Specs.Own("mosip", "profile-bound-envelope.json")))
        .RootElement;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Vectors.GetProperty("cases").GetArrayLength())];

    public static TheoryData<int> Failures =>
        [.. Enumerable.Range(0, Vectors.GetProperty("mustFail").GetArrayLength())];

    [Theory, MemberData(nameof(Cases))]
    public void A_value_is_read_and_joined_as_the_vector_says(int number)
    {
        var vector = Vectors.GetProperty("cases")[number];
        var parts = Parts(vector.GetProperty("contextParts"));
        var tail = Convert.FromHexString(Text(vector, "tailHex"));
        foreach (
            var (head, envelope) in new[] { ("headHex", "envelope"), ("headAfterRotationHex", "envelopeAfterRotation") }
        )
        {
            var headBytes = Convert.FromHexString(Text(Vectors, head));
            using var key = Protection().Open(Context(parts), headBytes, null);

            Assert.Equal(
                Text(vector, "plaintextUtf8"),
                Encoding.UTF8.GetString(key.Unprotect(parts[4], parts[5], tail))
            );
            Assert.Equal(Text(vector, envelope), Srf1.ToMosip(headBytes, tail));
            Assert.Null(key.FastWrap);
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void The_context_tag_is_the_vectors(int number)
    {
        var vector = Vectors.GetProperty("cases")[number];
        var parts = Parts(vector.GetProperty("contextParts"));
        var record = Srf1.Parts(parts.AsSpan(0, 4));
        var tag = new byte[20];
        Srf1.ContextTag(record, parts[4], parts[5], tag);

        Assert.Equal(Text(vector, "contextTagHex"), Convert.ToHexStringLower(tag));
        Assert.Equal(Text(vector, "contextHex"), Convert.ToHexStringLower(Srf1.Parts(parts)));
    }

    [Theory, MemberData(nameof(Failures))]
    public void What_must_fail_fails(int number)
    {
        var vector = Vectors.GetProperty("mustFail")[number];
        var parts = Parts(vector.GetProperty("readAs"));
        Assert.True(Srf1.TryFromMosip(Text(vector, "envelope"), out var head, out var tail));
        using var key = Protection().Open(Context(parts), head, null);

        Assert.Throws<ProtectionException>(() => key.Unprotect(parts[4], parts[5], tail));
    }

    private static RecordProtection Protection()
    {
        var keys = new RecordKeys(
            [BaseKey("rotatedKey"), BaseKey("key")],
            [new KeyEncryptionKey("kek-1", new byte[32])]
        );
        return new RecordProtection(() => keys);
    }

    private static BaseKey BaseKey(string name)
    {
        var key = Vectors.GetProperty(name);
        var result = new BaseKey(Pem(Text(key, "privateKeyPkcs8Pem")), Pem(Text(key, "certificatePem")));
        Assert.Equal(Text(key, "certThumbprintSha256Hex"), Convert.ToHexStringLower(result.Thumbprint.Span));
        return result;
    }

    private static byte[] Pem(string pem) =>
        Convert.FromBase64String(string.Concat(pem.Split('\n').Where(line => !line.StartsWith('-'))));

    private static RecordKeyContext Context(string[] parts) => new(parts[1], parts[2], parts[3], "personal", 1);

    private static string[] Parts(JsonElement parts) => [.. parts.EnumerateArray().Select(part => part.GetString()!)];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
