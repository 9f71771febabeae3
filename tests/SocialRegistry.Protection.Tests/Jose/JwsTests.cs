using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SocialRegistry.Protection.Tests.Keys;
using Xunit;

namespace SocialRegistry.Protection.Tests.Jose;

public class JwsTests
{
    [Fact]
    public async Task Another_library_reads_our_tokens()
    {
        using var folders = new KeyFolders();
        var signer = folders.Ring().Signer(KeyPurpose.TokenSigning);
        var expires = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds();
        var token = Jws.Sign(
            signer,
            new JsonObject { ["typ"] = "at+jwt", ["kid"] = signer.KeyId },
            Encoding.UTF8.GetBytes(
                $$"""{"iss":"https://registry.example.org","aud":"api","sub":"a","exp":{{expires}}}"""
            )
        );
        var parameters = new TokenValidationParameters
        {
            ValidIssuer = "https://registry.example.org",
            ValidAudience = "api",
            ValidTypes = ["at+jwt"],
            IssuerSigningKey = new Microsoft.IdentityModel.Tokens.JsonWebKey(
                System.Text.Json.JsonSerializer.Serialize(signer.PublicKey)
            ),
        };

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, parameters);
        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal("a", result.Claims["sub"]);

        var altered = token[..^2] + (token[^2] == 'A' ? "BA" : "AA");
        Assert.False((await new JsonWebTokenHandler().ValidateTokenAsync(altered, parameters)).IsValid);
    }

    [Theory, InlineData(KeyPurpose.MessageSigning), InlineData(KeyPurpose.CredentialEdDsa)]
    public void A_token_is_parsed_as_it_was_signed(KeyPurpose purpose)
    {
        using var folders = new KeyFolders();
        var signer = folders.Ring().Signer(purpose);
        var header = new JsonObject { ["kid"] = signer.KeyId };
        foreach (var payload in new[] { "", "{}", "{\"name\":\"देवी\"}", new string('x', 10_000) })
        {
            var compact = Jws.Sign(signer, header, Encoding.UTF8.GetBytes(payload));
            Assert.True(Jws.TryParse(compact, out var token));
            Assert.Equal(payload, Encoding.UTF8.GetString(token.Payload));
            Assert.Equal(
                (signer.Algorithm, signer.KeyId, (string?)null),
                (token.Algorithm, token.Text("kid"), token.Text("typ"))
            );
            Assert.Equal(compact[..compact.LastIndexOf('.')], Encoding.ASCII.GetString(token.SigningInput));
            Assert.True(JwsVerifier.Verify(token, signer.PublicKey));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("e30")]
    [InlineData("e30.e30")]
    [InlineData("e30.e30.AA.AA")]
    [InlineData("e30=.e30.AA")]
    [InlineData("e30.e30.AA==")]
    [InlineData("e30.e30 .AA")]
    [InlineData(" e30.e30.AA")]
    [InlineData("e30.e30.AB")]
    [InlineData("e30.e31.AA")]
    [InlineData("e30.e30.A")]
    [InlineData("e30.e30.A+AA")]
    [InlineData("e30.e30.A/AA")]
    [InlineData("W10.e30.AA")]
    [InlineData("bm90IGpzb24.e30.AA")]
    public void What_is_no_compact_JWS_is_refused(string? text) => Assert.False(Jws.TryParse(text, out _));

    [Theory]
    [InlineData("""{"alg":"ES256","crit":["b64"],"b64":false}""")]
    [InlineData("""{"alg":"ES256","alg":"none"}""")]
    [InlineData("""{"alg":"ES256","\ud800":1}""")]
    [InlineData("""{"alg":"ES256","a":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}""")]
    public void Headers_that_can_be_read_in_two_ways_are_refused(string header) =>
        Assert.False(Jws.TryParse(Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + ".e30.AA", out _));

    [Fact]
    public void A_header_member_that_is_no_text_reads_as_absent()
    {
        var header = Base64Url.EncodeToString("""{"alg":5,"kid":"\ud800","typ":null}"""u8);
        Assert.True(Jws.TryParse(header + ".e30.AA", out var token));
        Assert.Equal("", token.Algorithm);
        Assert.Null(token.Text("kid"));
        Assert.Null(token.Text("typ"));
    }

    [Fact]
    public void A_token_longer_than_the_limit_is_refused() =>
        Assert.False(Jws.TryParse("e30." + new string('A', Jws.MaxLength) + ".AA", out _));
}
