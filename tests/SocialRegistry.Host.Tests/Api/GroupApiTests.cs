using System.Net;
using System.Text.Json.Nodes;
using SocialRegistry.Storage;

namespace SocialRegistry.Host.Tests.Api;

/// <summary>Groups and households through the front door.</summary>
public abstract class GroupApiTests(GroupApiTests.Server server)
{
    private static int counter = 1000;

    [Fact]
    public async Task A_household_is_stored_with_members_read_and_its_counts_are_computed()
    {
        using var client = await SignedInAsync();
        var (head, child) = (await PersonAsync(client), await PersonAsync(client, "2022-05-05"));
        var body = $$"""
            {"values":{"group_type":"2","area":"N-01-004"},
             "members":[{"member":"{{head}}","kinds":["head"]},{"member":"{{child}}","kinds":["child"],"startedOn":"2022-05-05"}]}
            """;
        var key = ("Idempotency-Key", "household-" + Next());

        using var created = await client.SendAsync(HttpMethod.Post, "/api/v1/groups", body, key);
        using var again = await client.SendAsync(HttpMethod.Post, "/api/v1/groups", body, key);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("\"1\"", created.Headers.ETag?.Tag);
        Assert.Equal(created.Headers.Location, again.Headers.Location);
        using var read = await client.GetAsync(created.Headers.Location);
        var record = await read.ObjectAsync();
        Assert.Equal(2, (int)record["derived"]!["group_size"]!);
        Assert.Equal(1, (int)record["derived"]!["children_under_18"]!);
        Assert.Equal(2, record["memberships"]!.AsArray().Count);
        using var members = await client.GetAsync($"/api/v1/groups/{record["id"]}/members?size=1&fields=given_name");
        var page = await members.ObjectAsync();
        var member = Assert.Single(page["items"]!.AsArray())!;
        Assert.Equal("Amara", (string?)member["values"]!["given_name"]);
        Assert.NotNull((string?)page["next"]);
    }

    [Fact]
    public async Task Every_household_operation_is_one_call()
    {
        using var client = await SignedInAsync();
        var (group, head, spouse, child) = await HouseholdAsync(client);
        var (other, otherHead, _, _) = await HouseholdAsync(client);

        var dry = await OkAsync(
            client,
            $"{group}/move?dryRun=true",
            $$"""{"member":"{{child}}","toGroup":"{{other}}"}"""
        );
        var moved = await OkAsync(
            client,
            $"{group}/move",
            $$"""{"member":"{{child}}","toGroup":"{{other}}","effectiveOn":"2024-01-01"}"""
        );
        var split = await OkAsync(
            client,
            $"{other}/split",
            $$$"""{"members":[{"member":"{{{child}}}","kinds":[]}],"head":"{{{child}}}","values":{"group_name":"Young ones"}}"""
        );
        var headed = await OkAsync(
            client,
            $"{group}/head",
            $$"""{"head":"{{spouse}}","kinds":[{"member":"{{head}}","kinds":["spouse"]}],"reason":"asked for it"}"""
        );
        var left = await OkAsync(client, $"{group}/exit", $$"""{"member":"{{head}}","endReason":"abroad"}""");
        var merged = await OkAsync(client, $"{group}/merge", $$"""{"other":"{{other}}","head":"{{otherHead}}"}""");
        var young = (string)split["newGroup"]!;
        var dissolved = await OkAsync(client, $"{young}/dissolve", "{}");

        Assert.True((bool)dry["dryRun"]!);
        Assert.False((bool)moved["dryRun"]!);
        Assert.Equal("2024-01-01", (string?)moved["memberships"]![0]!["endedOn"]);
        Assert.Equal(2, headed["memberships"]!.AsArray().Count);
        Assert.Equal("abroad", (string?)left["memberships"]![0]!["endReason"]);
        Assert.Contains(merged["groups"]!.AsArray(), g => (string?)g!["mergedInto"] == group);
        Assert.Equal("inactive", (string?)dissolved["groups"]![0]!["status"]);
        using var gone = await client.GetAsync($"/api/v1/registrants/{other}");
        var record = await gone.ObjectAsync();
        Assert.Equal(("merged", group), ((string?)record["status"], (string?)record["mergedInto"]));
        using var history = await client.GetAsync($"/api/v1/registrants/{child}/memberships?all=true");
        Assert.Equal(3, (await history.ObjectAsync())["items"]!.AsArray().Count);
        using var then = await client.GetAsync($"/api/v1/groups/{group}/members?at=2023-06-01");
        Assert.Contains(
            (await then.ObjectAsync())["items"]!.AsArray(),
            m => (string?)m!["membership"]!["member"] == child
        );
    }

