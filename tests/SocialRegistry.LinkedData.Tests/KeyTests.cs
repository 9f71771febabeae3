using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.LinkedData.Tests;

/// <summary>Keys as Multikey, did:key and did:jwk.</summary>
public class KeyTests
{
    private const string Ed25519Key = "z6Mko6JJXrsZn2xjq7FfQMJmDpDxw6sF7dA1n8PUdAjE5ufi";
    private const string P256Key = "zDnaeesk2LC78jnTxXUmDR1VpgZhKUc5JE7cH2wh6yQFaVBdA";

    [Fact]
    public void Our_keys_are_written_and_read_as_the_vectors_say()
    {
        var vectors = JsonDocument.Parse(File.ReadAllBytes(Specs.Public("vc", "own", "keys.json"))).RootElement;
        Assert.True(vectors.GetArrayLength() >= 6);
        foreach (var vector in vectors.EnumerateArray())
        {
            var jwk = vector.GetProperty("jwk");
            var key = new PublicKeyParts(Text(jwk, "kty")!, Text(jwk, "crv")!, Text(jwk, "x")!, Text(jwk, "y"));
            var did = Text(vector, "didKey")!;

            Assert.Equal(Text(vector, "publicKeyMultibase"), Multikey.Encode(key));
            Assert.Equal(did, DidKey.Encode(key));
            Assert.True(Multikey.TryDecode(Text(vector, "publicKeyMultibase"), out var fromMultikey));
            Assert.Equal(key, fromMultikey);
            Assert.True(DidKey.TryResolve(did, out var fromDid));
            Assert.Equal(key, fromDid);
            Assert.True(DidKey.TryResolve(DidKey.VerificationMethod(did), out fromDid));
            Assert.Equal(key, fromDid);
            Assert.True(DidJwk.TryResolve(Text(vector, "didJwk"), out var fromJwk));
            Assert.Equal(key, fromJwk);
            Assert.True(DidJwk.TryResolve(DidJwk.VerificationMethod(DidJwk.Encode(key)), out fromJwk));
            Assert.Equal(key, fromJwk);
        }
    }

