using System.Net;
using System.Text.Json.Nodes;
using SocialRegistry.Storage;

namespace SocialRegistry.Host.Tests.Api;

/// <summary>Change requests through the front door.</summary>
public abstract class ChangeRequestApiTests(GroupApiTests.Server server)
{
    private const string Root = "/api/v1/change-requests";

    private static int counter = 5000;

    [Fact]
    public async Task A_request_goes_from_draft_to_applied()
    {
        using var maker = await SignedInAsync();
        using var reviewer = await SignedInAsync(RunningRegistry.Reviewer);
        var person = await PersonAsync(maker);
        var body = Edit(person, """{"given_name":"Amal"}""");
        var key = ("Idempotency-Key", "request-" + Next());

        using var created = await maker.SendAsync(HttpMethod.Post, Root, body, key);
        using var again = await maker.SendAsync(HttpMethod.Post, Root, body, key);
        var path = created.Headers.Location!.ToString();
        using var edited = await maker.SendAsync(
            HttpMethod.Patch,
            path,
            """{"payload":{"values":{"given_name":"Amalia"}},"reason":"The certificate says so"}""",
            ("If-Match", "\"1\"")
        );
        using var submitted = await maker.SendAsync(HttpMethod.Post, path + "/submit");
        using var claimed = await reviewer.SendAsync(HttpMethod.Post, path + "/claim");
        using var said = await reviewer.SendAsync(HttpMethod.Post, path + "/comments", """{"comment":"Seen"}""");
        using var applied = await reviewer.SendAsync(
            HttpMethod.Post,
            path + "/approve",
            """{"comment":"It does"}""",
            ("If-Match", "\"5\"")
        );

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("\"1\"", created.Headers.ETag?.Tag);
        Assert.Equal(path, again.Headers.Location?.ToString());
        Assert.Equal("\"2\"", edited.Headers.ETag?.Tag);
        Assert.Equal("submitted", (string?)(await submitted.ObjectAsync())["state"]);
        Assert.Equal("partner:reviewer", (string?)(await claimed.ObjectAsync())["claimedBy"]);
        Assert.Equal(HttpStatusCode.OK, said.StatusCode);
        var done = await applied.ObjectAsync();
        Assert.Equal(("applied", 6L), ((string?)done["state"], (long)done["version"]!));
        Assert.Null(done["payload"]);
        using var record = await maker.GetAsync("/api/v1/registrants/" + person);
        Assert.Equal("Amalia", (string?)(await record.ObjectAsync())["values"]!["given_name"]);
        using var read = await reviewer.GetAsync(path);
        var shown = await read.ObjectAsync();
        Assert.Equal("\"6\"", read.Headers.ETag?.Tag);
        Assert.Equal("Amalia", (string?)shown["payload"]!["values"]!["given_name"]);
        Assert.Equal("The certificate says so", (string?)shown["reason"]);
        Assert.Equal(7, shown["history"]!.AsArray().Count);
        Assert.Equal("It does", (string?)shown["history"]![5]!["comment"]);
        using var list = await reviewer.GetAsync(
            $"{Root}?subject={person}&state=applied,rejected&type=edit_fields&size=5"
        );
        var item = Assert.Single((await list.ObjectAsync())["items"]!.AsArray())!;
        Assert.Equal((string?)shown["id"], (string?)item["id"]);
        Assert.Null(item["payload"]);
        Assert.Null(item["reason"]);
    }