    [Fact]
    public async Task A_membership_is_added_changed_and_ended()
    {
        using var client = await SignedInAsync();
        var (group, _, spouse, _) = await HouseholdAsync(client);
        var path = $"/api/v1/groups/{group}/members/{spouse}";

        using var stale = await client.SendAsync(
            HttpMethod.Patch,
            path,
            """{"kinds":["lodger"]}""",
            ("If-Match", "\"9\"")
        );
        using var blind = await client.SendAsync(HttpMethod.Patch, path, """{"kinds":["lodger"]}""");
        using var changed = await client.SendAsync(
            HttpMethod.Patch,
            path,
            """{"kinds":["lodger"]}""",
            ("If-Match", "\"4\"")
        );
        using var read = await client.GetAsync("/api/v1/registrants/" + group);
        using var ended = await FreshAsync(client, HttpMethod.Delete, path + "?reason=left&endedOn=2026-01-01");
        using var again = await FreshAsync(client, HttpMethod.Delete, path);

        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal("\"4\"", stale.Headers.ETag?.Tag);
        Assert.Equal(HttpStatusCode.PreconditionRequired, blind.StatusCode);
        Assert.Equal(("\"5\"", "\"5\""), (changed.Headers.ETag?.Tag, read.Headers.ETag?.Tag));
        Assert.Equal("\"6\"", ended.Headers.ETag?.Tag);
        Assert.Equal("lodger", (string?)(await changed.ObjectAsync())["kinds"]![0]);
        Assert.Equal("2026-01-01", (string?)(await ended.ObjectAsync())["memberships"]![0]!["endedOn"]);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task The_death_of_a_head_is_answered_with_the_household_that_is_to_be_seen_to()
    {
        using var client = await SignedInAsync();
        var (group, head, spouse, _) = await HouseholdAsync(client);

        using var dead = await client.SendAsync(
            HttpMethod.Post,
            $"/api/v1/registrants/{head}/status",
            """{"status":"deceased","reason":"told by the spouse","on":"2026-01-01"}""",
            ("If-Match", "\"1\"")
        );
        using var headless = await client.GetAsync($"/api/v1/registrants/{group}");
        using var living = await client.SendAsync(
            HttpMethod.Post,
            $"/api/v1/registrants/{spouse}/status",
            """{"status":"inactive","reason":"moved abroad"}""",
            ("If-Match", "\"1\"")
        );
        using var patched = await client.SendAsync(
            HttpMethod.Patch,
            $"/api/v1/registrants/{spouse}",
            """{"warnings":[]}""",
            ("If-Match", "\"2\"")
        );

        Assert.Equal(HttpStatusCode.OK, dead.StatusCode);
        var warning = Assert.Single((await dead.ObjectAsync())["warnings"]!.AsArray())!;
        Assert.Equal(("groups.without_living_head", group), ((string?)warning["code"], (string?)warning["registrant"]));
        Assert.True((bool)(await headless.ObjectAsync())["derived"]!["without_living_head"]!);
        Assert.Null((await living.ObjectAsync())["warnings"]);
        Assert.Equal("urn:social-registry:problem:registrants.patch_protected", await TypeAsync(patched));
    }

    [Fact]
    public async Task Of_two_who_join_under_the_same_ETag_one_is_told_to_read_again()
    {
        using var client = await SignedInAsync();
        var (group, _, _, _) = await HouseholdAsync(client);
        var persons = new[] { await PersonAsync(client), await PersonAsync(client) };

        var answers = await Task.WhenAll(
            persons.Select(p =>
                client.SendAsync(
                    HttpMethod.Post,
                    $"/api/v1/groups/{group}/members",
                    $$"""{"member":"{{p}}"}""",
                    ("If-Match", "\"4\"")
                )
            )
        );

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.PreconditionFailed], answers.Select(a => a.StatusCode).Order());
        Assert.All(answers, a => Assert.Equal("\"5\"", a.Headers.ETag?.Tag));
        using var members = await client.GetAsync($"/api/v1/groups/{group}/members");
        Assert.Equal(4, (await members.ObjectAsync())["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Several_members_change_in_one_call_or_none_does()
    {
        using var client = await SignedInAsync();
        var (group, head, spouse, child) = await HouseholdAsync(client);
        var (one, two) = (await PersonAsync(client), await PersonAsync(client));
        var body = $$"""
            {"end":[{"member":"{{head}}","endReason":"deceased"}],"change":[{"member":"{{spouse}}","kinds":["head"]}],
             "add":[{"member":"{{one}}"},{"member":"{{two}}","kinds":["lodger"]}]}
            """;

        using var half = await FreshAsync(
            client,
            HttpMethod.Post,
            $"/api/v1/groups/{group}/members/batch",
            $$"""{"end":[{"member":"{{child}}"}],"add":[{"member":"{{one}}"},{"member":"{{spouse}}"}]}"""
        );
        var dry = await OkAsync(client, group + "/members/batch?dryRun=true", body);
        using var before = await client.GetAsync($"/api/v1/registrants/{group}");
        var done = await OkAsync(client, group + "/members/batch", body);
        using var after = await client.GetAsync($"/api/v1/registrants/{group}");

        Assert.Equal(HttpStatusCode.Conflict, half.StatusCode);
        Assert.True((bool)dry["dryRun"]!);
        Assert.Equal(("\"4\"", "\"5\""), (before.Headers.ETag?.Tag, after.Headers.ETag?.Tag));
        Assert.Equal(4, done["memberships"]!.AsArray().Count);
        Assert.Equal(
            new[] { spouse, child, one, two }.Order(),
            (await after.ObjectAsync())["memberships"]!.AsArray().Select(m => (string)m!["member"]!).Order()
        );
    }

    [Fact]
    public async Task A_head_does_not_leave_a_household_behind()
    {
        using var client = await SignedInAsync();
        var (group, head, spouse, _) = await HouseholdAsync(client);
        var path = $"/api/v1/groups/{group}/members/{head}";

        using var refused = await FreshAsync(client, HttpMethod.Delete, path);
        using var second = await FreshAsync(
            client,
            HttpMethod.Patch,
            $"/api/v1/groups/{group}/members/{spouse}",
            """{"kinds":["head"]}"""
        );
        using var followed = await FreshAsync(client, HttpMethod.Delete, $"{path}?reason=deceased&newHead={spouse}");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Equal("urn:social-registry:problem:groups.head_required", await TypeAsync(refused));
        Assert.Equal("urn:social-registry:problem:groups.head_exists", await TypeAsync(second));
        Assert.Equal(HttpStatusCode.OK, followed.StatusCode);
    }

    [Theory]
    [InlineData("members", """{"member":"{0}","kinds":["captain"]}""", 400)]
    [InlineData("members", """{"member":"{0}","kinds":["head"],"shoe":1}""", 400)]
    [InlineData("members", """{"member":"{0}","startedOn":"2999-01-01"}""", 400)]
    [InlineData("members", """{"member":"{0}","endReason":"left"}""", 400)]
    [InlineData("members", """{"member":"nobody"}""", 404)]
    [InlineData("members", """{"kinds":[]}""", 400)]
    [InlineData("members/batch", "{}", 400)]
    [InlineData("members/batch", """{"add":[{"member":"{0}"}],"end":[{"member":"{0}"}]}""", 400)]
    [InlineData("members/batch", """{"add":[{"member":"{0}"}],"change":[{"member":"x"}]}""", 400)]
    [InlineData("members/batch", """{"add":[{"member":"{0}"}],"end":[null]}""", 400)]
    [InlineData("members/batch", """{"end":[{"member":"{0}"}]}""", 404)]
    [InlineData("members/batch", """{"add":[{"member":"{0}","kinds":["captain"]}]}""", 400)]
    [InlineData("members", """{"member":"{0}","kinds":["a","b","c","d","e","f"]}""", 400)]
    [InlineData("exit", """{"member":"{0}","newHead":"x"}""", 400)]
    [InlineData("exit", """{"member":"{0}","endReason":"gone_fishing"}""", 400)]
    [InlineData("exit", """{"member":"{0}"}""", 404)]
    [InlineData("move", """{"member":"{0}","toGroup":"{1}"}""", 400)]
    [InlineData("split", """{"members":[],"head":"{0}"}""", 400)]
    [InlineData("split", """{"members":[{"member":"x"}]}""", 400)]
    [InlineData("split", """{"members":[null]}""", 400)]
    [InlineData("merge", """{"other":"{1}","head":"{0}"}""", 400)]
    [InlineData("merge", """{"other":"{0}","head":"{0}"}""", 404)]
    [InlineData("head", """{"head":"{0}"}""", 404)]
    [InlineData("dissolve", """{"endReason":"boredom"}""", 400)]
    [InlineData("dissolve", "[]", 400)]
    public async Task What_is_wrong_is_refused_and_changes_nothing(string operation, string body, int status)
    {
        using var client = await SignedInAsync();
        var (group, _, _, _) = await HouseholdAsync(client);
        var stranger = await PersonAsync(client);
        var text = body.Replace("{0}", stranger, StringComparison.Ordinal)
            .Replace("{1}", group, StringComparison.Ordinal);

        using var answer = await FreshAsync(client, HttpMethod.Post, $"/api/v1/groups/{group}/{operation}", text);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.StartsWith("urn:social-registry:problem:", await TypeAsync(answer), StringComparison.Ordinal);
        using var members = await client.GetAsync($"/api/v1/groups/{group}/members?all=true");
        Assert.Equal(3, (await members.ObjectAsync())["items"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("/api/v1/groups/{0}/members?at=yesterday")]
    [InlineData("/api/v1/groups/{0}/members?at=2020-01-01&all=true")]
    [InlineData("/api/v1/groups/{0}/members?size=0")]
    [InlineData("/api/v1/groups/{0}/members?after=x")]
    [InlineData("/api/v1/groups/{0}/members?fields=shoe_size")]
    [InlineData("/api/v1/registrants/{0}/memberships?all=perhaps")]
    public async Task A_query_that_says_nothing_is_refused(string path)
    {
        using var client = await SignedInAsync();
        var (group, _, _, _) = await HouseholdAsync(client);

        using var answer = await client.GetAsync(path.Replace("{0}", group, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_computed_count_cannot_be_set()
    {
        using var client = await SignedInAsync();

        using var answer = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/groups",
            """{"values":{"group_type":"2","group_size":7}}"""
        );

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("computed", (string?)(await answer.ObjectAsync())["errors"]![0]!["code"]);
    }

    [Fact]
    public async Task Who_may_not_write_or_may_not_have_memberships_does_nothing()
    {
        using var client = await SignedInAsync();
        var (group, head, spouse, _) = await HouseholdAsync(client);
        using var narrow = await server.Running.SignedInAsync(RunningRegistry.Narrow);
        using var writer = await server.Running.SignedInAsync(RunningRegistry.Writer);
        var body = $$"""{"head":"{{spouse}}"}""";

        using var reader = await FreshAsync(narrow, HttpMethod.Post, $"/api/v1/groups/{group}/head", body);
        using var blind = await FreshAsync(writer, HttpMethod.Post, $"/api/v1/groups/{group}/head", body);
        using var list = await narrow.GetAsync($"/api/v1/groups/{group}/members");
        using var stranger = await server.Running.Http.GetAsync($"/api/v1/groups/{group}/members");

        Assert.Equal(HttpStatusCode.Forbidden, reader.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, blind.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, list.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        using var read = await client.GetAsync($"/api/v1/groups/{group}/members");
        Assert.Contains(
            (await read.ObjectAsync())["items"]!.AsArray(),
            m => (string?)m!["membership"]!["member"] == head && (string?)m["membership"]!["kinds"]![0] == "head"
        );
    }

    private Task<HttpClient> SignedInAsync()
    {
        Assert.SkipWhen(server.Absent is not null, server.Absent ?? "");
        return server.Running.SignedInAsync();
    }

    private static async Task<string?> TypeAsync(HttpResponseMessage answer) =>
        (string?)(await answer.ObjectAsync())["type"];

    /// <summary>Sends with the ETag of the group in the path.</summary>
    private static Task<HttpResponseMessage> FreshAsync(
        HttpClient client,
        HttpMethod method,
        string path,
        string? body = null
    ) => client.SendFreshAsync(method, path, body, "/api/v1/registrants/" + path.Split('/')[4]);

    private static async Task<JsonObject> OkAsync(HttpClient client, string path, string body)
    {
        using var answer = await FreshAsync(client, HttpMethod.Post, "/api/v1/groups/" + path, body);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, path + ": " + await answer.Content.ReadAsStringAsync());
        return await answer.ObjectAsync();
    }

    private static async Task<(string Group, string Head, string Spouse, string Child)> HouseholdAsync(
        HttpClient client
    )
    {
        var persons = new[] { await PersonAsync(client), await PersonAsync(client), await PersonAsync(client) };
        using var created = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/groups",
            """{"values":{"group_type":"2"}}"""
        );
        var group = (string)(await created.ObjectAsync())["id"]!;
        foreach (var (person, kind) in persons.Zip(["head", "spouse", "child"]))
        {
            await OkAsync(client, group + "/members", $$"""{"member":"{{person}}","kinds":["{{kind}}"]}""");
        }

        return (group, persons[0], persons[1], persons[2]);
    }

    private static async Task<string> PersonAsync(HttpClient client, string born = "1991-04-17")
    {
        using var created = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/registrants",
            $$$"""
            {"kind":"individual","values":{"given_name":"Amara","sex":"female","birth_date":"{{{born}}}"},
             "identifiers":[{"type":"UIN","value":"736048{{{Next()}}}"}]}
            """
        );
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return (string)(await created.ObjectAsync())["id"]!;
    }

    private static int Next() => Interlocked.Increment(ref counter);

    public abstract class Server(DatabaseProvider provider) : IAsyncLifetime
    {
        private RunningRegistry? running;

        public RunningRegistry Running => running!;

        /// <summary>Why there is none: a fixture cannot skip, its tests can.</summary>
        public string? Absent { get; private set; }

        public async ValueTask InitializeAsync()
        {
            if (
                provider == DatabaseProvider.Postgres
                && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("SOCIALREGISTRY_TEST_POSTGRES"))
            )
            {
                Absent = "SOCIALREGISTRY_TEST_POSTGRES is not set: run ./test.sh.";
                return;
            }

            running = await RunningRegistry.StartAsync(provider);
        }

        public async ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            if (running is not null)
            {
                await running.DisposeAsync();
            }
        }
    }

    public sealed class SqliteServer() : Server(DatabaseProvider.Sqlite);

    public sealed class PostgresServer() : Server(DatabaseProvider.Postgres);
}

public sealed class SqliteGroupApiTests(GroupApiTests.SqliteServer server)
    : GroupApiTests(server),
        IClassFixture<GroupApiTests.SqliteServer>;

public sealed class PostgresGroupApiTests(GroupApiTests.PostgresServer server)
    : GroupApiTests(server),
        IClassFixture<GroupApiTests.PostgresServer>;