    /// <summary>Examples of W3C Controlled Identifiers 1.0 and of the did:key specification.</summary>
    [Theory]
    [InlineData("z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "Ed25519")]
    [InlineData("zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv", "P-256")]
    [InlineData("z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9", "P-384")]
    [InlineData("zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", "secp256k1")]
    public void Published_keys_are_read_and_written_back(string multikey, string curve)
    {
        Assert.True(Multikey.TryDecode(multikey, out var key));
        Assert.Equal(curve, key.Crv);
        Assert.Equal(multikey, Multikey.Encode(key));
    }

    [Fact]
    public void A_decompressed_point_is_the_one_the_platform_made()
    {
        foreach (
            var (name, curve) in new[]
            {
                ("P-256", ECCurve.NamedCurves.nistP256),
                ("P-384", ECCurve.NamedCurves.nistP384),
            }
        )
        {
            for (var i = 0; i < 20; i++)
            {
                using var made = ECDsa.Create(curve);
                var q = made.ExportParameters(false).Q;
                var key = new PublicKeyParts("EC", name, Base64Url.EncodeToString(q.X), Base64Url.EncodeToString(q.Y));
                Assert.True(Multikey.TryDecode(Multikey.Encode(key), out var read));
                Assert.Equal(key, read);
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("z")]
    [InlineData("m7QE")]
    [InlineData("z0OIl")]
    [InlineData("z6Mko6JJXrsZn2xjq7FfQMJmDpDxw6sF7dA1n8PUdAjE5uf")]
    [InlineData("z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc")]
    [InlineData("u7QGAWom873dDIYongxApDm3e7jeoJpJvRFwQTqgDgu8gBQ")]
    public void A_damaged_or_other_multikey_is_refused(string? text)
    {
        Assert.False(Multikey.TryDecode(text, out _));
        Assert.False(DidKey.TryResolve("did:key:" + text, out _));
    }

    [Fact]
    public void A_point_that_is_not_on_its_curve_is_refused()
    {
        var refused = 0;
        for (byte i = 0; i < 32; i++)
        {
            byte[] x = [.. new byte[31], i];
            var text = Multibase.EncodeBase58Btc([0x80, 0x24, 2, .. x]);
            refused += Multikey.TryDecode(text, out _) ? 0 : 1;
        }

        // About half of all x have no y.
        Assert.InRange(refused, 8, 24);
        byte[] beyond = [.. Enumerable.Repeat((byte)0xFF, 32)];
        Assert.False(Multikey.TryDecode(Multibase.EncodeBase58Btc([0x80, 0x24, 2, .. beyond]), out _));
        Assert.False(Multikey.TryDecode(Multibase.EncodeBase58Btc([0x80, 0x24, 4, .. new byte[32]]), out _));
    }

    [Theory]
    [InlineData("did:key:" + Ed25519Key + "#" + P256Key)]
    [InlineData("did:key:" + Ed25519Key + "#" + Ed25519Key + "#")]
    [InlineData("did:key:" + Ed25519Key + "?a=b")]
    [InlineData("did:key:" + Ed25519Key + "/a")]
    [InlineData("did:web:example.org")]
    [InlineData("DID:key:" + Ed25519Key)]
    public void Another_DID_or_URL_is_refused(string did) => Assert.False(DidKey.TryResolve(did, out _));

    [Theory]
    [InlineData(
        """{"kty":"OKP","crv":"Ed25519","x":"gFqJvO53QyGKJ4MQKQ5t3u43qCaSb0RcEE6oA4LvIAU","d":"HrHKUo8DJLVaStFjY5xvUuDln4AmEbjznbUZpFEtaJ8"}"""
    )]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"gFqJvO53QyGKJ4MQKQ5t3u43qCaSb0RcEE6oA4LvIA"}""")]
    [InlineData("""{"kty":"OKP","crv":"X25519","x":"gFqJvO53QyGKJ4MQKQ5t3u43qCaSb0RcEE6oA4LvIAU"}""")]
    [InlineData(
        """{"kty":"EC","crv":"P-256","x":"1p3-VpcF9ZAdFK8zTMFMkUBRLRXdSqZV2ov8H-yytok","y":"xd01Kx6GLtdzmvg8AJLLhw11YfnD9VRC-_pz_JOBRiE"}"""
    )]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"1p3-VpcF9ZAdFK8zTMFMkUBRLRXdSqZV2ov8H-yytok"}""")]
    [InlineData("""{"kty":"oct","k":"AAAA"}""")]
    [InlineData("""{"kty":"OKP","kty":"OKP","crv":"Ed25519","x":"gFqJvO53QyGKJ4MQKQ5t3u43qCaSb0RcEE6oA4LvIAU"}""")]
    [InlineData("""[]""")]
    [InlineData("""{"kty":7}""")]
    [InlineData("""not json""")]
    public void A_did_jwk_with_a_private_damaged_or_unknown_key_is_refused(string jwk) =>
        Assert.False(DidJwk.TryResolve("did:jwk:" + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(jwk)), out _));

    [Fact]
    public void A_did_jwk_of_another_fragment_or_length_is_refused()
    {
        Assert.True(Multikey.TryDecode(Ed25519Key, out var key));
        var did = DidJwk.Encode(key);
        Assert.True(DidJwk.TryResolve(did + "#0", out _));
        Assert.False(DidJwk.TryResolve(did + "#1", out _));
        Assert.False(DidJwk.TryResolve(did + "=", out _));
        Assert.False(DidJwk.TryResolve(did + new string('A', 5000), out _));
        Assert.False(DidJwk.TryResolve(null, out _));
    }

    [Fact]
    public void Multibase_has_one_spelling()
    {
        byte[] bytes = [0, 0, 1, 2, 255];
        Assert.True(Multibase.TryDecode(Multibase.EncodeBase58Btc(bytes), out var read));
        Assert.Equal(bytes, read);
        Assert.True(Multibase.TryDecode(Multibase.EncodeBase64Url(bytes), out read));
        Assert.Equal(bytes, read);
        Assert.Equal("zUXE7GvtEk8XTXs1GF8HSGbVA9FCX9SEBPe", Multibase.EncodeBase58Btc("Decentralize everything!!"u8));
        foreach (
            var wrong in new[] { "uAAE=", "uAA E", "uAAF", "uA", "z" + new string('1', 1024), "z11 ", "zl", "bmzxw6" }
        )
        {
            Assert.False(Multibase.TryDecode(wrong, out _), wrong);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
