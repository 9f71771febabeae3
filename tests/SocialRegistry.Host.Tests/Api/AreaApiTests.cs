using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Host.Commands;

namespace SocialRegistry.Host.Tests.Api;

/// <summary>The tree of areas through the front door.</summary>
public sealed class AreaApiTests(AreaApiTests.Server server) : IClassFixture<AreaApiTests.Server>
{
    private const string Square = """{"type":"Polygon","coordinates":[[[10,50],[11,50],[11,51],[10,51],[10,50]]]}""";

    private static int counter;

    [Fact]
    public async Task An_area_is_added_read_changed_moved_and_closed()
    {
        using var client = await server.Registry.SignedInAsync();
        var (top, code) = await TreeAsync(client);
        var path = "/api/v1/areas/" + code;

        using var read = await client.GetAsync(path);
        using var patched = await client.SendAsync(
            HttpMethod.Patch,
            path,
            """{"names":{"fra":"Marche"},"point":{"latitude":1.5,"longitude":2.5},"validFrom":"1970-01-01"}""",
            ("If-Match", "\"1\"")
        );
        using var cleared = await client.SendAsync(
            HttpMethod.Patch,
            path,
            """{"names":{"fra":null},"point":null,"validFrom":null}""",
            ("If-Match", "\"2\"")
        );
        using var moved = await client.SendAsync(
            HttpMethod.Post,
            path + "/move",
            """{"parent":null,"level":1}""",
            ("If-Match", "\"3\"")
        );
        using var closed = await client.SendAsync(
            HttpMethod.Post,
            path + "/close",
            $$"""{"validTo":"2026-12-31","replacedBy":"{{top}}"}""",
            ("If-Match", "\"4\"")
        );
        using var history = await client.GetAsync(path + "/history?size=2");

        Assert.Equal("\"1\"", read.Headers.ETag?.Tag);
        Assert.Equal(top, (string?)(await read.ObjectAsync())["ancestors"]![0]!["code"]);
        var changed = await patched.ObjectAsync();
        Assert.Equal("Marche", (string?)changed["names"]!["fra"]);
        Assert.Equal(2.5, (double)changed["point"]!["longitude"]!);
        var bare = await cleared.ObjectAsync();
        Assert.Null(bare["point"]);
        Assert.Null(bare["names"]!["fra"]);
        Assert.Null(bare["validFrom"]);
        Assert.Null((await moved.ObjectAsync())["parent"]);
        Assert.Equal("\"5\"", closed.Headers.ETag?.Tag);
        Assert.Equal(top, (string?)(await closed.ObjectAsync())["replacedBy"]);
        var entries = await history.ObjectAsync();
        Assert.Equal(["closed", "moved"], entries["items"]!.AsArray().Select(h => (string?)h!["operation"]));
        Assert.Equal("4", (string?)entries["next"]);
    }