    [Fact]
    public async Task A_request_that_cannot_be_applied_any_more_says_why_and_is_rebased_or_withdrawn()
    {
        using var maker = await SignedInAsync();
        using var reviewer = await SignedInAsync(RunningRegistry.Reviewer);
        var person = await PersonAsync(maker);
        var path = await SubmittedAsync(maker, Edit(person, """{"given_name":"Amal"}""", submit: true));
        using var direct = await maker.SendAsync(
            HttpMethod.Patch,
            "/api/v1/registrants/" + person,
            """{"values":{"given_name":"Ama"}}""",
            ("If-Match", "\"1\"")
        );

        using var approved = await reviewer.SendAsync(HttpMethod.Post, path + "/approve");
        using var retried = await reviewer.SendAsync(HttpMethod.Post, path + "/apply");
        using var rebased = await maker.SendAsync(HttpMethod.Post, path + "/rebase");
        using var rejected = await reviewer.SendAsync(HttpMethod.Post, path + "/reject", """{"comment":"Too late"}""");
        using var withdrawn = await maker.SendAsync(HttpMethod.Post, path + "/withdraw");

        Assert.Equal(HttpStatusCode.OK, direct.StatusCode);
        var failed = await approved.ObjectAsync();
        Assert.Equal("approved", (string?)failed["state"]);
        Assert.Equal("change_requests.stale", (string?)failed["failure"]!["code"]);
        Assert.Equal("given_name", (string?)failed["failure"]!["fields"]![0]!["field"]);
        Assert.Equal("approved", (string?)(await retried.ObjectAsync())["state"]);
        Assert.Equal("submitted", (string?)(await rebased.ObjectAsync())["state"]);
        Assert.Equal("rejected", (string?)(await rejected.ObjectAsync())["state"]);
        await RefusedAsync(withdrawn, HttpStatusCode.Conflict, "change_requests.state");
    }

    [Fact]
    public async Task Wrong_steps_are_refused_with_stable_codes()
    {
        using var maker = await SignedInAsync();
        using var reviewer = await SignedInAsync(RunningRegistry.Reviewer);
        var person = await PersonAsync(maker);
        var body = Edit(person, """{"given_name":"Amal"}""", submit: true);
        var path = await SubmittedAsync(maker, body);

        using var twin = await maker.SendAsync(HttpMethod.Post, Root, body);
        using var own = await maker.SendAsync(HttpMethod.Post, path + "/approve");
        using var mute = await reviewer.SendAsync(HttpMethod.Post, path + "/reject");
        using var stale = await reviewer.SendAsync(HttpMethod.Post, path + "/approve", null, ("If-Match", "\"9\""));
        using var weak = await reviewer.SendAsync(HttpMethod.Post, path + "/approve", null, ("If-Match", "W/\"1\""));
        using var blindly = await maker.SendAsync(HttpMethod.Patch, path, """{"reason":"Because"}""");
        using var late = await maker.SendAsync(HttpMethod.Patch, path, """{"reason":"B"}""", ("If-Match", "\"1\""));
        using var making = await reviewer.SendAsync(HttpMethod.Post, Root, body);
        using var taking = await reviewer.SendAsync(HttpMethod.Post, path + "/withdraw");
        using var nowhere = await reviewer.SendAsync(HttpMethod.Post, Root + "/none/approve");
        using var blessed = await reviewer.SendAsync(HttpMethod.Post, path + "/bless");

        await RefusedAsync(twin, HttpStatusCode.Conflict, "change_requests.duplicate");
        await RefusedAsync(own, HttpStatusCode.Forbidden, "change_requests.own");
        await RefusedAsync(mute, HttpStatusCode.BadRequest, "change_requests.invalid");
        await RefusedAsync(stale, HttpStatusCode.PreconditionFailed, "change_requests.changed_since");
        Assert.Equal("\"1\"", stale.Headers.ETag?.Tag);
        await RefusedAsync(weak, HttpStatusCode.BadRequest, "change_requests.if_match_invalid");
        await RefusedAsync(blindly, (HttpStatusCode)428, "change_requests.if_match_required");
        await RefusedAsync(late, HttpStatusCode.Conflict, "change_requests.state");
        Assert.Equal(HttpStatusCode.Forbidden, making.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, taking.StatusCode);
        await RefusedAsync(nowhere, HttpStatusCode.NotFound, "change_requests.not_found");
        Assert.Equal(HttpStatusCode.NotFound, blessed.StatusCode);
    }

