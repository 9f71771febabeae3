using System.Net;

namespace SocialRegistry.Host.Tests.Api;

/// <summary>Statements on values through the front door.</summary>
public sealed class AttestationApiTests(AttestationApiTests.Server server) : IClassFixture<AttestationApiTests.Server>
{
    [Fact]
    public async Task Many_statements_are_answered_each_and_leave_the_queue()
    {
        using var client = await server.Registry.SignedInAsync();
        var id = await StoreAsync(client, "NOWHERE-1");
        var waiting = await WaitingAsync(client, "?area=NOWHERE-1&field=surname");
        Assert.Equal((id, "surname", "NEW"), Assert.Single(waiting));

        using var answer = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/attestations",
            $$"""
            {"statements":[
              {"registrant":"{{id}}","field":"surname","status":"ATTESTED","evidence":"passport"},
              {"registrant":"{{id}}","field":"given_name","status":"FINE"},
              {"registrant":"{{id}}","field":"sex","status":"ATTESTED","valueHash":"stale"}]}
            """
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var outcomes = (await answer.ObjectAsync())["outcomes"]!.AsArray();
        Assert.Equal("ATTESTED", (string?)outcomes[0]!["attestation"]!["status"]);
        Assert.Equal("attestations.invalid", (string?)outcomes[1]!["problem"]!["code"]);
        Assert.Equal("status", (string?)outcomes[1]!["problem"]!["errors"]![0]!["field"]);
        Assert.Equal("attestations.value_changed", (string?)outcomes[2]!["problem"]!["code"]);
        Assert.Empty(await WaitingAsync(client, "?area=NOWHERE-1&field=surname"));
        using var history = await client.GetAsync($"/api/v1/registrants/{id}/attestations/surname/history");
        Assert.Equal("passport", (string?)(await history.ObjectAsync())["items"]![0]!["evidence"]);
    }

    [Theory]
    [InlineData("""{"statements":[]}""")]
    [InlineData("""{}""")]
    [InlineData("""{"statements":[null]}""")]
    [InlineData("""{"statements":[{"registrant":"7","field":"surname","status":"ATTESTED"}]}""")]
    [InlineData("""{"statements":[{"field":"surname","status":"ATTESTED"}]}""")]
    [InlineData("""{"statements":[],"more":1}""")]
    public async Task A_call_that_is_no_list_of_statements_is_refused_whole(string body)
    {
        using var client = await server.Registry.SignedInAsync();

        using var answer = await client.SendAsync(HttpMethod.Post, "/api/v1/attestations", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("/api/v1/attestations/waiting?colour=red")]
    [InlineData("/api/v1/attestations/waiting?after=somewhere")]
    [InlineData("/api/v1/attestations/waiting?size=0")]
    [InlineData("/api/v1/attestations/waiting?kind=cat")]
    [InlineData("/api/v1/attestations/waiting?field=no_such_field")]
    public async Task A_queue_that_cannot_be_is_refused(string path)
    {
        using var client = await server.Registry.SignedInAsync();

        using var answer = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_history_of_a_field_or_record_that_is_not_there_is_told()
    {
        using var client = await server.Registry.SignedInAsync();
        var id = await StoreAsync(client, "NOWHERE-2");

        using var field = await client.GetAsync($"/api/v1/registrants/{id}/attestations/no_such_field/history");
        using var record = await client.GetAsync(
            "/api/v1/registrants/019e0000-0000-7000-8000-000000000000/attestations/surname/history"
        );

        Assert.Equal(HttpStatusCode.BadRequest, field.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, record.StatusCode);
    }

    private static async Task<string> StoreAsync(HttpClient client, string area)
    {
        var uin = "7" + Random.Shared.NextInt64(1_000_000_000, 9_999_999_999);
        using var stored = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/registrants",
            $$"""
            {"kind":"individual","values":{"given_name":"Amira","surname":"Solbakk","sex":"female","area":"{{area}}"},
             "identifiers":[{"type":"UIN","value":"{{uin}}"}]}
            """
        );
        Assert.Equal(HttpStatusCode.Created, stored.StatusCode);
        return (string)(await stored.ObjectAsync())["id"]!;
    }

    private static async Task<List<(string?, string?, string?)>> WaitingAsync(HttpClient client, string query)
    {
        using var answer = await client.GetAsync("/api/v1/attestations/waiting" + query);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return
        [
            .. (await answer.ObjectAsync())["items"]!
                .AsArray()
                .Select(i => ((string?)i!["registrant"], (string?)i["field"], (string?)i["status"])),
        ];
    }

    public sealed class Server : IAsyncLifetime
    {
        public RunningRegistry Registry { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Registry = await RunningRegistry.StartAsync();

        public async ValueTask DisposeAsync() => await Registry.DisposeAsync();
    }
}
