using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using Xunit;

namespace SocialRegistry.Access.Tests.Tokens;

public sealed class TokenEndpointOnSqlite(SqliteServer server)
    : TokenEndpointTests(server),
        IClassFixture<SqliteServer>;

public sealed class TokenEndpointOnPostgres(PostgresServer server)
    : TokenEndpointTests(server),
        IClassFixture<PostgresServer>;

public abstract class TokenEndpointTests(AccessServer server) : AccessTests(server)
{
    private const string Path = "/oauth2/client/token";
    private const string Form = "application/x-www-form-urlencoded";

    private static int lastAddress;

    /// <summary>An address of its own, so that failures of one test slow down no other.</summary>
    private static string FreshAddress() => "198.51.100." + (Interlocked.Increment(ref lastAddress) % 250 + 1);

    [Fact]
    public async Task A_partner_gets_a_token_for_its_secret()
    {
        var partner = await Server.PartnerAsync();
        using var answer = await PostAsync(Body(partner, AccessServer.PartnerSecret));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Contains("no-cache", answer.Headers.Pragma.Select(p => p.Name));
        var token = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("Bearer", (string)token["token_type"]!);
        Assert.Equal(3600, (int)token["expires_in"]!);
        Assert.Equal("registrants:read registry.search", (string)token["scope"]!);
        using var client = Server.ClientWith((string)token["access_token"]!);
        var seen = (await client.GetFromJsonAsync<SeenCaller>("/probe/read"))!;
        Assert.Equal(("Partner", partner, "probe"), (seen.Kind, seen.Id, seen.Channel));
        Assert.Equal(["registrants:read", "registry.search"], seen.Permissions);
    }

