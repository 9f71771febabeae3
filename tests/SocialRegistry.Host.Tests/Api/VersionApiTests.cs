using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Registry.Verification;
using SocialRegistry.Storage;

namespace SocialRegistry.Host.Tests.Api;

/// <summary>Versions, named versions and feedback through the front door.</summary>
public sealed class VersionApiTests(VersionApiTests.Server server) : IClassFixture<VersionApiTests.Server>
{
    private const string Registrants = "/api/v1/registrants";
    private const string NamedVersions = "/api/v1/named-versions";
    private const string Feedback = "/api/v1/feedback";
    private static int counter = 5000;

    /// <summary>The seed's story: entered, changed, a survey round, feedback of an application, changed again.</summary>
    [Fact]
    public async Task The_seeds_story_is_told_by_name_by_timeframe_and_as_of_three_moments()
    {
        using var client = await server.Registry.SignedInAsync();
        var (survey, feedback) = (NewName("survey"), NewName("feedback"));
        var uin = NewUin();
        using var entered = await client.SendAsync(
            HttpMethod.Post,
            Registrants,
            $$"""
            {"kind":"individual","values":{"given_name":"Amara","surname":"Tolvane","sex":"female","birth_date":"1991-04-17","education_level":"2"},
             "identifiers":[{"type":"UIN","value":"{{uin}}"}],"effectiveOn":"2024"}
            """
        );
        var path = entered.Headers.Location!.ToString();
        foreach (var field in (string[])["surname", "birth_date"])
        {
            using var attested = await client.SendAsync(
                HttpMethod.Put,
                $"{path}/attestations/{field}",
                """{"status":"ATTESTED","comments":"seen"}"""
            );
            Assert.Equal(HttpStatusCode.OK, attested.StatusCode);
        }

        await PatchAsync(
            client,
            path,
            1,
            """{"values":{"surname":"Okiru"},"reason":"wedding","effectiveOn":"2025-05"}"""
        );
        using var made = await client.SendAsync(
            HttpMethod.Post,
            NamedVersions,
            $$"""{"name":"{{survey}}","kind":"survey","source":"statistics office","periodFrom":"2026-01-01","periodTo":"2026-06-30"}"""
        );
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        await PatchAsync(client, path, 2, $$"""{"values":{"education_level":"3"},"namedVersion":"{{survey}}"}""");
        using var sent = await client.SendAsync(
            HttpMethod.Post,
            Feedback,
            $$"""{"namedVersion":"{{feedback}}","items":[{"identifier":{"type":"UIN","value":"{{uin}}"},"values":{"marital_status":"M"} }]}"""
        );
        var answer = await sent.ObjectAsync();
        Assert.Equal((HttpStatusCode.OK, 1, 0), (sent.StatusCode, (int)answer["taken"]!, (int)answer["refused"]!));
        using var closed = await client.SendAsync(HttpMethod.Post, $"{NamedVersions}/{survey}/close");
        Assert.False((bool)(await closed.ObjectAsync())["open"]!);
        await PatchAsync(client, path, 4, """{"values":{"education_level":"5"}}""");

        // By name, of a survey round that is frozen and of the feedback.
        var round = await GetAsync(client, $"{path}?version={survey}");
        Assert.Equal((3, "3"), ((int)round["version"]!, (string?)round["values"]!["education_level"]));
        Assert.False(round["values"]!.AsObject().ContainsKey("marital_status"));
        var learnt = await GetAsync(client, $"{path}?version={feedback}");
        Assert.Equal((4, "M"), ((int)learnt["version"]!, (string?)learnt["values"]!["marital_status"]));
        using var late = await client.SendAsync(
            HttpMethod.Patch,
            path,
            $$"""{"values":{"education_level":"6"},"namedVersion":"{{survey}}"}""",
            ("If-Match", "\"5\"")
        );
        Assert.Equal(
            (HttpStatusCode.Conflict, "urn:social-registry:problem:named_versions.closed"),
            (late.StatusCode, (string?)(await late.ObjectAsync())["type"])
        );

        // By timeframe, and as of three moments.
        var list = (await GetAsync(client, path + "/versions"))["items"]!.AsArray();
        Assert.Equal([5, 4, 3, 2, 1], list.Select(v => (int)v!["number"]!));
        Assert.Equal(("2024", "2025-05"), ((string?)list[4]!["effectiveOn"], (string?)list[3]!["effectiveOn"]));
        Assert.Equal([survey], list[2]!["namedVersions"]!.AsArray().Select(n => (string?)n));
        var times = list.Reverse().Select(v => DateTimeOffset.Parse((string)v!["recordedAt"]!)).ToList();
        var frame = await GetAsync(client, $"{path}/versions?from={Iso(times[1])}&to={Iso(times[3])}");
        Assert.Equal([3, 2], frame["items"]!.AsArray().Select(v => (int)v!["number"]!));
        var bySource = await GetAsync(client, path + "/versions?source=feedback");
        Assert.Equal([4], bySource["items"]!.AsArray().Select(v => (int)v!["number"]!));
        foreach (var (moment, surname, level) in new[] { (0, "Tolvane", "2"), (1, "Okiru", "2"), (4, "Okiru", "5") })
        {
            var then = await GetAsync(client, $"{path}?asOf={Iso(times[moment])}");
            Assert.Equal(
                (moment + 1, surname, level),
                (
                    (int)then["version"]!,
                    (string?)then["values"]!["surname"],
                    (string?)then["values"]!["education_level"]
                )
            );
        }

        var inLife = await GetAsync(client, path + "?effective=2025-04-30");
        Assert.Equal("Tolvane", (string?)inLife["values"]!["surname"]);

        // The attestation of the untouched field survives, that of the changed one falls back; before, both stood.
        var now = await GetAsync(client, path);
        Assert.Equal(("NEW", "ATTESTED"), (Status(now, "surname"), Status(now, "birth_date")));
        var first = await GetAsync(client, path + "?version=1");
        Assert.Equal(("ATTESTED", "ATTESTED"), (Status(first, "surname"), Status(first, "birth_date")));

        // What differs, and the log behind it.
        var difference = await GetAsync(client, $"{path}/versions/diff?from=1&to={survey}");
        Assert.Equal(["surname", "education_level"], difference["fields"]!.AsArray().Select(f => (string?)f!["field"]));
        Assert.Equal(
            ("Tolvane", "Okiru"),
            ((string?)difference["fields"]![0]!["old"], (string?)difference["fields"]![0]!["new"])
        );
        var byMoment = await GetAsync(client, $"{path}/versions/diff?from={Iso(times[3])}&to=5");
        Assert.Equal("education_level", (string?)Assert.Single(byMoment["fields"]!.AsArray())!["field"]);
        var changes = await GetAsync(client, path + "/changes?field=education_level&size=1");
        Assert.Equal(
            ("3", "5"),
            ((string?)changes["items"]![0]!["fields"]![0]!["old"], (string?)changes["items"]![0]!["fields"]![0]!["new"])
        );
        Assert.NotNull(changes["next"]);

        // The log is green, and red after one byte of one row is changed behind the program's back.
        Assert.True((await VerifyAsync()).IsWhole);
        var id = path[(path.LastIndexOf('/') + 1)..].ToUpperInvariant();
        foreach (
            var (table, column, row) in new[]
            {
                ("changes", "actor", $"registrant_id = '{id}' and sequence = 4"),
                ("versions", "reverse_patch", $"registrant_id = '{id}' and number = 3"),
                ("attestations", "status", $"registrant_id = '{id}' and field = 'birth_date'"),
                (
                    "disclosures",
                    "shown_to",
                    $"rowid = (select min(rowid) from registry_disclosures where registrant_id = '{id}')"
                ),
                ("registrants", "status", $"id = '{id}'"),
                ("named_version_entries", "joined_by", $"registrant_id = '{id}' and name = '{survey}'"),
            }
        )
        {
            var undo = await TouchAsync("registry_" + table, column, row);
            var report = await VerifyAsync();
            Assert.Contains(
                report.Findings,
                f =>
                    f.Entry.Contains(id, StringComparison.OrdinalIgnoreCase)
                    || (table == "disclosures" && f.Entry.StartsWith("disclosure ", StringComparison.Ordinal))
            );
            await undo();
        }

        Assert.True((await VerifyAsync()).IsWhole);
    }

