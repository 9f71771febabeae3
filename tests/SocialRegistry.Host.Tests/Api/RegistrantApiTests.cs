using System.Net;
using System.Text.Json.Nodes;

namespace SocialRegistry.Host.Tests.Api;

/// <summary>Our own REST API through its front door.</summary>
public sealed class RegistrantApiTests(RegistrantApiTests.Server server) : IClassFixture<RegistrantApiTests.Server>
{
    private static int counter = 1000;

    [Fact]
    public async Task A_stored_record_is_answered_with_location_and_etag_and_read_back()
    {
        using var client = await server.Registry.SignedInAsync();
        var uin = NextUin();

        using var created = await client.SendAsync(HttpMethod.Post, "/api/v1/registrants", Person(uin));

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("\"1\"", created.Headers.ETag?.Tag);
        using var read = await client.GetAsync(created.Headers.Location);
        var record = await read.ObjectAsync();
        Assert.Equal("Amara", (string?)record["values"]!["given_name"]);
        Assert.Equal(uin, (string?)record["identifiers"]![0]!["value"]);
        Assert.Equal(1, (long)record["version"]!);
    }

    [Fact]
    public async Task A_change_needs_the_version_it_has_seen()
    {
        using var client = await server.Registry.SignedInAsync();
        var path = await CreateAsync(client, NextUin());
        const string body = """{"values":{"surname":"Okiru"}}""";

        using var without = await client.SendAsync(HttpMethod.Patch, path, body);
        using var first = await client.SendAsync(HttpMethod.Patch, path, body, ("If-Match", "\"1\""));
        using var stale = await client.SendAsync(HttpMethod.Patch, path, body, ("If-Match", "\"1\""));
        using var weak = await client.SendAsync(HttpMethod.Patch, path, body, ("If-Match", "*"));

        Assert.Equal(HttpStatusCode.PreconditionRequired, without.StatusCode);
        Assert.Equal("\"2\"", first.Headers.ETag?.Tag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal("\"2\"", stale.Headers.ETag?.Tag);
        Assert.Equal(HttpStatusCode.BadRequest, weak.StatusCode);
    }

    [Fact]
    public async Task The_same_idempotency_key_makes_one_record()
    {
        using var client = await server.Registry.SignedInAsync();
        var body = Person(NextUin());

        using var first = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/registrants",
            body,
            ("Idempotency-Key", "k-1")
        );
        using var again = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/registrants",
            body,
            ("Idempotency-Key", "k-1")
        );
        using var other = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/registrants",
            Person(NextUin()),
            ("Idempotency-Key", "k-1")
        );

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }

    [Fact]
    public async Task An_archived_record_is_gone_and_found_no_more()
    {
        using var client = await server.Registry.SignedInAsync();
        var uin = NextUin();
        var path = await CreateAsync(client, uin);

        using var deleted = await client.SendAsync(
            HttpMethod.Delete,
            path + "?reason=entered_in_error",
            null,
            ("If-Match", "\"1\"")
        );
        using var read = await client.GetAsync(path);
        using var search = await client.SendAsync(HttpMethod.Post, "/api/v1/registrants/search", ByUin(uin));

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        Assert.Empty((await search.ObjectAsync())["items"]!.AsArray());
    }

    [Fact]
    public async Task A_partner_receives_only_its_fields_and_the_showing_is_logged()
    {
        using var client = await server.Registry.SignedInAsync();
        using var narrow = await server.Registry.SignedInAsync(RunningRegistry.Narrow);
        var uin = NextUin();
        var path = await CreateAsync(client, uin);

        using var search = await narrow.SendAsync(HttpMethod.Post, "/api/v1/registrants/search", ByUin(uin));

        var record = (await search.ObjectAsync())["items"]![0]!;
        Assert.Equal(["birth_date", "given_name"], record["values"]!.AsObject().Select(v => v.Key).Order());
        using var disclosures = await client.GetAsync(path + "/disclosures");
        var shown = (await disclosures.ObjectAsync())["items"]!.AsArray();
        Assert.Contains(shown, d => (string?)d!["shownTo"] == RunningRegistry.Narrow);
    }

    [Theory]
    [InlineData("""{"kind":"individual","values":{"given_name":"A","shoe_size":"41"}}""", "shoe_size")]
    [InlineData("""{"kind":"individual","values":{"given_name":7}}""", "given_name")]
    [InlineData("""{"kind":"individual","values":{"given_name":"A","sex":"woman-ish"}}""", "sex")]
    [InlineData("""{"kind":"individual","values":{"given_name":"A","birth_date":"17.04.1991"}}""", "birth_date")]
    public async Task A_wrong_value_is_refused_by_the_name_of_its_field(string body, string field)
    {
        using var client = await server.Registry.SignedInAsync();

        using var answer = await client.SendAsync(HttpMethod.Post, "/api/v1/registrants", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.ObjectAsync();
        Assert.StartsWith("urn:social-registry:problem:", (string?)problem["type"], StringComparison.Ordinal);
        Assert.Contains(
            problem["errors"]!.AsArray(),
            e => ((string?)e!["field"])!.Contains(field, StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("""{"kind":"company","values":{"given_name":"A"}}""")]
    [InlineData("""{"kind":"individual","values":{"given_name":"A"},"colour":"red"}""")]
    [InlineData("""{"kind":"individual","values":{"given_name":"A"},"kind":"group"}""")]
    [InlineData("""{"kind":"individual","values":{"given_name":"A"},"identifiers":[{"type":"SHOE","value":"1"}]}""")]
    [InlineData("""{"kind":"individual"}""")]
    [InlineData("""{"kind":"individual","values":{"given_name":"A"}""")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("null")]
    public async Task A_wrong_body_is_a_problem_and_stores_nothing(string body)
    {
        using var client = await server.Registry.SignedInAsync();

        using var answer = await client.SendAsync(HttpMethod.Post, "/api/v1/registrants", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("   at ", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_nested_a_thousand_deep_is_refused()
    {
        using var client = await server.Registry.SignedInAsync();
        var deep =
            """{"kind":"individual","values":{"given_name":""" + new string('[', 1000) + new string(']', 1000) + "}}";

        using var answer = await client.SendAsync(HttpMethod.Post, "/api/v1/registrants", deep);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_with_413()
    {
        using var client = await server.Registry.SignedInAsync();
        var large = """{"kind":"individual","values":{"given_name":""" + '"' + new string('a', 5_000_000) + "\"}}";

        using var answer = await client.SendAsync(HttpMethod.Post, "/api/v1/registrants", large);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Another_media_type_is_refused_with_415()
    {
        using var client = await server.Registry.SignedInAsync();
        using var body = HttpForms.Json(Person(NextUin()), "text/plain");

        using var answer = await client.PostAsync("/api/v1/registrants", body);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData("""{"query":{"field":"given_name","op":"soundsLike","value":"x"}}""")]
    [InlineData("""{"query":{"identifier":{"type":"SHOE","value":"1"}}}""")]
    [InlineData("""{"query":{"identifier":{"type":"UIN","value":"1"},"and":[]}}""")]
    [InlineData("""{"query":{}}""")]
    [InlineData("""{"query":{"identifier":{"type":"UIN","value":"1"}},"sorted":true}""")]
    public async Task An_unknown_operator_or_identifier_type_is_refused(string body)
    {
        using var client = await server.Registry.SignedInAsync();

        using var answer = await client.SendAsync(HttpMethod.Post, "/api/v1/registrants/search", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_answered_and_a_missing_scope_is_forbidden()
    {
        using var weak = await server.Registry.SignedInAsync(scope: "registry.search");

        using var anonymous = await server.Registry.Http.SendAsync(
            HttpMethod.Post,
            "/api/v1/registrants",
            Person(NextUin())
        );
        using var forbidden = await weak.SendAsync(HttpMethod.Post, "/api/v1/registrants", Person(NextUin()));

        Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
        Assert.Contains("Bearer", anonymous.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
    }

    [Fact]
    public async Task Who_may_not_see_a_field_cannot_guess_it_by_writing()
    {
        using var client = await server.Registry.SignedInAsync();
        using var writer = await server.Registry.SignedInAsync(RunningRegistry.Writer);
        var path = await CreateAsync(client, NextUin());

        using var guess = await writer.SendAsync(
            HttpMethod.Patch,
            path,
            """{"values":{"birth_date":"1991-04-17"}}""",
            ("If-Match", "\"1\"")
        );
        using var allowed = await writer.SendAsync(
            HttpMethod.Patch,
            path,
            """{"values":{"given_name":"Amira"},"identifiers":[]}""",
            ("If-Match", "\"1\"")
        );
        using var read = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, guess.StatusCode);
        Assert.Equal("scope", (string?)(await guess.ObjectAsync())["errors"]![0]!["code"]);
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Single((await read.ObjectAsync())["identifiers"]!.AsArray());
    }

    [Theory]
    [InlineData("""{"values":null}""")]
    [InlineData("""{"values":{"given_name":"\ud800"}}""")]
    public async Task Null_and_broken_text_are_refused_in_our_own_form(string body)
    {
        using var client = await server.Registry.SignedInAsync();
        var path = await CreateAsync(client, NextUin());

        using var answer = await client.SendAsync(HttpMethod.Patch, path, body, ("If-Match", "\"1\""));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith(
            "urn:social-registry:problem:",
            (string?)(await answer.ObjectAsync())["type"],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_attested_field_falls_back_to_new_when_its_value_changes()
    {
        using var client = await server.Registry.SignedInAsync();
        var path = await CreateAsync(client, NextUin());
        using var attested = await client.SendAsync(
            HttpMethod.Put,
            path + "/attestations/surname",
            """{"status":"ATTESTED","comments":"Seen"}"""
        );
        Assert.Equal(HttpStatusCode.OK, attested.StatusCode);
        using var before = await client.GetAsync(path);
        using var change = await client.SendAsync(
            HttpMethod.Patch,
            path,
            """{"values":{"surname":"Okiru"}}""",
            ("If-Match", before.Headers.ETag!.Tag)
        );
        Assert.Equal(HttpStatusCode.OK, change.StatusCode);

        using var after = await client.GetAsync(path);

        Assert.Equal("ATTESTED", StatusOf(await before.ObjectAsync(), "surname"));
        Assert.Equal("NEW", StatusOf(await after.ObjectAsync(), "surname"));
    }

    private static string? StatusOf(JsonObject record, string field) =>
        (string?)record["attestations"]!.AsArray().Single(a => (string?)a!["field"] == field)!["status"];

    private static async Task<string> CreateAsync(HttpClient client, string uin)
    {
        using var created = await client.SendAsync(HttpMethod.Post, "/api/v1/registrants", Person(uin));
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return created.Headers.Location!.OriginalString;
    }

    private static string NextUin() => $"536048{Interlocked.Increment(ref counter)}";

    private static string ByUin(string uin) => $$$$"""{"query":{"identifier":{"type":"UIN","value":"{{{{uin}}}}"}}}""";

    private static string Person(string uin) =>
        $$"""
            {"kind":"individual",
             "values":{"given_name":"Amara","surname":"Tolvane","sex":"female","birth_date":"1991-04-17"},
             "identifiers":[{"type":"UIN","value":"{{uin}}"}]}
            """;

    public sealed class Server : IAsyncLifetime
    {
        public RunningRegistry Registry { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Registry = await RunningRegistry.StartAsync();

        public ValueTask DisposeAsync() => Registry.DisposeAsync();
    }
}