    [Fact]
    public async Task A_token_is_an_access_token_after_RFC_9068_for_any_reader()
    {
        var partner = await Server.PartnerAsync();
        var token = await Server.TokenAsync(partner);

        var key = Server.KeyRing.PublicKeys(KeyPurpose.TokenSigning)[0];
        var checkedToken = await new JsonWebTokenHandler().ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidTypes = ["at+jwt"],
                ValidAlgorithms = ["ES256"],
                ValidIssuer = AccessServer.PublicUrl,
                ValidAudience = AccessServer.PublicUrl,
                IssuerSigningKey = new JsonWebKey(System.Text.Json.JsonSerializer.Serialize(key)),
                // The clock of the test, not of the machine.
                LifetimeValidator = (_, expires, _, _) => expires > Server.Clock.GetUtcNow().UtcDateTime,
            }
        );
        Assert.True(checkedToken.IsValid, checkedToken.Exception?.Message);
        var claims = checkedToken.Claims;
        Assert.Equal(["aud", "client_id", "exp", "iat", "iss", "jti", "scope", "sub"], claims.Keys.Order());
        Assert.Equal((partner, partner), ((string)claims["sub"], (string)claims["client_id"]));
        Assert.Equal(3600L, Convert.ToInt64(claims["exp"]) - Convert.ToInt64(claims["iat"]));
        Assert.Equal(Server.Clock.GetUtcNow().ToUnixTimeSeconds(), Convert.ToInt64(claims["iat"]));
    }

    [Fact]
    public async Task The_secret_may_come_by_HTTP_Basic_form_encoded()
    {
        var partner = await Server.PartnerAsync(p => p["secret"] = "odd: +%secret é 0123456789");
        using var answer = await PostAsync(
            "grant_type=client_credentials",
            basic: $"{Uri.EscapeDataString(partner)}:{Uri.EscapeDataString("odd: +%secret é 0123456789")}"
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_JSON_body_is_taken_as_well()
    {
        var partner = await Server.PartnerAsync();
        using var answer = await PostAsync(
            new JsonObject
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = partner,
                ["client_secret"] = AccessServer.PartnerSecret,
            }.ToJsonString(),
            "application/json"
        );
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("registry.search", "registry.search")]
    [InlineData("registry/search", "registry.search")]
    [InlineData("registrants.read", "registrants:read")]
    [InlineData("registry.search registrants:read registry/search", "registrants:read registry.search")]
    public async Task A_token_may_carry_fewer_scopes(string asked, string granted)
    {
        var partner = await Server.PartnerAsync();
        using var answer = await PostAsync(
            Body(partner, AccessServer.PartnerSecret) + "&scope=" + Uri.EscapeDataString(asked)
        );
        Assert.Equal(granted, (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["scope"]!);
    }

    [Theory]
    [InlineData("registrants:write")]
    [InlineData("no.such.scope")]
    [InlineData("registry.search registrants:write")]
    [InlineData("registry.search\tregistrants:read")]
    [InlineData(" ")]
    public async Task A_scope_that_is_unknown_or_not_granted_is_refused(string scope)
    {
        var partner = await Server.PartnerAsync();
        using var answer = await PostAsync(
            Body(partner, AccessServer.PartnerSecret) + "&scope=" + Uri.EscapeDataString(scope)
        );
        await AssertErrorAsync(answer, HttpStatusCode.BadRequest, "invalid_scope");
    }

    public static TheoryData<string, string, string, int, string> WrongRequests =>
        new()
        {
            { "no body", "", Form, 400, "invalid_request" },
            { "no grant", "client_id=p&client_secret=s", Form, 400, "invalid_request" },
            { "empty grant", "grant_type=&client_id=p&client_secret=s", Form, 400, "invalid_request" },
            { "other grant", "grant_type=password&client_id=p&client_secret=s", Form, 400, "unsupported_grant_type" },
            {
                "twice",
                "grant_type=client_credentials&client_id=p&client_id=p&client_secret=s",
                Form,
                400,
                "invalid_request"
            },
            { "bad percent", "grant_type=client_credentials&client_id=%zz", Form, 400, "invalid_request" },
            { "not UTF-8", "grant_type=client_credentials&client_id=%ff", Form, 400, "invalid_request" },
            { "other type", "grant_type=client_credentials", "text/plain", 400, "invalid_request" },
            { "multipart", "grant_type=client_credentials", "multipart/form-data; boundary=x", 400, "invalid_request" },
            { "no client", "grant_type=client_credentials", Form, 401, "invalid_client" },
            { "no secret", "grant_type=client_credentials&client_id=p", Form, 401, "invalid_client" },
            { "NUL", "grant_type=client_credentials&client_id=%00&client_secret=s", Form, 401, "invalid_client" },
            {
                "assertion without type",
                "grant_type=client_credentials&client_assertion=a.b.c",
                Form,
                400,
                "invalid_request"
            },
            {
                "assertion of garbage",
                "grant_type=client_credentials&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=a.b.c",
                Form,
                401,
                "invalid_client"
            },
            {
                "two ways",
                "grant_type=client_credentials&client_id=p&client_secret=s&client_assertion=a.b.c",
                Form,
                400,
                "invalid_request"
            },
            {
                "JSON twice",
                """{"grant_type":"client_credentials","client_id":"p","client_id":"p"}""",
                "application/json",
                400,
                "invalid_request"
            },
            { "JSON number", """{"grant_type":1}""", "application/json", 400, "invalid_request" },
            { "JSON array", "[]", "application/json", 400, "invalid_request" },
            { "JSON half a pair", """{"grant_type":"\ud800"}""", "application/json", 400, "invalid_request" },
            { "JSON deep", new string('[', 1000), "application/json", 400, "invalid_request" },
            { "too large", "grant_type=client_credentials&x=" + new string('x', 17_000), Form, 413, "invalid_request" },
        };

    [Theory]
    [MemberData(nameof(WrongRequests))]
    public async Task A_wrong_request_is_refused_in_the_form_of_RFC_6749(
        string what,
        string body,
        string type,
        int status,
        string error
    )
    {
        using var answer = await PostAsync(body, type);
        Assert.True(status == (int)answer.StatusCode, $"{what}: {answer.StatusCode}");
        await AssertErrorAsync(answer, (HttpStatusCode)status, error);
    }

    [Fact]
    public async Task Two_ways_to_authenticate_are_one_too_many()
    {
        var partner = await Server.PartnerAsync();
        using var answer = await PostAsync(
            Body(partner, AccessServer.PartnerSecret),
            basic: $"{partner}:{AccessServer.PartnerSecret}"
        );
        await AssertErrorAsync(answer, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task A_secret_in_the_address_is_refused_though_it_is_right()
    {
        var partner = await Server.PartnerAsync();
        using var client = Server.Client();
        using var answer = await client.PostAsync(
            $"{Path}?client_id={partner}&client_secret={AccessServer.PartnerSecret}",
            new StringContent("grant_type=client_credentials", Encoding.UTF8, Form)
        );
        await AssertErrorAsync(answer, HttpStatusCode.BadRequest, "invalid_request");
    }

    [Fact]
    public async Task An_unknown_client_and_a_wrong_secret_get_the_same_answer_in_the_same_time()
    {
        var partner = await Server.PartnerAsync();
        var times = new Dictionary<bool, List<double>> { [true] = [], [false] = [] };
        var bodies = new HashSet<string>();
        for (var i = 0; i < 24; i++)
        {
            foreach (var known in (bool[])[true, false])
            {
                var clock = Stopwatch.StartNew();
                using var answer = await PostAsync(
                    Body(known ? partner : "stranger-of-the-same-length-as-the-partner", "wrong-secret-0123456789"),
                    address: $"203.0.113.{i + 1}"
                );
                times[known].Add(clock.Elapsed.TotalMilliseconds);
                bodies.Add(
                    $"{answer.StatusCode} {answer.Headers.WwwAuthenticate} {await answer.Content.ReadAsStringAsync()}"
                );
            }
        }

        Assert.Equal(
            [
                "Unauthorized Basic realm=\"social-registry\", charset=\"UTF-8\" {\"error\":\"invalid_client\",\"error_description\":\"Client authentication failed: unknown client, no authentication, or not the right one.\"}",
            ],
            bodies
        );
        // Without the hash for nobody the unknown client would be answered about ten times as fast.
        Assert.InRange(Median(times[true]) / Median(times[false]), 0.5, 2);

        static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
    }

    [Fact]
    public async Task Only_failures_slow_a_client_down_and_only_from_where_they_came()
    {
        var partner = await Server.PartnerAsync();
        var (here, there) = (FreshAddress(), FreshAddress());
        for (var i = 0; i < 30; i++)
        {
            using var good = await PostAsync(Body(partner, AccessServer.PartnerSecret), address: here);
            Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        }

        for (var i = 0; i < 5; i++)
        {
            using var wrong = await PostAsync(Body(partner, "wrong-secret-0123456789"), address: here);
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using (var slowed = await PostAsync(Body(partner, AccessServer.PartnerSecret), address: here))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, slowed.StatusCode);
            Assert.Equal("application/problem+json", slowed.Content.Headers.ContentType!.MediaType);
            var problem = (await slowed.Content.ReadFromJsonAsync<JsonObject>())!;
            Assert.Equal("urn:social-registry:problem:access.too_many_failures", (string)problem["type"]!);
            Assert.Equal("slow_down", (string)problem["error"]!);
            Assert.Equal(TimeSpan.FromSeconds(1), slowed.Headers.RetryAfter!.Delta);
        }

        using (var elsewhere = await PostAsync(Body(partner, AccessServer.PartnerSecret), address: there))
        {
            Assert.Equal(HttpStatusCode.OK, elsewhere.StatusCode);
        }

        Server.Clock.Advance(TimeSpan.FromSeconds(1.1));
        using var later = await PostAsync(Body(partner, AccessServer.PartnerSecret), address: here);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task An_address_that_tries_many_clients_is_slowed_down()
    {
        var address = FreshAddress();
        for (var i = 0; i < 20; i++)
        {
            using var wrong = await PostAsync(Body($"guess-{i}", "wrong-secret-0123456789"), address: address);
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var slowed = await PostAsync(Body("guess-20", "wrong-secret-0123456789"), address: address);
        Assert.Equal(HttpStatusCode.TooManyRequests, slowed.StatusCode);
    }

    [Fact]
    public async Task Neither_secrets_nor_tokens_stand_in_the_log()
    {
        var partner = await Server.PartnerAsync();
        var token = await Server.TokenAsync(partner);
        using var wrong = await PostAsync(
            Body("typed-wrong-0123456789", "wrong-secret-0123456789"),
            address: FreshAddress()
        );
        Assert.Contains("Token issued to " + partner, Server.Log.Text, StringComparison.Ordinal);
        Assert.Contains("Client authentication refused", Server.Log.Text, StringComparison.Ordinal);
        foreach (var secret in (string[])[token, AccessServer.PartnerSecret, "wrong-secret-0123456789"])
        {
            Assert.DoesNotContain(secret, Server.Log.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_partner_with_keys_alone_cannot_use_a_secret()
    {
        var keys = new JsonObject
        {
            ["keys"] = new JsonArray(
                System.Text.Json.JsonSerializer.SerializeToNode(
                    Server.KeyRing.Signer(KeyPurpose.MessageSigning).PublicKey
                )
            ),
        };
        var partner = await Server.PartnerAsync(p =>
        {
            p.Remove("secret");
            p["jwks"] = keys;
        });
        using var answer = await PostAsync(Body(partner, AccessServer.PartnerSecret));
        await AssertErrorAsync(answer, HttpStatusCode.Unauthorized, "invalid_client");
    }

    private static string Body(string partner, string secret) =>
        $"grant_type=client_credentials&client_id={Uri.EscapeDataString(partner)}&client_secret={Uri.EscapeDataString(secret)}";

    private async Task<HttpResponseMessage> PostAsync(
        string body,
        string type = Form,
        string? basic = null,
        string? address = null
    )
    {
        using var client = Server.Client(address ?? FreshAddress());
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = content };
        if (basic is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(basic))
            );
        }

        return await client.SendAsync(request);
    }

    private static async Task AssertErrorAsync(HttpResponseMessage answer, HttpStatusCode status, string error)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal(status == HttpStatusCode.Unauthorized, answer.Headers.WwwAuthenticate.Count == 1);
        var body = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal(["error", "error_description"], body.Select(member => member.Key));
        Assert.Equal(error, (string)body["error"]!);
    }
}