    private Task<LogReport> VerifyAsync() =>
        server
            .Registry.App.Services.GetRequiredService<LogVerification>()
            .VerifyAsync(new LogQuestion(), null, CancellationToken.None);

    /// <summary>Changes the first character of one value, and gives the way back.</summary>
    private async Task<Func<Task>> TouchAsync(string table, string column, string row)
    {
        var connection = server.Registry.App.Services.GetRequiredService<DatabaseOptions>().ConnectionString;
        async Task<object?> RunAsync(string sql, object? value = null)
        {
            await using var open = new SqliteConnection(connection);
            await open.OpenAsync();
            await using var command = open.CreateCommand();
#pragma warning disable CA2100
            command.CommandText = sql;
#pragma warning restore CA2100
            command.Parameters.AddWithValue("@value", value ?? "");
            return await command.ExecuteScalarAsync();
        }

        var stood = (string)(await RunAsync($"select {column} from {table} where {row}"))!;
        var touched = (stood[0] == 'x' ? "y" : "x") + stood[1..];
        await RunAsync($"update {table} set {column} = @value where {row}", touched);
        return () => RunAsync($"update {table} set {column} = @value where {row}", stood);
    }

    [Fact]
    public async Task A_household_is_shown_with_its_members_as_they_were()
    {
        using var client = await server.Registry.SignedInAsync();
        var person = await CreateAsync(client);
        using var made = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/groups",
            $$"""{"values":{"group_type":"2"},"members":[{"member":"{{person}}","kinds":["head"]}]}"""
        );
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var group = (string)(await made.ObjectAsync())["id"]!;
        var before = Iso(DateTimeOffset.UtcNow);
        await PatchAsync(client, $"{Registrants}/{person}", 1, """{"values":{"given_name":"Later"}}""");

