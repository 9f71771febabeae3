using System.Text.Json;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Protection.Tests.Jose;

public class JwkTests
{
    private const string X = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    private const string Y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    private const string N =
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

    /// <summary>RFC 7638 §3.1 and RFC 8037 A.3.</summary>
    [Theory]
    [InlineData(
        """{"kty":"RSA","n":""" + "\"" + N + "\"" + ""","e":"AQAB","alg":"RS256","kid":"2011-04-29"}""",
        "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
    )]
    [InlineData(
        """{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""",
        "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    )]
    public void Thumbprints_are_those_of_the_RFCs(string json, string thumbprint) =>
        Assert.Equal(thumbprint, Parse(json).Thumbprint());

    [Fact]
    public void Thumbprints_of_our_keys_are_those_of_the_vectors()
    {
        var vectors = JsonDocument.Parse(File.ReadAllBytes(Specs.Public("vc", "own", "keys.json"))).RootElement;
        Assert.True(vectors.GetArrayLength() >= 6);
        foreach (var vector in vectors.EnumerateArray())
        {
            var key = Parse(vector.GetProperty("jwk").GetRawText());
            Assert.Equal(vector.GetProperty("jktSha256").GetString(), key.Thumbprint());
            Assert.False(Jwk.TryParse(vector.GetProperty("privateJwk"), out _, out var problem));
            Assert.Contains("private", problem);
        }
    }

    [Fact]
    public void All_public_members_are_read()
    {
        var key = Parse(
            $$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}","kid":"k","alg":"ES256","use":"sig","key_ops":["verify"],"x5c":["AA"],"other":[]}"""
        );
        Assert.Equal(
            ("EC", "P-256", X, Y, "k", "ES256", "sig"),
            (key.Kty, key.Crv, key.X, key.Y, key.Kid, key.Alg, key.Use)
        );
        Assert.Equal(
            "enc",
            Parse($$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}","key_ops":["deriveKey"]}""").Use
        );
    }

    [Theory]
    [InlineData("""{"kty":"oct","k":"AAAA"}""", "private")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"$X","y":"$Y","d":"AA"}""", "private")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"$X","y":"$Y","d":null}""", "private")]
    [InlineData("""{"kty":"RSA","n":"$N","e":"AQAB","p":"AA"}""", "private")]
    [InlineData("""{"kty":"EC","crv":"P-521","x":"$X","y":"$Y"}""", "not supported")]
    [InlineData("""{"kty":"OKP","crv":"X25519","x":"$X"}""", "not supported")]
    [InlineData("""{"crv":"P-256","x":"$X","y":"$Y"}""", "not supported")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"$Y","y":"$X"}""", "not on its curve")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"$X"}""", "32 bytes")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"$X=","y":"$Y"}""", "32 bytes")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AA$X","y":"$Y"}""", "32 bytes")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":5,"y":"$Y"}""", "'x' is not a string")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"$X","y":"$Y","kid":"\ud800"}""", "'kid' is not a string")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"$X","y":"$Y","key_ops":"verify"}""", "key_ops")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"$X","y":"$Y","use":"sig","key_ops":["encrypt"]}""", "contradict")]
    [InlineData("""{"kty":"RSA","n":"$N","e":"AQ"}""", "RSA")]
    [InlineData("""{"kty":"RSA","n":"$N","e":"AQAA"}""", "RSA")]
    [InlineData("""{"kty":"RSA","n":"AA$N","e":"AQAB"}""", "RSA")]
    [InlineData("""{"kty":"RSA","n":"$X","e":"AQAB"}""", "RSA")]
    [InlineData("""["EC"]""", "object")]
    [InlineData("null", "object")]
    public void A_damaged_private_or_unknown_key_is_refused_with_its_reason(string json, string reason)
    {
        json = json.Replace("$X", X).Replace("$Y", Y).Replace("$N", N);
        Assert.False(Jwk.TryParse(JsonDocument.Parse(json).RootElement, out var key, out var problem));
        Assert.Null(key);
        Assert.Contains(reason, problem);
        Assert.DoesNotContain(X, problem);
    }

    [Fact]
    public void A_set_passes_over_unknown_types_and_refuses_the_rest()
    {
        var good = $$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}","kid":"a"}""";
        Assert.True(Set($$"""{"keys":[{{good}},{"kty":"AKP","kid":"b"}]}""", out var keys));
        Assert.Equal("a", Assert.Single(keys).Kid);
        Assert.True(Set("""{"keys":[]}""", out keys));
        Assert.Empty(keys);

        foreach (
            var wrong in new[]
            {
                $$"""{"keys":[{{good}},{{good}}]}""",
                $$"""{"keys":[{{good}},{"kty":"oct","k":"AAAA"}]}""",
                $$"""{"keys":[{{good}},{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}""",
                $$"""{"keys":{{good}}}""",
                $$"""{"keys":[{{string.Join(",", Enumerable.Repeat(good.Replace(",\"kid\":\"a\"", ""), 101))}}]}""",
                "[]",
                "{}",
            }
        )
        {
            Assert.False(Set(wrong, out _), wrong);
        }
    }

    [Fact]
    public void A_key_is_written_without_members_it_does_not_have()
    {
        var json = JsonSerializer.Serialize(Parse($$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}"}"""));
        Assert.Equal($$"""{"kty":"EC","crv":"P-256","x":"{{X}}","y":"{{Y}}"}""", json);
    }

    private static bool Set(string json, out IReadOnlyList<Jwk> keys)
    {
        var parsed = JwkParser.TryParseSet(JsonDocument.Parse(json).RootElement, out var read, out var problem);
        Assert.Equal(parsed, problem is null);
        keys = read ?? [];
        return parsed;
    }

    private static Jwk Parse(string json) =>
        Jwk.TryParse(JsonDocument.Parse(json).RootElement, out var key, out var problem)
            ? key
            : throw new InvalidOperationException(problem);
}
