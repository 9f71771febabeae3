using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Protection;
using Xunit;

namespace SocialRegistry.Access.Tests.Authentication;

public sealed class BearerTokensOnSqlite(SqliteServer server) : BearerTokenTests(server), IClassFixture<SqliteServer>;

public sealed class BearerTokensOnPostgres(PostgresServer server)
    : BearerTokenTests(server),
        IClassFixture<PostgresServer>;

public abstract class BearerTokenTests(AccessServer server) : AccessTests(server)
{
    private ISigner Signer => Server.KeyRing.Signer(KeyPurpose.TokenSigning);

    [Fact]
    public async Task Our_own_token_is_taken_and_one_made_like_it_by_the_same_key()
    {
        var partner = await Server.PartnerAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(await Server.TokenAsync(partner)));
        // So that the wrong tokens below are refused for their fault and for nothing else.
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Sign(Signer, Claims(partner))));
    }

    public static TheoryData<string, Action<JsonObject, JsonObject, long>> WrongContents =>
        new()
        {
            { "typ of any JWT", (h, _, _) => h["typ"] = "JWT" },
            { "no typ", (h, _, _) => h.Remove("typ") },
            { "no kid", (h, _, _) => h.Remove("kid") },
            { "unknown kid", (h, _, _) => h["kid"] = "elsewhere" },
            { "key of its own", (h, _, _) => h["jwk"] = new JsonObject { ["kty"] = "EC" } },
            { "crit", (h, _, _) => h["crit"] = new JsonArray("exp") },
            { "over", (_, c, now) => c["exp"] = now - 60 },
            { "no exp", (_, c, _) => c.Remove("exp") },
            { "exp is a text", (_, c, now) => c["exp"] = $"{now + 60}" },
            { "not yet", (_, c, now) => c["nbf"] = now + 61 },
            { "nbf is a text", (_, c, _) => c["nbf"] = "1" },
            { "from the future", (_, c, now) => c["iat"] = now + 61 },
            { "no iat", (_, c, _) => c.Remove("iat") },
            { "other audience", (_, c, _) => c["aud"] = "https://elsewhere.test" },
            { "audience with a slash", (_, c, _) => c["aud"] = AccessServer.PublicUrl + "/" },
            { "several audiences", (_, c, _) => c["aud"] = new JsonArray(AccessServer.PublicUrl, "x") },
            { "no audience", (_, c, _) => c.Remove("aud") },
            { "other issuer", (_, c, _) => c["iss"] = "https://elsewhere.test" },
            { "no issuer", (_, c, _) => c.Remove("iss") },
            { "other client", (_, c, _) => c["client_id"] = "somebody" },
            { "no client", (_, c, _) => c.Remove("client_id") },
            { "no subject", (_, c, _) => c.Remove("sub") },
            { "no jti", (_, c, _) => c.Remove("jti") },
            { "no scope", (_, c, _) => c.Remove("scope") },
            { "scope is a list", (_, c, _) => c["scope"] = new JsonArray("registrants:read") },
            { "unknown partner", (_, c, _) => (c["sub"], c["client_id"]) = ("nobody", "nobody") },
            { "partner with NUL", (_, c, _) => (c["sub"], c["client_id"]) = ("a\0b", "a\0b") },
        };

    [Theory]
    [MemberData(nameof(WrongContents), DisableDiscoveryEnumeration = true)]
    public async Task A_token_with_a_wrong_header_or_claim_is_refused(
        string what,
        Action<JsonObject, JsonObject, long> spoil
    )
    {
        var claims = Claims(await Server.PartnerAsync());
        var header = new JsonObject { ["typ"] = "at+jwt", ["kid"] = Signer.KeyId };
        spoil(header, claims, Server.Clock.GetUtcNow().ToUnixTimeSeconds());
        await AssertRefusedAsync(what, Jws.Sign(Signer, header, JsonSerializer.SerializeToUtf8Bytes(claims)));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("")]
    public async Task A_token_without_a_signature_is_refused(string algorithm)
    {
        var header = new JsonObject
        {
            ["alg"] = algorithm,
            ["typ"] = "at+jwt",
            ["kid"] = Signer.KeyId,
        };
        var unsigned = Part(header) + "." + Part(Claims(await Server.PartnerAsync())) + ".";
        await AssertRefusedAsync(algorithm, unsigned);
        await AssertRefusedAsync(algorithm, unsigned.TrimEnd('.'));
    }

    [Fact]
    public async Task A_token_signed_with_our_public_key_as_a_secret_is_refused()
    {
        var header = new JsonObject
        {
            ["alg"] = "HS256",
            ["typ"] = "at+jwt",
            ["kid"] = Signer.KeyId,
        };
        var input = Part(header) + "." + Part(Claims(await Server.PartnerAsync()));
        var mac = HMACSHA256.HashData(
            JsonSerializer.SerializeToUtf8Bytes(Signer.PublicKey),
            Encoding.ASCII.GetBytes(input)
        );
        await AssertRefusedAsync("HS256", input + "." + Base64Url.EncodeToString(mac));
    }

    [Fact]
    public async Task A_token_signed_by_another_key_of_ours_or_of_others_is_refused()
    {
        var claims = Claims(await Server.PartnerAsync());
        foreach (
            var purpose in (KeyPurpose[])
                [
                    KeyPurpose.InternalCalls,
                    KeyPurpose.MessageSigning,
                    KeyPurpose.CredentialEs256,
                    KeyPurpose.CredentialEdDsa,
                ]
        )
        {
            var other = Server.KeyRing.Signer(purpose);
            await AssertRefusedAsync($"{purpose}, its own kid", Sign(other, claims, other.KeyId));
            await AssertRefusedAsync($"{purpose}, our kid", Sign(other, claims, Signer.KeyId));
        }
    }

    [Fact]
    public async Task A_token_altered_in_any_part_is_refused()
    {
        var token = await Server.TokenAsync(await Server.PartnerAsync());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token));
        var parts = token.Split('.');
        for (var part = 0; part < 3; part++)
        {
            foreach (var at in (int[])[0, parts[part].Length / 2, parts[part].Length - 1])
            {
                var altered = new StringBuilder(parts[part]);
                altered[at] = altered[at] == 'A' ? 'B' : 'A';
                var copy = (string[])parts.Clone();
                copy[part] = altered.ToString();
                await AssertRefusedAsync($"part {part} at {at}", string.Join('.', copy));
            }
        }

        await AssertRefusedAsync("a fourth part", token + ".x");
        await AssertRefusedAsync("padding", token + "==");
        await AssertRefusedAsync("cut", token[..^1]);
    }

    [Fact]
    public async Task The_last_character_has_one_spelling_only()
    {
        var token = await Server.TokenAsync(await Server.PartnerAsync());
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        // 64 bytes leave four bits of the last character unused.
        var first = Alphabet.IndexOf(token[^1], StringComparison.Ordinal) & 0b110000;
        foreach (
            var spelling in Enumerable.Range(first, 16).Select(i => token[..^1] + Alphabet[i]).Where(t => t != token)
        )
        {
            await AssertRefusedAsync("other spelling", spelling);
        }
    }

    [Theory]
    [InlineData("Bearer ")]
    [InlineData("Bearer x")]
    [InlineData("Bearer a.b.c")]
    [InlineData("Bearer e30.e30.e30")]
    [InlineData("Basic cHJvZ3JhbW1lOnNlY3JldA==")]
    [InlineData("DPoP abc")]
    [InlineData("Nonsense")]
    public async Task What_is_no_token_is_refused(string header)
    {
        using var client = Server.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        using var answer = await client.GetAsync("/probe/read");
        await AssertInvalidTokenAsync(header, answer);
    }

    [Fact]
    public async Task A_token_of_a_million_characters_is_refused()
    {
        await AssertRefusedAsync("huge", new string('a', 1_000_000));
    }

    [Fact]
    public async Task A_claim_given_twice_is_refused()
    {
        var text = Claims(await Server.PartnerAsync()).ToJsonString();
        var twice = text.Replace("\"iat\"", "\"sub\":\"x\",\"iat\"", StringComparison.Ordinal);
        var header = new JsonObject { ["typ"] = "at+jwt", ["kid"] = Signer.KeyId };
        await AssertRefusedAsync("twice", Jws.Sign(Signer, header, Encoding.UTF8.GetBytes(twice)));
    }

    [Fact]
    public async Task No_token_at_all_is_told_how_to_get_one()
    {
        using var client = Server.Client();
        using var answer = await client.GetAsync("/probe/read");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer realm=\"social-registry\"", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("urn:social-registry:problem:access.token_missing", (string)problem["type"]!);
        Assert.Equal(401, (int)problem["status"]!);
    }

    [Fact]
    public async Task A_token_lives_an_hour_and_no_longer_than_the_skew_of_clocks()
    {
        var partner = await Server.PartnerAsync();
        var now = Server.Clock.GetUtcNow().ToUnixTimeSeconds();
        var over = Claims(partner);
        over["exp"] = now - 59;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Sign(Signer, over)));

        var token = await Server.TokenAsync(partner);
        Server.Clock.Advance(TimeSpan.FromSeconds(3600 + 59));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token));
        Server.Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertRefusedAsync("an hour old", token);
    }

    private JsonObject Claims(string partner)
    {
        var now = Server.Clock.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = AccessServer.PublicUrl,
            ["sub"] = partner,
            ["client_id"] = partner,
            ["aud"] = AccessServer.PublicUrl,
            ["scope"] = "registrants:read",
            ["iat"] = now,
            ["exp"] = now + 60,
            ["jti"] = Guid.NewGuid().ToString("N"),
        };
    }

    private string Sign(ISigner signer, JsonObject claims, string? kid = null) =>
        Jws.Sign(
            signer,
            new JsonObject { ["typ"] = "at+jwt", ["kid"] = kid ?? Signer.KeyId },
            JsonSerializer.SerializeToUtf8Bytes(claims)
        );

    private static string Part(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private async Task<HttpStatusCode> StatusAsync(string token)
    {
        using var client = Server.ClientWith(token);
        using var answer = await client.GetAsync("/probe/read");
        return answer.StatusCode;
    }

    private async Task AssertRefusedAsync(string what, string token)
    {
        using var client = Server.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.GetAsync("/probe/read");
        await AssertInvalidTokenAsync(what, answer);
    }

    /// <summary>One answer whatever is wrong.</summary>
    private static async Task AssertInvalidTokenAsync(string what, HttpResponseMessage answer)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, what + " was answered " + answer.StatusCode);
        Assert.StartsWith(
            "Bearer realm=\"social-registry\", error=\"invalid_token\"",
            answer.Headers.WwwAuthenticate.ToString(),
            StringComparison.Ordinal
        );
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("urn:social-registry:problem:access.token_invalid", (string)problem["type"]!);
    }
}