        var then = await GetAsync(client, $"{Registrants}/{group}/members?asOf={before}");
        var now = await GetAsync(client, $"{Registrants}/{group}/members");
        var house = await GetAsync(client, $"{Registrants}/{group}?asOf={before}");

        Assert.Equal("Amara", (string?)Assert.Single(then["items"]!.AsArray())!["values"]!["given_name"]);
        Assert.Equal("head", (string?)then["items"]![0]!["memberships"]![0]!["kinds"]![0]);
        Assert.Equal("Later", (string?)now["items"]![0]!["values"]!["given_name"]);
        Assert.Equal(person, (string?)house["memberships"]![0]!["member"]);
        using var notAGroup = await client.GetAsync($"{Registrants}/{person}/members");
        Assert.Equal(HttpStatusCode.BadRequest, notAGroup.StatusCode);
    }

    [Fact]
    public async Task A_search_is_asked_of_the_records_as_they_were()
    {
        using var client = await server.Registry.SignedInAsync();
        var uin = NewUin();
        var person = await CreateAsync(client, uin);
        var before = Iso(DateTimeOffset.UtcNow);
        await PatchAsync(client, $"{Registrants}/{person}", 1, """{"values":{"education_level":"7"}}""");
        string Body(string level, string? asOf) =>
            $$"""
                {"query":{"and":[{"identifier":{"type":"UIN","value":"{{uin}}"} },{"field":"education_level","op":"eq","value":"{{level}}"}]}
                 {{(asOf is null ? "" : $",\"asOf\":\"{asOf}\"")}} }
                """;

        async Task<int> CountAsync(string body)
        {
            using var answer = await client.SendAsync(HttpMethod.Post, Registrants + "/search", body);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (await answer.ObjectAsync())["items"]!.AsArray().Count;
        }

        Assert.Equal(1, await CountAsync(Body("2", before)));
        Assert.Equal(0, await CountAsync(Body("7", before)));
        Assert.Equal(1, await CountAsync(Body("7", null)));
        using var sorted = await client.SendAsync(
            HttpMethod.Post,
            Registrants + "/search",
            $$"""{"query":{"kind":"individual"},"sort":[{"field":"birth_date"}],"asOf":"{{before}}"}"""
        );
        Assert.Equal("sort", (string?)(await sorted.ObjectAsync())["errors"]![0]!["field"]);
    }

    [Theory]
    [InlineData("?version=0", 400, null)]
    [InlineData("?version=Seven", 400, null)]
    [InlineData("?version=99", 404, "versions.not_found")]
    [InlineData("?version=nobody-made-it", 404, "named_versions.not_found")]
    [InlineData("?asOf=2026-03-01", 400, "versions.moment_invalid")]
    [InlineData("?asOf=2026-03-01T00:00:00", 400, "versions.moment_invalid")]
    [InlineData("?asOf=2026-03-01T00:00:00+02:00", 400, "versions.moment_invalid")]
    [InlineData("?asOf=2999-03-01T00:00:00Z", 400, "versions.moment_future")]
    [InlineData("?asOf=2001-03-01T00:00:00Z", 404, "versions.before_record")]
    [InlineData("?asOf=2001-03-01T00:00:00%2B02:00", 404, "versions.before_record")]
    [InlineData("?effective=2026-02-30", 400, "versions.day_invalid")]
    [InlineData("?effective=1901-01-01", 404, "versions.before_record")]
    [InlineData("?version=1&effective=2026-01-01", 400, "versions.one_past")]
    [InlineData("?asof=2026-03-01T00:00:00Z&when=now", 400, "request.query_unknown")]
    [InlineData("/versions?from=yesterday", 400, "versions.moment_invalid")]
    [InlineData("/versions?field=shoe_size", 400, "versions.field_unknown")]
    [InlineData("/versions?size=501", 400, null)]
    [InlineData("/versions/diff?from=1", 400, null)]
    [InlineData("/versions/diff?from=1&to=9", 404, "versions.not_found")]
    [InlineData("/versions/diff?from=1&to=2026-03-01", 400, "versions.moment_invalid")]
    [InlineData("/changes?after=x", 400, "paging.invalid")]
    [InlineData("/members?size=101", 400, null)]
    public async Task What_cannot_be_read_is_refused_by_its_name(string rest, int status, string? code)
    {
        using var client = await server.Registry.SignedInAsync();
        var person = await CreateAsync(client);

        using var answer = await client.GetAsync($"{Registrants}/{person}{rest}");
        var problem = await answer.ObjectAsync();

        Assert.Equal(status, (int)answer.StatusCode);
        if (code is not null)
        {
            Assert.Equal("urn:social-registry:problem:" + code, (string?)problem["type"]);
        }

        if (code == "versions.before_record")
        {
            Assert.Matches("^20[0-9]{2}-", (string?)problem["since"]);
        }
    }

    [Fact]
    public async Task Versions_and_feedback_have_permissions_of_their_own()
    {
        using var all = await server.Registry.SignedInAsync();
        var person = await CreateAsync(all);
        using var reader = await server.Registry.SignedInAsync(scope: "registrants:read");
        foreach (
            var path in (string[])
                [
                    $"{Registrants}/{person}?version=1",
                    $"{Registrants}/{person}?asOf={Iso(DateTimeOffset.UtcNow)}",
                    $"{Registrants}/{person}/versions",
                    $"{Registrants}/{person}/versions/diff?from=1&to=1",
                    $"{Registrants}/{person}/changes",
                    $"{Registrants}/{person}/members",
                    NamedVersions,
                ]
        )
        {
            using var refused = await reader.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        using var made = await reader.SendAsync(HttpMethod.Post, NamedVersions, """{"name":"x","kind":"survey"}""");
        using var sent = await reader.SendAsync(HttpMethod.Post, Feedback, """{"namedVersion":"x","items":[]}""");
        Assert.Equal(HttpStatusCode.Forbidden, made.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, sent.StatusCode);
    }

    [Fact]
    public async Task Named_versions_are_made_listed_joined_and_closed()
    {
        using var client = await server.Registry.SignedInAsync();
        var name = NewName("manual");
        var person = await CreateAsync(client);
        using var bad = await client.SendAsync(
            HttpMethod.Post,
            NamedVersions,
            """{"name":"Bad Name","kind":"survey"}"""
        );
        using var unknownMember = await client.SendAsync(
            HttpMethod.Post,
            NamedVersions,
            $$"""{"name":"{{name}}","kind":"manual","colour":"red"}"""
        );
        using var made = await client.SendAsync(
            HttpMethod.Post,
            NamedVersions,
            $$"""{"name":"{{name}}","kind":"manual","source":"{{name}}"}"""
        );
        using var joined = await client.SendAsync(HttpMethod.Put, $"{NamedVersions}/{name}/members/{person}", "{}");
        var list = await GetAsync(client, $"{NamedVersions}?source={name}&open=true");
        var members = await GetAsync(client, $"{NamedVersions}/{name}/members");
        var one = await GetAsync(client, $"{NamedVersions}/{name}");
        using var closed = await client.SendAsync(HttpMethod.Post, $"{NamedVersions}/{name}/close");
        using var late = await client.SendAsync(HttpMethod.Put, $"{NamedVersions}/{name}/members/{person}", "{}");
        using var nowhere = await client.GetAsync($"{NamedVersions}/nobody-made-it/members");

        Assert.Equal("name", (string?)(await bad.ObjectAsync())["errors"]![0]!["field"]);
        Assert.Equal(HttpStatusCode.BadRequest, unknownMember.StatusCode);
        Assert.Equal($"{NamedVersions}/{name}", made.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, joined.StatusCode);
        Assert.Equal(name, (string?)Assert.Single(list["items"]!.AsArray())!["name"]);
        Assert.Equal(person, (string?)Assert.Single(members["items"]!.AsArray())!["registrant"]);
        Assert.Equal((1, true), ((int)one["members"]!, (bool)one["membersIsExact"]!));
        Assert.Equal(HttpStatusCode.OK, closed.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    [Fact]
    public async Task An_import_goes_into_its_named_version()
    {
        using var client = await server.Registry.SignedInAsync();
        var name = NewName("import");
        using var unknown = await ImportAsync(client, name, "UIN,given_name\n1,A\n");
        using var made = await client.SendAsync(
            HttpMethod.Post,
            NamedVersions,
            $$"""{"name":"{{name}}","kind":"import"}"""
        );
        using var started = await ImportAsync(client, name, $"UIN,given_name\n{NewUin()},Ada\n{NewUin()},Bo\n");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        JsonObject job;
        do
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
            job = await GetAsync(client, started.Headers.Location!.ToString());
        } while ((string?)job["state"] is "queued" or "running");

        Assert.Equal(("completed", name), ((string?)job["state"], (string?)job["namedVersion"]));
        Assert.Equal(2, (int)(await GetAsync(client, $"{NamedVersions}/{name}"))["members"]!);
        using var closed = await client.SendAsync(HttpMethod.Post, $"{NamedVersions}/{name}/close");
        using var late = await ImportAsync(client, name, "UIN,given_name\n1,A\n");
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        using var areas = await ImportAsync(client, name, "code,name\n1,A\n", "areas");
        Assert.Equal(HttpStatusCode.BadRequest, areas.StatusCode);
    }

    [Fact]
    public async Task Feedback_has_an_outcome_for_each_item()
    {
        using var client = await server.Registry.SignedInAsync();
        var person = await CreateAsync(client);
        var body = $$"""
            {"namedVersion":"{{NewName("feedback")}}","items":[
              {"registrant":"{{person}}","values":{"education_level":"4"},"reason":"told at the pay point","effectiveOn":"2026-03"},
              {"registrant":"{{person}}","values":{"shoe_size":"44"} },
              {"registrant":"nobody","values":{} },
              {"registrant":"{{person}}","values":{} }]}
            """;

        using var sent = await client.SendAsync(HttpMethod.Post, Feedback, body, ("Idempotency-Key", "f-" + person));
        using var again = await client.SendAsync(HttpMethod.Post, Feedback, body, ("Idempotency-Key", "f-" + person));
        var answer = await sent.ObjectAsync();

        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Equal(
            ["changed", "refused", "refused", "unchanged"],
            answer["items"]!.AsArray().Select(i => (string?)i!["outcome"])
        );
        Assert.Equal("shoe_size", (string?)answer["items"]![1]!["problem"]!["errors"]![0]!["field"]);
        Assert.Equal(404, (int)answer["items"]![2]!["problem"]!["status"]!);
        Assert.Equal(answer.ToJsonString(), (await again.ObjectAsync()).ToJsonString());
        foreach (
            var wrong in (string[])
                [
                    "",
                    "[]",
                    "{}",
                    """{"namedVersion":"x","items":[],"more":1}""",
                    """{"namedVersion":"x","namedVersion":"y","items":[]}""",
                    """{"namedVersion":"x","items":[]}""",
                    """{"namedVersion":"x","items":[{"registrant":"a"}]}""",
                    """{"namedVersion":"x","items":[{"registrant":"a","values":{},"effectiveOn":"May"}]}""",
                ]
        )
        {
            using var refused = await client.SendAsync(HttpMethod.Post, Feedback, wrong);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        using var large = await client.SendAsync(HttpMethod.Post, Feedback, new string(' ', 1_100_000));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task An_application_that_must_sign_is_heard_by_its_signature_only()
    {
        using var admin = await server.Registry.SignedInAsync();
        var person = await CreateAsync(admin);
        using var partner = await SigningPartner.CreateAsync(
            server.Registry,
            admin,
            ["feedback:write"],
            ["education_level"]
        );
        var body =
            $$"""{"namedVersion":"{{NewName("signed")}}","items":[{"registrant":"{{person}}","values":{"education_level":"6"} }]}""";

        using var plain = await partner.Client.SendAsync(HttpMethod.Post, Feedback, body);
        Assert.Equal(
            "urn:social-registry:problem:feedback.signature_required",
            (string?)(await plain.ObjectAsync())["type"]
        );
        foreach (var bad in partner.BadForms(body, body.Replace("\"6\"", "\"8\"", StringComparison.Ordinal)))
        {
            using var refused = await partner.SendSignedAsync(Feedback, bad);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Equal(
                "urn:social-registry:problem:feedback.signature_invalid",
                (string?)(await refused.ObjectAsync())["type"]
            );
        }

        using var heard = await partner.SendSignedAsync(Feedback, partner.Sign(body, SigningPartner.Now));
        Assert.Equal(HttpStatusCode.OK, heard.StatusCode);
        var answer = await heard.ObjectAsync();
        Assert.Equal("changed", (string?)answer["items"]![0]!["outcome"]);
        var stands = await GetAsync(admin, $"{Registrants}/{person}");
        Assert.Equal((2, "6"), ((int)stands["version"]!, (string?)stands["values"]!["education_level"]));
    }

    private static async Task<HttpResponseMessage> ImportAsync(
        HttpClient client,
        string namedVersion,
        string csv,
        string kind = "individual"
    )
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(kind), "kind" },
            { new StringContent(namedVersion), "namedVersion" },
            { new StringContent(csv), "file", "persons.csv" },
        };
        return await client.PostAsync("/api/v1/imports", form);
    }

    private static string Iso(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ");

    private static string? Status(JsonObject record, string field) =>
        (string?)record["attestations"]!.AsArray().Single(a => (string?)a!["field"] == field)!["status"];

    private static string NewName(string prefix) => $"{prefix}-{Interlocked.Increment(ref counter)}";

    private static string NewUin() => $"88{Interlocked.Increment(ref counter):D8}";

    private static async Task<string> CreateAsync(HttpClient client, string? uin = null)
    {
        using var made = await client.SendAsync(
            HttpMethod.Post,
            Registrants,
            $$"""
            {"kind":"individual","values":{"given_name":"Amara","surname":"Tolvane","education_level":"2"},
             "identifiers":[{"type":"UIN","value":"{{uin ?? NewUin()}}"}]}
            """
        );
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return (string)(await made.ObjectAsync())["id"]!;
    }

    private static async Task PatchAsync(HttpClient client, string path, int version, string body)
    {
        using var answer = await client.SendAsync(HttpMethod.Patch, path, body, ("If-Match", $"\"{version}\""));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<JsonObject> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, path + ": " + await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    public sealed class Server : IAsyncLifetime
    {
        public RunningRegistry Registry { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Registry = await RunningRegistry.StartAsync(DatabaseProvider.Sqlite);

        public ValueTask DisposeAsync() => Registry.DisposeAsync();
    }
}
