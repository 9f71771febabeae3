using System.Net;
using System.Text.Json.Nodes;

namespace SocialRegistry.Host.Tests.Api;

/// <summary>Statuses, look-ups, dry runs and the form of requests through the front door.</summary>
public sealed class RegistrantWriteApiTests(RegistrantWriteApiTests.Server server)
    : IClassFixture<RegistrantWriteApiTests.Server>
{
    private const string Registrants = "/api/v1/registrants";
    private static int counter = 1000;

    [Fact]
    public async Task A_status_is_changed_and_its_refusals_name_what_is_wrong()
    {
        using var client = await server.Registry.SignedInAsync();
        var (path, _) = await CreateAsync(client);

        using var without = await client.SendAsync(HttpMethod.Post, path + "/status", Status("inactive"));
        using var inactive = await client.SendAsync(
            HttpMethod.Post,
            path + "/status",
            """{"status":"inactive","reason":"moved abroad","on":"2026-01-15"}""",
            ("If-Match", "\"1\"")
        );
        using var stale = await client.SendAsync(
            HttpMethod.Post,
            path + "/status",
            Status("active"),
            ("If-Match", "\"1\"")
        );
        using var same = await client.SendAsync(
            HttpMethod.Post,
            path + "/status",
            Status("inactive"),
            ("If-Match", "\"2\"")
        );

        Assert.Equal(HttpStatusCode.PreconditionRequired, without.StatusCode);
        Assert.Equal("\"2\"", inactive.Headers.ETag?.Tag);
        var record = await inactive.ObjectAsync();
        Assert.Equal(("inactive", "2026-01-15"), ((string?)record["status"], (string?)record["statusOn"]));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal("\"2\"", stale.Headers.ETag?.Tag);
        Assert.Equal(HttpStatusCode.Conflict, same.StatusCode);
        foreach (
            var (body, field) in ((string, string)[])
                [
                    (Status("merged"), "status"),
                    (Status("asleep"), "status"),
                    (Status("deceased"), "on"),
                    ("""{"status":"active","reason":"a\u0001"}""", "reason"),
                    ("""{"status":"active","reason":"x","on":"2999-01-01"}""", "on"),
                ]
        )
        {
            using var refused = await client.SendAsync(HttpMethod.Post, path + "/status", body, ("If-Match", "\"2\""));

            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Equal(field, (string?)(await refused.ObjectAsync())["errors"]![0]!["field"]);
        }

        using var unknown = await client.SendAsync(
            HttpMethod.Post,
            path + "/status",
            """{"status":"active","reason":"x","who":"me"}""",
            ("If-Match", "\"2\"")
        );
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
    }

    [Fact]
    public async Task Many_identifiers_are_looked_up_in_one_call()
    {
        using var client = await server.Registry.SignedInAsync();
        var (_, first) = await CreateAsync(client);
        var (_, second) = await CreateAsync(client);
        var many = new JsonArray([
            .. Enumerable
                .Range(0, 1_000)
                .Select(i =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["type"] = "UIN",
                            ["value"] =
                                i == 3 ? second
                                : i == 998 ? first
                                : $"99999{i:D5}",
                        }
                ),
        ]);

        using var answer = await client.SendAsync(
            HttpMethod.Post,
            Registrants + "/lookup?fields=surname",
            new JsonObject { ["identifiers"] = many.DeepClone() }.ToJsonString()
        );
        many.Add(many[0]!.DeepClone());
        using var tooMany = await client.SendAsync(
            HttpMethod.Post,
            Registrants + "/lookup",
            new JsonObject { ["identifiers"] = many }.ToJsonString()
        );
        using var none = await client.SendAsync(HttpMethod.Post, Registrants + "/lookup", """{"identifiers":[]}""");
        using var unknown = await client.SendAsync(
            HttpMethod.Post,
            Registrants + "/lookup",
            """{"identifiers":[{"type":"LIBRARY_CARD","value":"1"}]}"""
        );
        using var field = await client.SendAsync(
            HttpMethod.Post,
            Registrants + "/lookup?fields=shoe_size",
            """{"identifiers":[{"type":"UIN","value":"1"}]}"""
        );
        using var member = await client.SendAsync(
            HttpMethod.Post,
            Registrants + "/lookup",
            """{"identifiers":[{"type":"UIN","value":"1","colour":"red"}]}"""
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var items = (await answer.ObjectAsync())["items"]!.AsArray();
        Assert.Equal(1_000, items.Count);
        Assert.Equal([3, 998], items.Index().Where(i => i.Item is not null).Select(i => i.Index));
        Assert.Equal(first, (string?)items[998]!["identifiers"]![0]!["value"]);
        Assert.Equal(["surname"], items[3]!["values"]!.AsObject().Select(v => v.Key));
        Assert.All(
            (HttpResponseMessage[])[tooMany, none, unknown, field, member],
            refused => Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode)
        );
    }

    [Fact]
    public async Task An_expired_identifier_finds_its_record_unless_only_current_ones_are_asked_for()
    {
        using var client = await server.Registry.SignedInAsync();
        var uin = NextUin();
        using var created = await client.SendAsync(
            HttpMethod.Post,
            Registrants,
            $$$"""{"kind":"individual","values":{"given_name":"Amara"},"identifiers":[{"type":"UIN","value":"{{{uin}}}","issuedOn":"2001-01-01","expiresOn":"2011-01-01","issuer":"Office"}]}"""
        );
        var body = $$$"""{"identifiers":[{"type":"UIN","value":"{{{uin}}}"}]""";

        using var past = await client.SendAsync(HttpMethod.Post, Registrants + "/lookup", body + "}");
        using var current = await client.SendAsync(
            HttpMethod.Post,
            Registrants + "/lookup",
            body + ",\"currentOnly\":true}"
        );

        var identifier = (await created.ObjectAsync())["identifiers"]![0]!;
        Assert.Equal("2011-01-01", (string?)identifier["expiresOn"]);
        Assert.Equal("Office", (string?)identifier["issuer"]);
        Assert.NotNull((await past.ObjectAsync())["items"]![0]);
        Assert.Null((await current.ObjectAsync())["items"]![0]);
    }

    [Fact]
    public async Task A_dry_run_answers_as_if_and_stores_nothing()
    {
        using var client = await server.Registry.SignedInAsync();
        var (path, _) = await CreateAsync(client);
        var fresh = NextUin();

        using var made = await client.SendAsync(HttpMethod.Post, Registrants + "?dryRun=true", Person(fresh));
        using var patched = await client.SendAsync(
            HttpMethod.Patch,
            path + "?dryRun=true",
            """{"values":{"surname":"Okiru"}}""",
            ("If-Match", "\"1\"")
        );
        using var status = await client.SendAsync(
            HttpMethod.Post,
            path + "/status?dryRun=true",
            Status("inactive"),
            ("If-Match", "\"1\"")
        );
        using var deleted = await client.SendAsync(
            HttpMethod.Delete,
            path + "?reason=duplicate&dryRun=true",
            null,
            ("If-Match", "\"1\"")
        );
        using var bad = await client.SendAsync(
            HttpMethod.Post,
            Registrants + "?dryRun=true",
            """{"kind":"individual","values":{"sex":"unheard of"}}"""
        );
        using var maybe = await client.SendAsync(HttpMethod.Post, Registrants + "?dryRun=maybe", Person(fresh));
        using var read = await client.GetAsync(path);
        using var real = await client.SendAsync(HttpMethod.Post, Registrants, Person(fresh));

        var answers = new List<JsonObject>();
        foreach (var answer in (HttpResponseMessage[])[made, patched, status, deleted])
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Null(answer.Headers.ETag);
            Assert.Null(answer.Headers.Location);
            answers.Add(await answer.ObjectAsync());
        }

        Assert.All(answers, answer => Assert.True((bool)answer["dryRun"]!));
        Assert.Equal("Okiru", (string?)answers[1]["values"]!["surname"]);
        Assert.Equal("inactive", (string?)answers[2]["status"]);
        Assert.Equal("archived", (string?)answers[3]["status"]);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, maybe.StatusCode);
        var record = await read.ObjectAsync();
        Assert.Equal((1, "active"), ((int)record["version"]!, (string?)record["status"]));
        Assert.Null(record["dryRun"]);
        Assert.Equal(HttpStatusCode.Created, real.StatusCode);
    }

    [Theory]
    [InlineData("application/merge-patch+json", HttpStatusCode.OK)]
    [InlineData("application/json", HttpStatusCode.OK)]
    [InlineData("text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/xml", HttpStatusCode.UnsupportedMediaType)]
    public async Task A_patch_is_a_merge_patch(string mediaType, HttpStatusCode expected)
    {
        using var client = await server.Registry.SignedInAsync();
        var (path, _) = await CreateAsync(client);
        using var request = new HttpRequestMessage(HttpMethod.Patch, path)
        {
            Content = HttpForms.Json("""{"values":{"surname":"Okiru"}}""", mediaType),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");

        using var answer = await client.SendAsync(request);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("id", "protected")]
    [InlineData("kind", "protected")]
    [InlineData("version", "protected")]
    [InlineData("status", "protected")]
    [InlineData("attestations", "protected")]
    [InlineData("memberships", "protected")]
    [InlineData("registeredAt", "protected")]
    [InlineData("colour", "unknown")]
    public async Task A_patch_to_what_it_may_not_change_is_refused_by_name(string member, string code)
    {
        using var client = await server.Registry.SignedInAsync();
        var (path, _) = await CreateAsync(client);

        using var refused = await client.SendAsync(
            HttpMethod.Patch,
            path,
            $$$"""{"values":{"surname":"Okiru"},"{{{member}}}":"x"}""",
            ("If-Match", "\"1\"")
        );
        using var read = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var error = (await refused.ObjectAsync())["errors"]![0]!;
        Assert.Equal((member, code), ((string?)error["field"], (string?)error["code"]));
        Assert.Equal(1, (int)(await read.ObjectAsync())["version"]!);
    }

    [Theory]
    [InlineData("GET", "/api/v1/fields?colour=red")]
    [InlineData("GET", "/api/v1/registrants/01a20f09-7da8-7d9e-b33e-5f86917bc2f1?field=surname")]
    [InlineData("GET", "/api/v1/registrants/01a20f09-7da8-7d9e-b33e-5f86917bc2f1/versions?limit=5")]
    [InlineData("GET", "/api/v1/areas?lvl=2")]
    [InlineData("GET", "/api/v1/areas/NW?fields=x")]
    [InlineData("GET", "/api/v1/partners?all=true")]
    [InlineData("GET", "/api/v1/session?x=1")]
    [InlineData("POST", "/api/v1/registrants?dry_run=true")]
    [InlineData("POST", "/api/v1/registrants/search?size=5")]
    public async Task A_query_parameter_that_the_route_does_not_have_is_refused_by_name(string method, string path)
    {
        using var client = await server.Registry.SignedInAsync();

        using var refused = await client.SendAsync(new HttpMethod(method), path, method == "POST" ? "{}" : null);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = await refused.ObjectAsync();
        Assert.Equal("urn:social-registry:problem:request.query_unknown", (string?)problem["type"]);
        Assert.Equal(path[(path.IndexOf('?') + 1)..].Split('=')[0], (string?)problem["errors"]![0]!["field"]);
    }

    [Theory]
    [InlineData("/api/v1/areas?level=1&size=5&text=x&top=true&validOn=2026-01-01&codes=A&within=&parent=")]
    [InlineData("/api/v1/registrants/01a20f09-7da8-7d9e-b33e-5f86917bc2f1?fields=surname&version=1")]
    [InlineData("/api/v1/registrants/01a20f09-7da8-7d9e-b33e-5f86917bc2f1/versions?size=5")]
    public async Task Query_parameters_of_the_route_are_let_through(string path)
    {
        using var client = await server.Registry.SignedInAsync();

        using var answer = await client.GetAsync(path);

        Assert.DoesNotContain("query_unknown", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_is_told_nothing_of_query_parameters()
    {
        using var answer = await server.Registry.Http.GetAsync("/api/v1/fields?colour=red");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Two_idempotency_keys_are_refused()
    {
        using var client = await server.Registry.SignedInAsync();

        using var refused = await client.SendAsync(
            HttpMethod.Post,
            Registrants,
            Person(NextUin()),
            ("Idempotency-Key", "one"),
            ("Idempotency-Key", "two")
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(
            "urn:social-registry:problem:request.header_repeated",
            (string?)(await refused.ObjectAsync())["type"]
        );
    }

    [Fact]
    public async Task No_answer_holds_the_numbers_we_keep_inside()
    {
        using var client = await server.Registry.SignedInAsync();
        var (path, uin) = await CreateAsync(client);
        foreach (var route in (string[])[path, path + "/versions", path + "/disclosures", path + "/attestations"])
        {
            var text = await client.GetStringAsync(route);

            foreach (var name in (string[])["sequence", "epoch", "token", "chainHash", "registrantId"])
            {
                Assert.DoesNotContain("\"" + name + "\"", text, StringComparison.OrdinalIgnoreCase);
            }
        }

        Assert.NotEmpty(uin);
    }

    private static string Status(string status) => $$"""{"status":"{{status}}","reason":"as told"}""";

    private static string Person(string uin) =>
        $$$"""{"kind":"individual","values":{"given_name":"Amara","surname":"Tolvane"},"identifiers":[{"type":"UIN","value":"{{{uin}}}"}]}""";

    private static string NextUin() => "8211" + Interlocked.Increment(ref counter).ToString("D6");

    private static async Task<(string Path, string Uin)> CreateAsync(HttpClient client)
    {
        var uin = NextUin();
        using var created = await client.SendAsync(HttpMethod.Post, Registrants, Person(uin));
        Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        return (created.Headers.Location!.ToString(), uin);
    }

    public sealed class Server : IAsyncLifetime
    {
        public RunningRegistry Registry { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Registry = await RunningRegistry.StartAsync();

        public ValueTask DisposeAsync() => Registry.DisposeAsync();
    }
}
