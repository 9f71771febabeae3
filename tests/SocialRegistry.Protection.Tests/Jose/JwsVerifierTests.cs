using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Protection.Tests.Jose;

public class JwsVerifierTests
{
    private const string P256 =
        """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";
    private const string Es256Token =
        "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    /// <summary>RFC 7515 A.2 and A.3, RFC 8037 A.4.</summary>
    [Theory]
    [InlineData(
        """{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}""",
        "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
    )]
    [InlineData(P256, Es256Token)]
    [InlineData(
        """{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""",
        "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    )]
    public void The_examples_of_the_RFCs_hold(string jwk, string compact)
    {
        var key = Key(jwk);
        Assert.True(Jws.TryParse(compact, out var token));
        Assert.True(JwsVerifier.Verify(token, key));
        Assert.True(JwsVerifier.Verify(token, key));
        Assert.False(JwsVerifier.Verify(token with { SigningInput = [.. token.SigningInput, 0] }, key));
        for (var i = 0; i < token.Signature.Length; i += 7)
        {
            byte[] changed = [.. token.Signature];
            changed[i] ^= 1;
            Assert.False(JwsVerifier.Verify(token with { Signature = changed }, key));
        }
    }

    [Fact]
    public void The_tokens_of_Wycheproof_are_taken_and_refused_as_it_says()
    {
        var (taken, refused) = (0, 0);
        foreach (var (group, test) in Tests("json_web_signature_test.json").Concat(Tests("json_web_key_test.json")))
        {
            var id = $"{group.GetProperty("comment").GetString()} {test.GetProperty("tcId")}";
            var parsed = Jws.TryParse(test.GetProperty("jws").ToString(), out var token);
            var verified =
                parsed
                && group.TryGetProperty("public", out var jwk)
                && Keys(jwk).Any(key => JwsVerifier.Verify(token, key));
            var ours = parsed && token.Algorithm is ("ES256" or "ES384" or "RS256" or "PS256" or "EdDSA");
            Assert.True(verified == (ours && test.GetProperty("result").GetString() == "valid"), id);
            taken += verified ? 1 : 0;
            refused += verified ? 0 : 1;
        }

        Assert.True(taken >= 8 && refused >= 150, $"{taken} taken, {refused} refused");
    }

    [Theory]
    [InlineData("ecdsa_secp256r1_sha256_p1363_test.json", "ES256")]
    [InlineData("ecdsa_secp384r1_sha384_p1363_test.json", "ES384")]
    public void The_ECDSA_signatures_of_Wycheproof_hold(string file, string algorithm)
    {
        var tested = 0;
        foreach (var (group, test) in Tests(file))
        {
            if (!group.TryGetProperty("publicKeyJwk", out var jwk) || Hash(group) != algorithm)
            {
                continue;
            }

            var verified =
                Jwk.TryParse(jwk, out var key)
                && JwsVerifier.Verify(algorithm, Hex(test, "msg"), Hex(test, "sig"), key);
            Assert.True(
                verified == (test.GetProperty("result").GetString() == "valid"),
                "tcId " + test.GetProperty("tcId")
            );
            tested++;
        }

        Assert.True(tested > 50, tested + " tested");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("ES384")]
    [InlineData("ES256K")]
    [InlineData("RS256")]
    [InlineData("EdDSA")]
    [InlineData("es256")]
    [InlineData("")]
    public void An_algorithm_that_does_not_belong_to_the_key_is_refused(string algorithm)
    {
        Assert.True(Jws.TryParse(Es256Token, out var token));
        Assert.True(JwsVerifier.Verify(token.Algorithm, token.SigningInput, token.Signature, Key(P256)));
        Assert.False(JwsVerifier.Verify(algorithm, token.SigningInput, token.Signature, Key(P256)));
    }

    [Fact]
    public void A_token_signed_with_the_public_key_as_a_secret_is_refused()
    {
        var key = Key(P256);
        var input = Base64Url.EncodeToString("""{"alg":"HS256"}"""u8) + "." + Base64Url.EncodeToString("{}"u8);
        foreach (var secret in new[] { JsonSerializer.SerializeToUtf8Bytes(key), Encoding.UTF8.GetBytes(key.X!) })
        {
            var mac = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(input));
            Assert.True(Jws.TryParse(input + "." + Base64Url.EncodeToString(mac), out var token));
            Assert.False(JwsVerifier.Verify(token, key));
        }
    }

    [Fact]
    public void A_key_for_another_use_or_algorithm_checks_nothing()
    {
        Assert.True(Jws.TryParse(Es256Token, out var token));
        Assert.True(JwsVerifier.Verify(token, Key(P256) with { Use = "sig", Alg = "ES256" }));
        Assert.False(JwsVerifier.Verify(token, Key(P256) with { Use = "enc" }));
        Assert.False(JwsVerifier.Verify(token, Key(P256) with { Alg = "ES384" }));
        Assert.False(JwsVerifier.Verify(token, Key(P256) with { Crv = "secp256k1" }));
        Assert.False(JwsVerifier.Verify(token, Key(P256) with { X = Key(P256).Y, Y = Key(P256).X }));
        Assert.False(JwsVerifier.Verify(token, Key(P256) with { Y = null }));
        Assert.False(JwsVerifier.Verify(token, Key(P256) with { X = "!" }));
    }

    [Theory]
    [InlineData("ES256", "P-256")]
    [InlineData("ES384", "P-384")]
    [InlineData("ES256K", "secp256k1")]
    public void Keys_of_each_curve_are_checked(string algorithm, string curve)
    {
        using var made = ECDsa.Create(
            curve switch
            {
                "P-256" => ECCurve.NamedCurves.nistP256,
                "P-384" => ECCurve.NamedCurves.nistP384,
                _ => ECCurve.CreateFromValue("1.3.132.0.10"),
            }
        );
        var q = made.ExportParameters(false).Q;
        var key = new Jwk
        {
            Kty = "EC",
            Crv = curve,
            X = Base64Url.EncodeToString(q.X),
            Y = Base64Url.EncodeToString(q.Y),
        };
        var data = "data"u8.ToArray();
        var hash = algorithm == "ES384" ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
        Assert.True(JwsVerifier.Verify(algorithm, data, made.SignData(data, hash), key));
        Assert.False(JwsVerifier.Verify(algorithm, data, made.SignData("dato"u8, hash), key));
        Assert.False(
            JwsVerifier.Verify(algorithm, data, made.SignData(data, hash, DSASignatureFormat.Rfc3279DerSequence), key)
        );
    }

    [Fact]
    public void RSA_signatures_of_both_paddings_are_checked_apart()
    {
        using var rsa = RSA.Create(2048);
        var numbers = rsa.ExportParameters(false);
        var key = new Jwk
        {
            Kty = "RSA",
            N = Base64Url.EncodeToString(numbers.Modulus),
            E = Base64Url.EncodeToString(numbers.Exponent),
        };
        var data = "data"u8.ToArray();
        var pkcs1 = rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var pss = rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
        Assert.True(JwsVerifier.Verify("RS256", data, pkcs1, key));
        Assert.True(JwsVerifier.Verify("PS256", data, pss, key));
        Assert.False(JwsVerifier.Verify("PS256", data, pkcs1, key));
        Assert.False(JwsVerifier.Verify("RS256", data, pss, key));
        Assert.False(JwsVerifier.Verify("RS256", data, pkcs1, key with { Alg = "PS256" }));
    }

    [Fact]
    public void A_key_checks_for_many_threads()
    {
        Assert.True(Jws.TryParse(Es256Token, out var token));
        var key = Key(P256);
        var verified = 0;
        Parallel.For(
            0,
            400,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            _ => Interlocked.Add(ref verified, JwsVerifier.Verify(token, key) ? 1 : 0)
        );
        Assert.Equal(400, verified);
    }

    private static IReadOnlyList<Jwk> Keys(JsonElement jwk)
    {
        if (jwk.TryGetProperty("keys", out _))
        {
            return JwkParser.TryParseSet(jwk, out var keys, out _) ? keys : [];
        }

        return Jwk.TryParse(jwk, out var key) ? [key] : [];
    }

    private static string Hash(JsonElement group) =>
        (group.GetProperty("sha").GetString(), group.GetProperty("publicKey").GetProperty("curve").GetString()) switch
        {
            ("SHA-256", "secp256r1") => "ES256",
            ("SHA-384", "secp384r1") => "ES384",
            _ => "",
        };

    private static IEnumerable<(JsonElement Group, JsonElement Test)> Tests(string file) =>
        JsonDocument
            .Parse(File.ReadAllBytes(Specs.Public("vc", "wycheproof", file)))
            .RootElement.GetProperty("testGroups")
            .EnumerateArray()
            .SelectMany(group => group.GetProperty("tests").EnumerateArray().Select(test => (group, test)));

    private static Jwk Key(string json) =>
        Jwk.TryParse(JsonDocument.Parse(json).RootElement, out var key, out var problem)
            ? key
            : throw new InvalidOperationException(problem);

    private static byte[] Hex(JsonElement element, string name) =>
        Convert.FromHexString(element.GetProperty(name).GetString()!);
}
