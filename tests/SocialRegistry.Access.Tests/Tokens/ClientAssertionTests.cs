using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Protection;
using Xunit;

namespace SocialRegistry.Access.Tests.Tokens;

public sealed class ClientAssertionsOnSqlite(SqliteServer server)
    : ClientAssertionTests(server),
        IClassFixture<SqliteServer>;

public sealed class ClientAssertionsOnPostgres(PostgresServer server)
    : ClientAssertionTests(server),
        IClassFixture<PostgresServer>;

/// <summary><c>private_key_jwt</c>. The partner's keys are borrowed from the test's own key ring.</summary>
public abstract class ClientAssertionTests(AccessServer server) : AccessTests(server)
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static int lastAddress;

    private ISigner Es256 => Server.KeyRing.Signer(KeyPurpose.MessageSigning);

    private ISigner EdDsa => Server.KeyRing.Signer(KeyPurpose.CredentialEdDsa);

    [Theory]
    [InlineData("ES256", true)]
    [InlineData("EdDSA", true)]
    [InlineData("EdDSA", false)]
    public async Task A_partner_proves_itself_by_a_signature(string algorithm, bool namesKey)
    {
        var partner = await PartnerAsync();
        var signer = algorithm == "ES256" ? Es256 : EdDsa;
        var header = new JsonObject { ["typ"] = "JWT" };
        if (namesKey)
        {
            header["kid"] = signer.KeyId;
        }

        using var answer = await PostAsync(Sign(signer, Claims(partner), header));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("PS256")]
    [InlineData("RS256")]
    public async Task RSA_keys_work_too(string algorithm)
    {
        using var rsa = RSA.Create(2048);
        var parameters = rsa.ExportParameters(false);
        var partner = await PartnerAsync(
            new JsonObject
            {
                ["kty"] = "RSA",
                ["n"] = Base64Url.EncodeToString(parameters.Modulus),
                ["e"] = Base64Url.EncodeToString(parameters.Exponent),
                ["kid"] = "rsa",
            }
        );
        var input = Part(new JsonObject { ["alg"] = algorithm, ["kid"] = "rsa" }) + "." + Part(Claims(partner));
        var signature = rsa.SignData(
            Encoding.ASCII.GetBytes(input),
            HashAlgorithmName.SHA256,
            algorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1
        );
        using var answer = await PostAsync(input + "." + Base64Url.EncodeToString(signature));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_token_endpoint_is_an_audience_as_well()
    {
        var partner = await PartnerAsync();
        var claims = Claims(partner);
        claims["aud"] = new JsonArray(AccessServer.PublicUrl + "/oauth2/client/token");
        using var answer = await PostAsync(Sign(Es256, claims));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task An_assertion_counts_once()
    {
        var partner = await PartnerAsync();
        var assertion = Sign(Es256, Claims(partner));
        using var first = await PostAsync(assertion);
        using var second = await PostAsync(assertion);
        // Another assertion with the same jti is a replay too.
        var sameId = Claims(partner);
        sameId["jti"] = JsonNode.Parse(Base64Url.DecodeFromChars(assertion.Split('.')[1]))!["jti"]!.DeepClone();
        sameId["exp"] = Server.Clock.GetUtcNow().ToUnixTimeSeconds() + 100;
        using var third = await PostAsync(Sign(Es256, sameId));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await AssertRefusedAsync(second);
        await AssertRefusedAsync(third);
    }

    [Fact]
    public async Task Of_many_at_the_same_moment_one_counts()
    {
        var partner = await PartnerAsync();
        var assertion = Sign(Es256, Claims(partner));
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => PostAsync(assertion))));
        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
    }

    public static TheoryData<string, Action<JsonObject, long>> WrongClaims =>
        new()
        {
            { "other audience", (c, _) => c["aud"] = "https://elsewhere.test" },
            {
                "several audiences",
                (c, _) => c["aud"] = new JsonArray(AccessServer.PublicUrl, "https://elsewhere.test")
            },
            { "no audience", (c, _) => c.Remove("aud") },
            { "issuer is not subject", (c, _) => c["iss"] = "somebody" },
            { "no issuer", (c, _) => c.Remove("iss") },
            { "no jti", (c, _) => c.Remove("jti") },
            { "jti is a number", (c, _) => c["jti"] = 7 },
            { "jti too long", (c, _) => c["jti"] = new string('j', 300) },
            { "no exp", (c, _) => c.Remove("exp") },
            { "exp is a text", (c, now) => c["exp"] = $"{now + 60}" },
            { "over", (c, now) => c["exp"] = now - 61 },
            { "lives too long", (c, now) => c["exp"] = now + 3600 },
            { "exp beyond time", (c, _) => c["exp"] = 1e300 },
            { "not yet", (c, now) => c["nbf"] = now + 120 },
            { "from the future", (c, now) => c["iat"] = now + 120 },
        };

    [Theory]
    [MemberData(nameof(WrongClaims), DisableDiscoveryEnumeration = true)]
    public async Task An_assertion_with_a_wrong_claim_is_refused(string what, Action<JsonObject, long> spoil)
    {
        var partner = await PartnerAsync();
        var claims = Claims(partner);
        spoil(claims, Server.Clock.GetUtcNow().ToUnixTimeSeconds());
        using var answer = await PostAsync(Sign(Es256, claims));
        Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, what);
        await AssertRefusedAsync(answer);
    }

    [Fact]
    public async Task A_signature_by_a_key_that_is_not_the_partners_is_refused()
    {
        var partner = await PartnerAsync();
        var stranger = Server.KeyRing.Signer(KeyPurpose.InternalCalls);
        using var unnamed = await PostAsync(Sign(stranger, Claims(partner)));
        await AssertRefusedAsync(unnamed);
        using var disguised = await PostAsync(
            Sign(stranger, Claims(partner), new JsonObject { ["kid"] = Es256.KeyId })
        );
        await AssertRefusedAsync(disguised);
    }

    [Fact]
    public async Task Algorithms_without_a_private_key_are_refused()
    {
        var partner = await PartnerAsync();
        var none = Part(new JsonObject { ["alg"] = "none" }) + "." + Part(Claims(partner)) + ".";
        using var unsigned = await PostAsync(none);
        await AssertRefusedAsync(unsigned);

        // The classic: HMAC with the public key as the secret.
        var input = Part(new JsonObject { ["alg"] = "HS256", ["kid"] = Es256.KeyId }) + "." + Part(Claims(partner));
        var mac = HMACSHA256.HashData(
            JsonSerializer.SerializeToUtf8Bytes(Es256.PublicKey),
            Encoding.ASCII.GetBytes(input)
        );
        using var symmetric = await PostAsync(input + "." + Base64Url.EncodeToString(mac));
        await AssertRefusedAsync(symmetric);
    }

    [Fact]
    public async Task An_access_token_is_no_assertion()
    {
        var partner = await PartnerAsync();
        using var answer = await PostAsync(Sign(Es256, Claims(partner), new JsonObject { ["typ"] = "at+jwt" }));
        await AssertRefusedAsync(answer);
    }

    [Fact]
    public async Task A_client_id_beside_the_assertion_must_be_its_own()
    {
        var partner = await PartnerAsync();
        using var same = await PostAsync(Sign(Es256, Claims(partner)), partner);
        Assert.Equal(HttpStatusCode.OK, same.StatusCode);
        using var other = await PostAsync(Sign(Es256, Claims(partner)), "somebody");
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
    }

    [Fact]
    public async Task Another_partners_key_does_not_help()
    {
        var partner = await PartnerAsync(JsonSerializer.SerializeToNode(EdDsa.PublicKey)!);
        var claims = Claims(partner);
        using var answer = await PostAsync(Sign(Es256, claims));
        await AssertRefusedAsync(answer);
    }

    [Fact]
    public async Task A_partner_with_secret_and_keys_uses_either_until_the_secret_is_retired()
    {
        var partner = await Server.PartnerAsync(entry =>
            entry["jwks"] = new JsonObject
            {
                ["keys"] = new JsonArray(JsonSerializer.SerializeToNode(Es256.PublicKey with { Kid = Es256.KeyId })!),
            }
        );
        Assert.NotEmpty(await Server.TokenAsync(partner));
        using (var signed = await PostAsync(Sign(Es256, Claims(partner))))
        {
            Assert.Equal(HttpStatusCode.OK, signed.StatusCode);
        }

        var admin = await Administrator.SignInAsync(Server);
        Assert.Equal(200, (await admin.DeleteAsync($"/partners/{partner}/secret")).Status);
        using var client = Server.Client("203.0.113.222");
        using var secret = await client.PostAsync(
            "/oauth2/client/token",
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "client_credentials",
                    ["client_id"] = partner,
                    ["client_secret"] = AccessServer.PartnerSecret,
                }
            )
        );
        await AssertRefusedAsync(secret);
        using var still = await PostAsync(Sign(Es256, Claims(partner)));
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    private Task<string> PartnerAsync(params JsonNode[] keys) =>
        Server.PartnerAsync(partner =>
        {
            partner.Remove("secret");
            partner["jwks"] = new JsonObject
            {
                ["keys"] = new JsonArray(
                    keys.Length > 0
                        ? keys
                        :
                        [
                            JsonSerializer.SerializeToNode(Es256.PublicKey with { Kid = Es256.KeyId })!,
                            JsonSerializer.SerializeToNode(EdDsa.PublicKey with { Kid = EdDsa.KeyId })!,
                        ]
                ),
            };
        });

    private JsonObject Claims(string partner)
    {
        var now = Server.Clock.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = partner,
            ["sub"] = partner,
            ["aud"] = AccessServer.PublicUrl,
            ["iat"] = now,
            ["exp"] = now + 60,
            ["jti"] = Guid.NewGuid().ToString("N"),
        };
    }

    private static string Sign(ISigner signer, JsonObject claims, JsonObject? header = null) =>
        Jws.Sign(signer, header ?? [], JsonSerializer.SerializeToUtf8Bytes(claims));

    private static string Part(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private async Task<HttpResponseMessage> PostAsync(string assertion, string? clientId = null)
    {
        using var client = Server.Client("198.51.100." + (Interlocked.Increment(ref lastAddress) % 250 + 1));
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_assertion_type"] = AssertionType,
            ["client_assertion"] = assertion,
        };
        if (clientId is not null)
        {
            form["client_id"] = clientId;
        }

        return await client.PostAsync("/oauth2/client/token", new FormUrlEncodedContent(form));
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("invalid_client", (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["error"]!);
    }
}
