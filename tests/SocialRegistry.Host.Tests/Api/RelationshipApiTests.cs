using System.Net;
using System.Text.Json.Nodes;

namespace SocialRegistry.Host.Tests.Api;

/// <summary>Relationships through the front door: the seed's names on the wire, good and bad input.</summary>
public sealed class RelationshipApiTests(RelationshipApiTests.Server server)
    : IClassFixture<RelationshipApiTests.Server>
{
    private static int counter = 5000;

    [Fact]
    public async Task Parents_go_in_and_come_back_under_the_exact_names_of_the_seed()
    {
        using var client = await server.Registry.SignedInAsync();
        var (child, mother, father) = (
            await BornAsync(client, 2010),
            await BornAsync(client, 1980),
            await BornAsync(client, 1979)
        );

        using var put = await client.SendAsync(
            HttpMethod.Put,
            $"/api/v1/registrants/{child.Id}/parents",
            $$"""{"Parent1Id":"{{mother.Id}}","Parent2Id":{"type":"UIN","value":"{{father.Uin}}"},"IsAdopted":true,"GaurdianId":"{{father.Id}}","Since":"2015-01-01"}""",
            ("If-None-Match", "*")
        );
        using var get = await client.GetAsync($"/api/v1/registrants/{child.Id}/parents");

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal("\"1\"", put.Headers.ETag?.Tag);
        Assert.Equal("\"1\"", get.Headers.ETag?.Tag);
        var body = await get.ObjectAsync();
        Assert.Equal(
            ["PersonId", "Parent1Id", "Parent2Id", "IsAdopted", "GaurdianId", "Since", "RecordedAt", "Version"],
            body.Select(m => m.Key)
        );
        Assert.Equal(mother.Id, (string?)body["Parent1Id"]);
        Assert.Equal(father.Id, (string?)body["Parent2Id"]);
        Assert.True((bool)body["IsAdopted"]!);
        Assert.Equal(father.Id, (string?)body["GaurdianId"]);
    }

    [Fact]
    public async Task Who_has_no_parents_recorded_has_them_empty()
    {
        using var client = await server.Registry.SignedInAsync();
        var child = await BornAsync(client, 2010);

        using var get = await client.GetAsync($"/api/v1/registrants/{child.Id}/parents");
        using var delete = await client.SendFreshAsync(
            HttpMethod.Delete,
            $"/api/v1/registrants/{child.Id}/parents",
            null,
            $"/api/v1/registrants/{child.Id}/parents"
        );

        var body = await get.ObjectAsync();
        Assert.Equal("\"0\"", get.Headers.ETag?.Tag);
        Assert.Equal(
            ["PersonId", "Parent1Id", "Parent2Id", "IsAdopted", "GaurdianId", "Version"],
            body.Select(m => m.Key)
        );
        Assert.Null(body["Parent1Id"]);
        Assert.Equal(HttpStatusCode.NotFound, delete.StatusCode);
    }

    [Theory]
    [InlineData("GaurdianId")]
    [InlineData("GuardianId")]
    [InlineData("gaurdianId")]
    [InlineData("guardianId")]
    public async Task Every_spelling_is_read(string name)
    {
        using var client = await server.Registry.SignedInAsync();
        var (child, aunt) = (await BornAsync(client, 2010), await BornAsync(client, 1980));

        using var put = await PutParentsAsync(client, child.Id, $$"""{"{{name}}":"{{aunt.Id}}"}""");

        Assert.Equal(aunt.Id, (string?)(await put.ObjectAsync())["GaurdianId"]);
    }

    [Fact]
    public async Task Both_spellings_at_once_must_agree()
    {
        using var client = await server.Registry.SignedInAsync();
        var (child, aunt, uncle) = (
            await BornAsync(client, 2010),
            await BornAsync(client, 1980),
            await BornAsync(client, 1980)
        );

        using var same = await PutParentsAsync(
            client,
            child.Id,
            $$"""{"GaurdianId":"{{aunt.Id}}","GuardianId":"{{aunt.Id}}"}"""
        );
        using var other = await PutParentsAsync(
            client,
            child.Id,
            $$"""{"GaurdianId":"{{aunt.Id}}","GuardianId":"{{uncle.Id}}"}"""
        );
        using var twice = await client.SendAsync(
            HttpMethod.Put,
            "/api/v1/spouses",
            $$"""{"Person1Id":"{{aunt.Id}}","Person2Id":"{{uncle.Id}}","IsSeperated":true,"isSeparated":false}""",
            ("If-None-Match", "*")
        );

        Assert.Equal(HttpStatusCode.OK, same.StatusCode);
        await AssertRefusedAsync(other, HttpStatusCode.BadRequest, "relationships.spelled_twice", "GaurdianId");
        await AssertRefusedAsync(twice, HttpStatusCode.BadRequest, "relationships.spelled_twice", "IsSeperated");
    }

    [Theory]
    [InlineData("""{"Parent1Id":"no-uuid"}""")]
    [InlineData("""{"Parent1Id":7}""")]
    [InlineData("""{"Parent1Id":{"type":"UIN"}}""")]
    [InlineData("""{"Parent1Id":{"type":"UIN","value":"1","extra":1}}""")]
    [InlineData("""{"Parent1Id":{"type":"NOPE","value":"1"}}""")]
    [InlineData("""{"Parent1Id":{"type":"UIN","value":"999999999999"}}""")]
    [InlineData("""{"Parent1Id":"00000000-0000-0000-0000-000000000000"}""")]
    [InlineData("""{"Mother":"00000000-0000-0000-0000-000000000000"}""")]
    [InlineData("""{"IsAdopted":"yes"}""")]
    [InlineData("""{"Since":"2020"}""")]
    [InlineData("""{"IsAdopted":true,"isAdopted":false}""")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    public async Task A_wrong_body_is_refused_and_stores_nothing(string body)
    {
        using var client = await server.Registry.SignedInAsync();
        var child = await BornAsync(client, 2010);

        using var put = await PutParentsAsync(client, child.Id, body);
        using var get = await client.GetAsync($"/api/v1/registrants/{child.Id}/parents");

        Assert.Equal(HttpStatusCode.BadRequest, put.StatusCode);
        Assert.Equal("application/problem+json", put.Content.Headers.ContentType?.MediaType);
        Assert.Equal("\"0\"", get.Headers.ETag?.Tag);
    }

    [Fact]
    public async Task Rules_answer_with_their_codes()
    {
        using var client = await server.Registry.SignedInAsync();
        var (child, mother) = (await BornAsync(client, 2010), await BornAsync(client, 1980));
        using var _ = await PutParentsAsync(client, child.Id, $$"""{"Parent1Id":"{{mother.Id}}"}""");

        using var self = await PutParentsAsync(client, child.Id, $$"""{"Parent1Id":"{{child.Id}}"}""");
        using var cycle = await PutParentsAsync(client, mother.Id, $$"""{"Parent2Id":"{{child.Id}}"}""");
        using var unknown = await PutParentsAsync(client, Guid.NewGuid().ToString(), "{}");
        using var malformed = await PutParentsAsync(client, "x", "{}");

        await AssertRefusedAsync(self, HttpStatusCode.BadRequest, "relationships.self", "Parent1Id");
        await AssertRefusedAsync(cycle, HttpStatusCode.Conflict, "relationships.cycle", "Parent2Id");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, malformed.StatusCode);
    }

    [Fact]
    public async Task If_match_is_required_and_holds()
    {
        using var client = await server.Registry.SignedInAsync();
        var (child, mother) = (await BornAsync(client, 2010), await BornAsync(client, 1980));
        var path = $"/api/v1/registrants/{child.Id}/parents";
        var body = $$"""{"Parent1Id":"{{mother.Id}}"}""";

        using var blind = await client.SendAsync(HttpMethod.Put, path, body);
        using var both = await client.SendAsync(
            HttpMethod.Put,
            path,
            body,
            ("If-Match", "\"0\""),
            ("If-None-Match", "*")
        );
        using var dry = await client.SendAsync(HttpMethod.Put, path + "?dryRun=true", body, ("If-None-Match", "*"));
        using var first = await client.SendAsync(HttpMethod.Put, path, body, ("If-Match", "\"0\""));
        using var again = await client.SendAsync(HttpMethod.Put, path, body, ("If-None-Match", "*"));
        using var stale = await client.SendAsync(HttpMethod.Put, path, "{}", ("If-Match", "\"0\""));
        using var weak = await client.SendAsync(HttpMethod.Put, path, "{}", ("If-Match", "*"));
        using var unsure = await client.DeleteAsync(path);
        using var tried = await client.SendAsync(HttpMethod.Delete, path + "?dryRun=true", null, ("If-Match", "\"1\""));
        using var asked = await client.GetAsync(path + "?dryRun=true");
        using var gone = await client.SendAsync(HttpMethod.Delete, path, null, ("If-Match", "\"1\""));

        Assert.Equal(HttpStatusCode.PreconditionRequired, blind.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, both.StatusCode);
        var shown = await dry.ObjectAsync();
        Assert.Equal((mother.Id, true), ((string?)shown["Parent1Id"], (bool?)shown["DryRun"]));
        Assert.Null(dry.Headers.ETag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, again.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionRequired, unsure.StatusCode);
        Assert.True((bool)(await tried.ObjectAsync())["dryRun"]!);
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        await AssertRefusedAsync(stale, HttpStatusCode.PreconditionFailed, "relationships.changed_since", null);
        Assert.Equal("\"1\"", stale.Headers.ETag?.Tag);
        Assert.Equal(HttpStatusCode.BadRequest, weak.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
    }

    [Fact]
    public async Task Spouses_go_in_and_come_back_under_the_exact_names_of_the_seed()
    {
        using var client = await server.Registry.SignedInAsync();
        var (wife, husband) = (await BornAsync(client, 1980), await BornAsync(client, 1979));

        var body =
            $$"""{"Person1Id":"{{wife.Id}}","Person2Id":{"type":"UIN","value":"{{husband.Uin}}"},"IsMarried":true,"MarriedOn":"2005-05-20","IsSeperated":true,"SeperatedOn":"2012-01-01"}""";
        using var blind = await client.SendAsync(HttpMethod.Put, "/api/v1/spouses", body);
        using var dry = await client.SendAsync(
            HttpMethod.Put,
            "/api/v1/spouses?dryRun=true",
            body,
            ("If-None-Match", "*")
        );
        using var put = await client.SendAsync(HttpMethod.Put, "/api/v1/spouses", body, ("If-None-Match", "*"));
        using var stale = await client.SendAsync(HttpMethod.Put, "/api/v1/spouses", body, ("If-None-Match", "*"));
        using var get = await client.GetAsync($"/api/v1/registrants/{husband.Id}/spouses");

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var row = (await get.Content.ReadFromJsonNodeAsync())!.AsArray().Single()!.AsObject();
        Assert.Equal(
            [
                "Id",
                "Person1Id",
                "Person2Id",
                "IsMarried",
                "MarriedOn",
                "IsSeperated",
                "SeperatedOn",
                "RecordedAt",
                "Version",
            ],
            row.Select(m => m.Key)
        );
        Assert.Equal(wife.Id, (string?)row["Person1Id"]);
        Assert.Equal(husband.Id, (string?)row["Person2Id"]);
        Assert.Equal("2012-01-01", (string?)row["SeperatedOn"]);
        Assert.Equal(HttpStatusCode.PreconditionRequired, blind.StatusCode);
        Assert.True((bool)(await dry.ObjectAsync())["DryRun"]!);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        var path = $"/api/v1/spouses/{row["Id"]}";
        using var one = await client.GetAsync(path);
        Assert.Equal(("\"1\"", "\"1\""), (put.Headers.ETag?.Tag, one.Headers.ETag?.Tag));
        using var unsure = await client.DeleteAsync(path);
        using var tried = await client.SendAsync(HttpMethod.Delete, path + "?dryRun=true", null, ("If-Match", "\"1\""));
        Assert.Equal((HttpStatusCode.PreconditionRequired, HttpStatusCode.OK), (unsure.StatusCode, tried.StatusCode));
        using var deleted = await client.SendFreshAsync(HttpMethod.Delete, path, null, path);
        using var again = await client.SendFreshAsync(HttpMethod.Delete, path, null, path);
        using var malformed = await client.DeleteAsync("/api/v1/spouses/x");
        Assert.Equal(
            (HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.NotFound),
            (deleted.StatusCode, again.StatusCode, malformed.StatusCode)
        );
    }

    [Theory]
    [InlineData("""{"Person1Id":"{0}"}""")]
    [InlineData("""{"Person1Id":"{0}","Person2Id":null}""")]
    [InlineData("""{"Person1Id":"{0}","Person2Id":"{1}","MarriedOn":"20.5.2005"}""")]
    [InlineData("""{"Person1Id":"{0}","Person2Id":"{1}","Wedding":"2005-05-20"}""")]
    [InlineData("""{"Person1Id":"{0}","Person2Id":"{1}","IsSeperated":true}""")]
    public async Task A_wrong_couple_is_refused(string body)
    {
        using var client = await server.Registry.SignedInAsync();
        var (wife, husband) = (await BornAsync(client, 1980), await BornAsync(client, 1979));

        using var put = await client.SendAsync(
            HttpMethod.Put,
            "/api/v1/spouses",
            body.Replace("{0}", wife.Id, StringComparison.Ordinal).Replace("{1}", husband.Id, StringComparison.Ordinal),
            ("If-None-Match", "*")
        );
        using var get = await client.GetAsync($"/api/v1/registrants/{wife.Id}/spouses");

        Assert.Equal(HttpStatusCode.BadRequest, put.StatusCode);
        Assert.Empty((await get.Content.ReadFromJsonNodeAsync())!.AsArray());
    }

    [Fact]
    public async Task Relatives_are_found_by_kind_and_depth_and_other_questions_refused()
    {
        using var client = await server.Registry.SignedInAsync();
        var (child, mother, granny) = (
            await BornAsync(client, 2010),
            await BornAsync(client, 1980),
            await BornAsync(client, 1950)
        );
        using var first = await PutParentsAsync(client, child.Id, $$"""{"Parent1Id":"{{mother.Id}}"}""");
        using var second = await PutParentsAsync(
            client,
            mother.Id,
            $$"""{"Parent2Id":"{{granny.Id}}","IsAdopted":true}"""
        );
        var path = $"/api/v1/registrants/{child.Id}/relatives";

        var all = await (await client.GetAsync(path)).ObjectAsync();
        var near = await (await client.GetAsync(path + "?depth=1")).ObjectAsync();
        var above = await (await client.GetAsync(path + "?kind=grandparent,spouse&depth=3")).ObjectAsync();

        Assert.Equal(["parent", "grandparent"], all["items"]!.AsArray().Select(i => (string)i!["kind"]!));
        Assert.Equal(["parent"], near["items"]!.AsArray().Select(i => (string)i!["kind"]!));
        var found = above["items"]!.AsArray().Single()!;
        Assert.Equal(
            (granny.Id, 2, true),
            ((string)found["id"]!, (int)found["depth"]!, (bool)found["throughAdoption"]!)
        );
        Assert.Equal([mother.Id, granny.Id], found["path"]!.AsArray().Select(s => (string)s!["id"]!));
        Assert.False((bool)all["truncated"]!);
        foreach (
            var query in new[] { "?kind=uncle", "?depth=0", "?depth=11", "?depth=x", "?kinds=parent", "?sort=age" }
        )
        {
            using var refused = await client.GetAsync(path + query);
            Assert.True(refused.StatusCode == HttpStatusCode.BadRequest, query);
        }
    }

    [Fact]
    public async Task A_record_shows_its_relationships_to_those_who_may_see_them()
    {
        using var client = await server.Registry.SignedInAsync();
        using var narrow = await server.Registry.SignedInAsync(RunningRegistry.Narrow);
        var (child, mother) = (await BornAsync(client, 2010), await BornAsync(client, 1980));
        using var _ = await PutParentsAsync(client, child.Id, $$"""{"Parent1Id":"{{mother.Id}}"}""");

        var record = await (await client.GetAsync("/api/v1/registrants/" + child.Id)).ObjectAsync();
        var without = await (await client.GetAsync($"/api/v1/registrants/{child.Id}?fields=given_name")).ObjectAsync();
        var asked = await (
            await client.GetAsync($"/api/v1/registrants/{mother.Id}?fields=relationships")
        ).ObjectAsync();
        var hidden = await (await narrow.GetAsync("/api/v1/registrants/" + child.Id)).ObjectAsync();
        using var forbidden = await narrow.GetAsync($"/api/v1/registrants/{child.Id}/parents");

        Assert.Equal(mother.Id, (string?)record["relationships"]!["parents"]!["Parent1Id"]);
        Assert.False(without.ContainsKey("relationships"));
        Assert.Equal(child.Id, (string?)asked["relationships"]!["children"]![0]);
        Assert.False(hidden.ContainsKey("relationships"));
        await AssertRefusedAsync(forbidden, HttpStatusCode.Forbidden, "relationships.not_in_scope", null);
    }

    [Fact]
    public async Task Relation_types_are_made_at_run_time_and_relations_use_them()
    {
        using var client = await server.Registry.SignedInAsync();
        var (nurse, patient) = (await BornAsync(client, 1980), await BornAsync(client, 1940));
        const string type = """
            {"inverse":"nursed_by","labels":{"eng":"Nurse of"},"inverseLabels":{"eng":"Nursed by"}}
            """;
        var path = $"/api/v1/registrants/{nurse.Id}/relations";
        var body = $$"""{"type":"nurse_of","to":"{{patient.Id}}","startedOn":"2020-01-01"}""";

        using var early = await client.SendAsync(HttpMethod.Post, path, body);
        using var made = await client.SendAsync(HttpMethod.Put, "/api/v1/relation-types/nurse_of", type);
        using var bad = await client.SendAsync(HttpMethod.Put, "/api/v1/relation-types/Nurse", type);
        using var dry = await client.SendAsync(HttpMethod.Post, path + "?dryRun=true", body);
        using var added = await client.SendAsync(HttpMethod.Post, path, body, ("Idempotency-Key", "nurse-1"));
        using var repeated = await client.SendAsync(HttpMethod.Post, path, body, ("Idempotency-Key", "nurse-1"));
        using var reused = await client.SendAsync(
            HttpMethod.Post,
            path,
            body.Replace("2020", "2019", StringComparison.Ordinal),
            ("Idempotency-Key", "nurse-1")
        );
        using var twice = await client.SendAsync(HttpMethod.Post, path, body);
        var id = (string)(await added.ObjectAsync())["id"]!;
        const string End = """{"endedOn":"2021-01-01"}""";
        using var blind = await client.SendAsync(HttpMethod.Post, $"{path}/{id}/end", End);
        using var tried = await client.SendFreshAsync(
            HttpMethod.Post,
            $"{path}/{id}/end?dryRun=true",
            End,
            $"{path}/{id}"
        );
        using var ended = await client.SendFreshAsync(HttpMethod.Post, $"{path}/{id}/end", End, $"{path}/{id}");
        using var stale = await client.SendAsync(HttpMethod.Post, $"{path}/{id}/end", End, ("If-Match", "\"1\""));
        using var wrong = await client.SendFreshAsync(
            HttpMethod.Post,
            $"{path}/{id}/end",
            """{"endedOn":"2019-01-01"}""",
            $"{path}/{id}"
        );
        var seen = await (
            await client.GetAsync($"/api/v1/registrants/{patient.Id}/relations")
        ).Content.ReadFromJsonNodeAsync();
        using var deleted = await client.SendFreshAsync(HttpMethod.Delete, $"{path}/{id}", null, $"{path}/{id}");
        var types = await (await client.GetAsync("/api/v1/relation-types")).Content.ReadFromJsonNodeAsync();

        await AssertRefusedAsync(early, HttpStatusCode.BadRequest, "relationships.type_unknown", "type");
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        await AssertRefusedAsync(bad, HttpStatusCode.BadRequest, "relation_types.invalid", "code");
        Assert.Equal((HttpStatusCode.OK, true), (dry.StatusCode, (bool?)(await dry.ObjectAsync())["dryRun"]));
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        Assert.Equal(added.Headers.Location, repeated.Headers.Location);
        await AssertRefusedAsync(reused, HttpStatusCode.Conflict, "registrants.idempotency_key_reused", null);
        Assert.Equal(("\"1\"", "\"2\""), (added.Headers.ETag?.Tag, ended.Headers.ETag?.Tag));
        Assert.Equal(HttpStatusCode.PreconditionRequired, blind.StatusCode);
        Assert.True((bool)(await tried.ObjectAsync())["dryRun"]!);
        Assert.Equal((HttpStatusCode.PreconditionFailed, "\"2\""), (stale.StatusCode, stale.Headers.ETag?.Tag));
        await AssertRefusedAsync(twice, HttpStatusCode.Conflict, "relationships.relation_open", null);
        Assert.Equal("2021-01-01", (string?)(await ended.ObjectAsync())["endedOn"]);
        await AssertRefusedAsync(wrong, HttpStatusCode.BadRequest, "relationships.ended_before_started", "endedOn");
        Assert.Equal("nursed_by", (string?)seen!.AsArray().Single()!["type"]);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Contains(types!.AsArray(), t => (string?)t!["code"] == "nurse_of");
    }

    [Fact]
    public async Task The_history_of_a_relation_type_tells_who_changed_it()
    {
        using var client = await server.Registry.SignedInAsync();
        using var narrow = await server.Registry.SignedInAsync(RunningRegistry.Narrow);
        const string Path = "/api/v1/relation-types/tutor_of";
        const string Type =
            """{"inverse":"tutored_by","labels":{"eng":"Tutor of"},"inverseLabels":{"eng":"Tutored by"},"isRetired":false}""";
        using var made = await client.SendAsync(HttpMethod.Put, Path, Type);
        using var retired = await client.SendAsync(HttpMethod.Put, Path, Type.Replace("false", "true"));

        var first = await (await client.GetAsync(Path + "/history?size=1")).ObjectAsync();
        var second = await (await client.GetAsync(Path + "/history?size=1&after=" + first["next"])).ObjectAsync();
        using var forbidden = await narrow.GetAsync(Path + "/history");
        using var unknown = await client.GetAsync("/api/v1/relation-types/nothing/history");
        using var strange = await client.GetAsync(Path + "/history?since=2020");
        using var large = await client.GetAsync(Path + "/history?size=501");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (made.StatusCode, retired.StatusCode));
        var (last, begin) = (first["items"]!.AsArray().Single()!, second["items"]!.AsArray().Single()!);
        Assert.Equal(
            (2, "retired", RunningRegistry.Everything),
            ((int)last["version"]!, (string)last["operation"]!, (string)last["by"]!)
        );
        Assert.Equal(
            (1, "created", false),
            ((int)begin["version"]!, (string)begin["operation"]!, (bool)begin["state"]!["isRetired"]!)
        );
        Assert.Null(second["next"]);
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        await AssertRefusedAsync(unknown, HttpStatusCode.NotFound, "relation_types.not_found", null);
        Assert.Equal(HttpStatusCode.BadRequest, strange.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, large.StatusCode);
    }

    [Fact]
    public async Task The_tables_are_listed_page_by_page_as_JSON_and_as_CSV()
    {
        using var client = await server.Registry.SignedInAsync();
        using var narrow = await server.Registry.SignedInAsync(RunningRegistry.Narrow);
        var (child, mother) = (await BornAsync(client, 2010), await BornAsync(client, 1980));
        using var _ = await PutParentsAsync(client, child.Id, $$"""{"Parent1Id":"{{mother.Id}}"}""");
        var found = new List<string>();
        var path = "/api/v1/relationships/parents?size=1";
        string? next = null;
        do
        {
            var page = await (await client.GetAsync(next is null ? path : $"{path}&after={next}")).ObjectAsync();
            found.AddRange(page["items"]!.AsArray().Select(i => (string)i!["PersonId"]!));
            next = (string?)page["next"];
        } while (next is not null);

        var csv = await client.GetStringAsync("/api/v1/relationships/parents.csv");
        var couples = await client.GetStringAsync("/api/v1/relationships/spouses.csv");
        using var refused = await narrow.GetAsync("/api/v1/relationships/parents");

        Assert.Contains(child.Id, found);
        Assert.StartsWith("PersonId,Parent1Id,Parent2Id,IsAdopted,GaurdianId\r\n", csv, StringComparison.Ordinal);
        Assert.Contains($"{child.Id},{mother.Id},,false,\r\n", csv, StringComparison.Ordinal);
        Assert.StartsWith(
            "Person1Id,Person2Id,IsMarried,MarriedOn,IsSeperated,SeperatedOn\r\n",
            couples,
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static Task<HttpResponseMessage> PutParentsAsync(HttpClient client, string child, string body) =>
        client.SendFreshAsync(
            HttpMethod.Put,
            $"/api/v1/registrants/{child}/parents",
            body,
            $"/api/v1/registrants/{child}/parents"
        );

    private static async Task<(string Id, string Uin)> BornAsync(HttpClient client, int year)
    {
        var uin = "84" + Interlocked.Increment(ref counter).ToString("D8");
        using var created = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/registrants",
            $$"""{"kind":"individual","values":{"given_name":"Kin","birth_date":"{{year}}-06-15"},"identifiers":[{"type":"UIN","value":"{{uin}}"}]}"""
        );
        return ((string)(await created.ObjectAsync())["id"]!, uin);
    }

    private static async Task AssertRefusedAsync(
        HttpResponseMessage answer,
        HttpStatusCode status,
        string code,
        string? field
    )
    {
        Assert.Equal(status, answer.StatusCode);
        var problem = await answer.ObjectAsync();
        Assert.Equal("urn:social-registry:problem:" + code, (string?)problem["type"]);
        Assert.Equal(field, (string?)problem["errors"]?[0]?["field"]);
    }

    public sealed class Server : IAsyncLifetime
    {
        public RunningRegistry Registry { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Registry = await RunningRegistry.StartAsync();

        public ValueTask DisposeAsync() => Registry.DisposeAsync();
    }
}

internal static class JsonAnswers
{
    public static async Task<JsonNode?> ReadFromJsonNodeAsync(this HttpContent content) =>
        JsonNode.Parse(await content.ReadAsStringAsync());
}