    [Fact]
    public async Task Areas_are_listed_by_every_question()
    {
        using var client = await server.Registry.SignedInAsync();
        var (top, code) = await TreeAsync(client);

        Assert.Equal([code], await CodesAsync(client, $"/api/v1/areas/{top}/children"));
        Assert.Equal([code], await CodesAsync(client, $"/api/v1/areas?parent={top}"));
        Assert.Equal([code], await CodesAsync(client, $"/api/v1/areas?within={top}&level=2"));
        Assert.Equal([code], await CodesAsync(client, $"/api/v1/areas?within={top}&text=nOrDm"));
        Assert.Equal([code], await CodesAsync(client, $"/api/v1/areas?codes={code},none"));
        Assert.Equal([top], await CodesAsync(client, $"/api/v1/areas?top=true&codes={code},{top}"));
        Assert.Equal([top], await CodesAsync(client, $"/api/v1/areas?within={top}&size=1&validOn=2026-01-01"));
        foreach (
            var path in (string[])
                [
                    "/api/v1/areas?parent=none",
                    "/api/v1/areas?level=0",
                    "/api/v1/areas?size=501",
                    "/api/v1/areas?validOn=x",
                ]
        )
        {
            using var refused = await client.GetAsync(path);

            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        using var none = await client.GetAsync("/api/v1/areas/none/children");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task A_boundary_is_put_read_and_deleted()
    {
        using var client = await server.Registry.SignedInAsync();
        var (_, code) = await TreeAsync(client);
        var path = $"/api/v1/areas/{code}/boundary";

        using var put = await client.SendAsync(HttpMethod.Put, path, Square, ("If-Match", "\"1\""));
        using var read = await client.GetAsync(path);
        using var open = await client.SendAsync(
            HttpMethod.Put,
            path,
            Square.Replace(",[10,50]]", "]", StringComparison.Ordinal),
            ("If-Match", "\"2\"")
        );
        using var deleted = await client.SendAsync(HttpMethod.Delete, path, null, ("If-Match", "\"2\""));
        using var gone = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal("\"2\"", read.Headers.ETag?.Tag);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Square), await read.ObjectAsync()));
        Assert.Equal(HttpStatusCode.BadRequest, open.StatusCode);
        Assert.Equal("boundary.coordinates[0]", (string?)(await open.ObjectAsync())["errors"]![0]!["field"]);
        Assert.False((bool)(await deleted.ObjectAsync())["hasBoundary"]!);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Changes_need_the_version_the_permission_and_a_good_body()
    {
        using var client = await server.Registry.SignedInAsync();
        using var narrow = await server.Registry.SignedInAsync(RunningRegistry.Narrow);
        var (top, code) = await TreeAsync(client);
        var path = "/api/v1/areas/" + code;
        const string names = """{"names":{"eng":"X"}}""";

        using var read = await narrow.GetAsync(path);
        using var forbidden = await narrow.SendAsync(HttpMethod.Patch, path, names, ("If-Match", "\"1\""));
        using var stranger = await server.Registry.Http.GetAsync(path);
        using var without = await client.SendAsync(HttpMethod.Patch, path, names);
        using var stale = await client.SendAsync(HttpMethod.Patch, path, names, ("If-Match", "\"7\""));
        using var circle = await client.SendAsync(
            HttpMethod.Post,
            $"/api/v1/areas/{top}/move",
            $$"""{"parent":"{{code}}"}""",
            ("If-Match", "\"1\"")
        );
        using var taken = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/areas",
            $$$"""{"code":"{{{code.ToLowerInvariant()}}}","level":1,"names":{"eng":"X"}}"""
        );

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionRequired, without.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal("\"1\"", stale.Headers.ETag?.Tag);
        Assert.Equal(HttpStatusCode.Conflict, circle.StatusCode);
        Assert.Equal("urn:social-registry:problem:areas.cycle", (string?)(await circle.ObjectAsync())["type"]);
        Assert.Equal(HttpStatusCode.Conflict, taken.StatusCode);
    }

    [Theory]
    [InlineData("""{"code":"a/b","level":1,"names":{"eng":"X"}}""")]
    [InlineData("""{"code":"AB","level":0,"names":{"eng":"X"}}""")]
    [InlineData("""{"code":"AB","level":1,"names":{"fra":"X"}}""")]
    [InlineData("""{"code":"AB","level":1,"names":{"eng":"X"},"size":3}""")]
    [InlineData("""{"code":"AB","level":1,"names":{"eng":"X"},"point":{"latitude":91,"longitude":0}}""")]
    [InlineData("""{"code":"AB","level":1}""")]
    public async Task A_bad_area_is_refused(string body)
    {
        using var client = await server.Registry.SignedInAsync();

        using var refused = await client.SendAsync(HttpMethod.Post, "/api/v1/areas", body);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Theory]
    [InlineData("""{"point":{"latitude":1}}""", "point")]
    [InlineData("""{"point":"here"}""", "point")]
    [InlineData("""{"validFrom":"01.01.2020"}""", "validFrom")]
    [InlineData("""{"names":{"english":"X"}}""", "names")]
    public async Task A_bad_change_is_refused_with_the_member_named(string body, string field)
    {
        using var client = await server.Registry.SignedInAsync();
        var (_, code) = await TreeAsync(client);

        using var refused = await client.SendAsync(
            HttpMethod.Patch,
            "/api/v1/areas/" + code,
            body,
            ("If-Match", "\"1\"")
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal(field, (string?)(await refused.ObjectAsync())["errors"]![0]!["field"]);
    }

    [Fact]
    public async Task A_person_with_an_unknown_area_is_refused_and_the_field_named()
    {
        using var client = await server.Registry.SignedInAsync();
        var (_, code) = await TreeAsync(client);

        using var unknown = await client.SendAsync(HttpMethod.Post, "/api/v1/registrants", Person("nowhere"));
        using var known = await client.SendAsync(HttpMethod.Post, "/api/v1/registrants", Person(code));

        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Equal("area", (string?)(await unknown.ObjectAsync())["errors"]![0]!["field"]);
        Assert.Equal(HttpStatusCode.Created, known.StatusCode);

        static string Person(string area) =>
            $$$"""{"kind":"individual","values":{"given_name":"Amara","area":"{{{area}}}"}}""";
    }

    [Fact]
    public async Task Levels_are_named()
    {
        await using var own = await RunningRegistry.StartAsync();
        using var client = await own.SignedInAsync();

        using var named = await client.SendAsync(
            HttpMethod.Put,
            "/api/v1/area-levels/1",
            """{"names":{"eng":"Country"}}"""
        );
        using var bad = await client.SendAsync(
            HttpMethod.Put,
            "/api/v1/area-levels/13",
            """{"names":{"eng":"Country"}}"""
        );
        using var levels = await client.GetAsync("/api/v1/area-levels");

        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal("Country", (string?)(await levels.ObjectAsync())["items"]![0]!["names"]!["eng"]);
    }

    [Fact]
    public async Task The_bootstrap_file_brings_areas_and_is_refused_whole_when_one_is_wrong()
    {
        var folder = Directory.CreateTempSubdirectory("registry-areas-").FullName;
        var good = Path.Combine(folder, "good.json");
        await File.WriteAllTextAsync(
            good,
            """{"areas":[{"code":"NW-1","parent":"NW","names":{"eng":"Nordmark"}},{"code":"NW","level":1,"names":{"eng":"Norwind"}}]}"""
        );
        await using var registry = await RunningRegistry.StartAsync();
        await using var app = registry.App.Services.CreateAsyncScope();
        var areas = app.ServiceProvider.GetRequiredService<IAreas>();

        await Host.Server.Bootstrap.ApplyAsync(registry.App, good, CancellationToken.None);
        var child = await areas.GetAsync("NW-1", Caller.System("test", "test"), CancellationToken.None);
        Assert.Equal(2, child.Require().Level);

        await Host.Server.Bootstrap.ApplyAsync(registry.App, good, CancellationToken.None);
        Assert.Equal(
            1,
            (await areas.GetAsync("NW-1", Caller.System("test", "test"), CancellationToken.None)).Require().Version
        );

        foreach (
            var (text, place) in ((string, string)[])
                [
                    ("""{"areas":[{"code":"A","names":{"eng":"A"}},{"code":"B","parent":"C"}]}""", "$.areas[1].parent"),
                    ("""{"areas":[{"code":"A","level":"one"}]}""", "$.areas[0].level"),
                    ("""{"areas":[{"code":"A","size":1}]}""", "$.areas[0]"),
                    ("""{"areas":"A"}""", "$.areas"),
                ]
        )
        {
            var bad = Path.Combine(folder, "bad.json");
            await File.WriteAllTextAsync(bad, text);

            var refused = await Assert.ThrowsAsync<OperatorException>(() =>
                Host.Server.Bootstrap.ApplyAsync(registry.App, bad, CancellationToken.None)
            );

            Assert.Contains(place, refused.Message, StringComparison.Ordinal);
        }

        Assert.False((await areas.GetAsync("A", Caller.System("test", "test"), CancellationToken.None)).Succeeded);
    }

    private static async Task<(string Top, string Code)> TreeAsync(HttpClient client)
    {
        var n = Interlocked.Increment(ref counter);
        var (top, code) = ($"T{n}", $"T{n}-1");
        foreach (
            var body in (string[])
                [
                    $$$"""{"code":"{{{top}}}","level":1,"names":{"eng":"Norwind"}}""",
                    $$$"""{"code":"{{{code}}}","level":2,"parent":"{{{top}}}","names":{"eng":"Nordmark"}}""",
                ]
        )
        {
            using var created = await client.SendAsync(HttpMethod.Post, "/api/v1/areas", body);
            Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        }

        return (top, code);
    }

    private static async Task<IEnumerable<string?>> CodesAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        var page = await answer.ObjectAsync();
        Assert.True(answer.IsSuccessStatusCode, page.ToJsonString());
        return page["items"]!.AsArray().Select(a => (string?)a!["code"]);
    }

    public sealed class Server : IAsyncLifetime
    {
        public RunningRegistry Registry { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Registry = await RunningRegistry.StartAsync();

        public ValueTask DisposeAsync() => Registry.DisposeAsync();
    }
}