    [Fact]
    public async Task Bad_input_names_its_place_and_stores_nothing()
    {
        using var maker = await SignedInAsync();
        using var reviewer = await SignedInAsync(RunningRegistry.Reviewer);
        using var narrow = await SignedInAsync(RunningRegistry.Narrow);
        var person = await PersonAsync(maker);
        (string Body, string Field)[] wrong =
        [
            (Edit(person, """{"birth_date":"soon"}""", submit: true), "birth_date"),
            (Edit("x", """{"surname":"B"}"""), "subject"),
            (
                $$$"""{"type":"edit_fields","subject":"{{{person}}}","payload":{"values":{"surname":"B"},"also":1},"reason":"r"}""",
                "payload.also"
            ),
            (
                $$$"""{"type":"edit_fields","subject":"{{{person}}}","payload":{"values":{"surname":"B"}},"reason":"r","documents":["x"]}""",
                "documents[0]"
            ),
            (
                $$$"""{"type":"exit","subject":"{{{person}}}","payload":{"status":"active"},"reason":"r"}""",
                "payload.status"
            ),
            ($$$"""{"type":"grow","subject":"{{{person}}}","payload":{},"reason":"r"}""", "type"),
        ];

        foreach (var (body, field) in wrong)
        {
            using var answer = await maker.SendAsync(HttpMethod.Post, Root, body);
            var problem = await answer.ObjectAsync();
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains(problem["errors"]!.AsArray(), e => (string?)e!["field"] == field);
        }

        foreach (
            var body in new[]
            {
                "{}",
                "[]",
                """{"type":"edit_fields","payload":{},"reason":"r","extra":1}""",
                """{"type":"edit_fields","payload":{"values":{"surname":"A","surname":"B"}},"reason":"r"}""",
                """{"type":"edit_fields","payload":{},"reason":"r","dueOn":"soon"}""",
            }
        )
        {
            using var answer = await maker.SendAsync(HttpMethod.Post, Root, body);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        foreach (
            var query in new[]
            {
                "state=lost",
                "type=grow",
                "subject=x",
                "colour=red",
                "size=0",
                "after=x",
                "mine=perhaps",
            }
        )
        {
            using var answer = await reviewer.GetAsync(Root + "?" + query);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, query + " " + answer.StatusCode);
        }

        using var list = await reviewer.GetAsync($"{Root}?subject={person}&overdue=false&claimed=false&mine=false");
        Assert.Empty((await list.ObjectAsync())["items"]!.AsArray());
        using var closed = await narrow.GetAsync(Root);
        using var stranger = await server.Running.Http.GetAsync(Root);
        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    private static string Edit(string person, string values, bool submit = false) =>
        $$$"""
            {"type":"edit_fields","subject":"{{{person}}}","payload":{"values":{{{values}}} },
             "reason":"Told at the desk","submit":{{{(submit ? "true" : "false")}}}}
            """;

    private static async Task<string> SubmittedAsync(HttpClient maker, string body)
    {
        using var created = await maker.SendAsync(HttpMethod.Post, Root, body);
        Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync());
        return created.Headers.Location!.ToString();
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var problem = await answer.ObjectAsync();
        Assert.Equal((status, "urn:social-registry:problem:" + code), (answer.StatusCode, (string?)problem["type"]));
    }

    private Task<HttpClient> SignedInAsync(string partner = RunningRegistry.Everything)
    {
        Assert.SkipWhen(server.Absent is not null, server.Absent ?? "");
        return server.Running.SignedInAsync(partner);
    }

    private static async Task<string> PersonAsync(HttpClient client)
    {
        using var created = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/registrants",
            $$$"""
            {"kind":"individual","values":{"given_name":"Amara","sex":"female","birth_date":"1991-04-17"},
             "identifiers":[{"type":"UIN","value":"736049{{{Next()}}}"}]}
            """
        );
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return (string)(await created.ObjectAsync())["id"]!;
    }

    private static int Next() => Interlocked.Increment(ref counter);
}

public sealed class SqliteChangeRequestApiTests(GroupApiTests.SqliteServer server)
    : ChangeRequestApiTests(server),
        IClassFixture<GroupApiTests.SqliteServer>;

public sealed class PostgresChangeRequestApiTests(GroupApiTests.PostgresServer server)
    : ChangeRequestApiTests(server),
        IClassFixture<GroupApiTests.PostgresServer>;
