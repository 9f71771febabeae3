using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Credentials.Formats;
using SocialRegistry.Credentials.Verification;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Tests.Formats;

public sealed class CredentialVerifierTests : IDisposable
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private readonly TestKeys keys = new();

    public void Dispose() => keys.Dispose();

    private CredentialVerifier Verifier => new(keys.Ring, TestKeys.Issuer, keys.Clock);

    private string Issue(CredentialFormat format)
    {
        using var holder = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CredentialSigner(keys.Ring, TestKeys.Issuer).Issue(
            format,
            Contents.Person(keys.Clock.GetUtcNow(), holder)
        );
    }

    [Theory]
    [InlineData(CredentialFormat.SdJwtVc, "dc+sd-jwt", TestKeys.Issuer)]
    [InlineData(CredentialFormat.JwtVcEdDsa, "jwt_vc_json", "did:web:registry.example.org")]
    [InlineData(CredentialFormat.JwtVcEs256, "jwt_vc_json", "did:web:registry.example.org")]
    public void A_credential_of_this_deployment_verifies_and_shows_its_claims(
        CredentialFormat format,
        string name,
        string issuer
    )
    {
        var report = Verifier.Verify(Issue(format));

        Assert.True(report.Verified, JsonSerializer.Serialize(report));
        Assert.Equal(name, report.Format);
        Assert.Equal(issuer, report.Issuer);
        Assert.Equal("Ámara \"Ọ\"", report.Claims!["given_name"].GetString());
        Assert.Equal(4, report.Claims["household_size"].GetInt32());
        Assert.Equal("Nyota", report.Claims["address"].GetProperty("locality").GetString());
        Assert.Equal(6, report.Claims.Count);
        Assert.Equal("office-7", report.Evidence!.Value[0].GetProperty("attestedBy").GetString());
        Assert.Contains(report.Checks, check => check is { Check: "signature", Ok: true });
        Assert.Contains(report.Checks, check => check is { Check: "dates", Ok: true });
        Assert.Contains(report.Checks, check => check is { Check: "issuer", Ok: true });
    }

    [Theory]
    [InlineData(CredentialFormat.SdJwtVc)]
    [InlineData(CredentialFormat.JwtVcEdDsa)]
    [InlineData(CredentialFormat.JwtVcEs256)]
    public void Any_single_changed_character_is_refused(CredentialFormat format)
    {
        var credential = Issue(format);
        var verifier = Verifier;
        for (var at = 0; at < credential.Length; at++)
        {
            // Every other character of the alphabet at the ends of parts (spare bits), one elsewhere, and the separators as well.
            var edge = at + 1 == credential.Length || credential[at + 1] is '.' or '~' || credential[at] is '.' or '~';
            var others =
                edge ? Alphabet + ".~="
                : credential[at] == 'A' ? "B"
                : "A";
            foreach (var other in others.Where(other => other != credential[at]))
            {
                var tampered = string.Concat(credential.AsSpan(0, at), [other], credential.AsSpan(at + 1));
                var report = verifier.Verify(tampered);
                Assert.False(report.Verified, $"'{other}' at {at} of {credential.Length}");
                Assert.Null(report.Claims);
                Assert.Null(report.Issuer);
            }
        }
    }

    [Theory]
    [InlineData(CredentialFormat.SdJwtVc)]
    [InlineData(CredentialFormat.JwtVcEdDsa)]
    public void A_cut_or_extended_credential_is_refused(CredentialFormat format)
    {
        var credential = Issue(format);
        foreach (
            var other in (string[])
                [credential[..^1], credential + "A", credential + "~", " " + credential, credential + "\n"]
        )
        {
            Assert.False(Verifier.Verify(other).Verified, other[^3..]);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("~~")]
    [InlineData("..")]
    [InlineData("a.b.c~")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("{\"verified\":true}")]
    public void What_is_no_credential_is_refused_by_its_form(string text)
    {
        var report = Verifier.Verify(text);

        Assert.False(report.Verified);
        Assert.False(Assert.Single(report.Checks).Ok);
        Assert.Equal("form", report.Checks[0].Check);
    }

    [Theory]
    [InlineData(CredentialFormat.SdJwtVc)]
    [InlineData(CredentialFormat.JwtVcEdDsa)]
    [InlineData(CredentialFormat.JwtVcEs256)]
    public void An_expired_or_not_yet_valid_credential_is_refused_by_its_dates(CredentialFormat format)
    {
        var credential = Issue(format);

        keys.Clock.AdjustTime(keys.Clock.GetUtcNow().AddMinutes(-3));
        var early = Verifier.Verify(credential);
        keys.Clock.AdjustTime(keys.Clock.GetUtcNow().AddDays(180).AddMinutes(5));
        var late = Verifier.Verify(credential);

        Assert.Equal("dates", early.Checks.Single(check => !check.Ok).Check);
        Assert.Equal("dates", late.Checks.Single(check => !check.Ok).Check);
        Assert.False(early.Verified || late.Verified);
    }

    [Theory]
    [InlineData(CredentialFormat.SdJwtVc)]
    [InlineData(CredentialFormat.JwtVcEdDsa)]
    [InlineData(CredentialFormat.JwtVcEs256)]
    public void A_credential_of_another_deployment_with_the_same_address_is_refused(CredentialFormat format)
    {
        using var foreign = new TestKeys();
        var credential = new CredentialSigner(foreign.Ring, TestKeys.Issuer).Issue(
            format,
            Contents.Person(keys.Clock.GetUtcNow())
        );

        Assert.False(Verifier.Verify(credential).Verified);
    }

    [Theory]
    [InlineData(CredentialFormat.SdJwtVc)]
    [InlineData(CredentialFormat.JwtVcEdDsa)]
    public void A_credential_that_names_another_issuer_is_refused(CredentialFormat format)
    {
        var credential = new CredentialSigner(keys.Ring, "https://elsewhere.example").Issue(
            format,
            Contents.Person(keys.Clock.GetUtcNow())
        );

        var report = Verifier.Verify(credential);

        Assert.Equal("issuer", report.Checks.Single(check => !check.Ok).Check);
    }

    [Fact]
    public void Fewer_disclosures_verify_and_show_only_what_is_disclosed()
    {
        var parts = Issue(CredentialFormat.SdJwtVc).Split('~');

        var report = Verifier.Verify($"{parts[0]}~{parts[1]}~");

        Assert.True(report.Verified);
        Assert.Equal("given_name", Assert.Single(report.Claims!).Key);
        Assert.Null(report.Evidence);
    }

    [Fact]
    public void A_disclosure_that_comes_twice_or_is_not_signed_is_refused()
    {
        var parts = Issue(CredentialFormat.SdJwtVc).Split('~');
        var invented = Base64(Encoding.UTF8.GetBytes("""["c2FsdHNhbHRzYWx0c2FsdA","age_over_18",true]"""));

        Assert.Equal("disclosures", Failure($"{parts[0]}~{parts[1]}~{parts[1]}~"));
        Assert.Equal("disclosures", Failure($"{parts[0]}~{parts[1]}~{invented}~"));
    }

    [Fact]
    public void The_key_of_another_algorithm_or_none_is_refused()
    {
        var credential = Issue(CredentialFormat.JwtVcEs256);
        var parts = credential.Split('.');
        foreach (var algorithm in (string[])["none", "HS256", "EdDSA", "ES384", "ES256K", ""])
        {
            var header = JsonNode.Parse(Bytes(parts[0]))!.AsObject();
            header["alg"] = algorithm;
            var forged = $"{Base64(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{parts[1]}.{parts[2]}";
            Assert.False(Verifier.Verify(forged).Verified, algorithm);
        }
    }

    [Fact]
    public void A_holder_can_present_it_with_a_key_binding_of_his_own_and_nobody_else()
    {
        using var holder = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var thief = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var credential = new CredentialSigner(keys.Ring, TestKeys.Issuer).Issue(
            CredentialFormat.SdJwtVc,
            Contents.Person(keys.Clock.GetUtcNow(), holder)
        );

        Assert.True(Verifier.Verify(credential + Binding(holder, credential)).Verified);
        Assert.Equal("holder", Failure(credential + Binding(thief, credential)));
        Assert.Equal("holder", Failure(credential + Binding(holder, credential + "x")));
    }

    private string Failure(string credential) => Verifier.Verify(credential).Checks.Single(check => !check.Ok).Check;

    private string Binding(ECDsa key, string presented)
    {
        var claims = new JsonObject
        {
            ["iat"] = keys.Clock.GetUtcNow().ToUnixTimeSeconds(),
            ["aud"] = "https://verifier.example",
            ["nonce"] = "n-1",
            ["sd_hash"] = Base64(SHA256.HashData(Encoding.ASCII.GetBytes(presented))),
        };
        var input =
            Base64("""{"alg":"ES256","typ":"kb+jwt"}"""u8)
            + "."
            + Base64(Encoding.UTF8.GetBytes(claims.ToJsonString()));
        return input + "." + Base64(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256));
    }

    private static string Base64(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static byte[] Bytes(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
