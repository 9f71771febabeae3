using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.JsonSchema;

namespace SocialRegistry.Host.Tests.Api;

/// <summary>Fields that are defined while the server runs.</summary>
public sealed class FieldApiTests(RegistrantApiTests.Server server) : IClassFixture<RegistrantApiTests.Server>
{
    private static int counter;

    [Fact]
    public async Task A_published_field_shows_everywhere_without_a_restart()
    {
        using var client = await server.Registry.SignedInAsync();
        var id = NewId();
        using var drafted = await client.SendAsync(HttpMethod.Post, "/api/v1/fields", Definition(id));
        Assert.Equal(HttpStatusCode.Created, drafted.StatusCode);
        Assert.Equal($"/api/v1/fields/individual/{id}", drafted.Headers.Location?.OriginalString);
        var early = await PostAsync(client, "/api/v1/registrants", Person(id, 3));
        Assert.Equal(HttpStatusCode.BadRequest, early.Status);

        var effect = (await PostAsync(client, $"/api/v1/fields/{id}/preview")).Body;
        Assert.True((bool)effect["publishable"]!);
        var published = (await PostAsync(client, $"/api/v1/fields/{id}/publish?kind=individual")).Body;
        var version = (int)published["catalogueVersion"]!;

        var stored = await PostAsync(client, "/api/v1/registrants", Person(id, 3));
        Assert.Equal(HttpStatusCode.Created, stored.Status);
        Assert.Equal(3, (int)stored.Body["values"]![id]!);
        var refused = await PostAsync(client, "/api/v1/registrants", Person(id, 501));
        Assert.Equal(
            (id, "range"),
            ((string)refused.Body["errors"]![0]!["field"]!, (string)refused.Body["errors"]![0]!["code"]!)
        );
        await ImportAsync(client, $"UIN,{id}\nI1{id},12\nI2{id},many\n".ToUpperInvariant(), parked: 1);
        await ImportAsync(client, $"UIN,Chèvres {id}\nI3{id},12\n", parked: 0);

        var form = await GetAsync(client, "/api/v1/forms/individual?lang=fra");
        var section = form["sections"]!.AsArray().Single(s => (string)s!["id"]! == "livelihood")!;
        Assert.Equal("Moyens de subsistance", (string)section["label"]!);
        var field = section["fields"]!.AsArray().Single(f => (string)f!["id"]! == id)!;
        Assert.Equal(("Chèvres " + id, "integer"), ((string)field["label"]!, (string)field["type"]!));

        var openApi = await GetAsync(server.Registry.Http, "/openapi/v1.json");
        var documented = openApi["components"]!["schemas"]!["IndividualValues"]!["properties"]![id]!;
        Assert.Equal((500, "Goats " + id), ((int)documented["maximum"]!, (string)documented["title"]!));
        Assert.Contains(
            "IndividualValues",
            openApi["components"]!["schemas"]!["RegistrantResponse"]!["properties"]!["values"]!.ToJsonString(),
            StringComparison.Ordinal
        );

        var schema = await GetAsync(server.Registry.Http, $"/schemas/individual/{version}");
        Assert.NotNull(schema["properties"]![id]);
        var before = await GetAsync(server.Registry.Http, $"/schemas/individual/{version - 1}");
        Assert.Null(before["properties"]![id]);
        var check = Schema.Compile(JsonSerializer.SerializeToElement(schema)).Schema;
        Assert.True(check.Validate(JsonSerializer.SerializeToElement(stored.Body["values"])).IsValid);
        Assert.False(check.IsValid(JsonSerializer.SerializeToElement(new Dictionary<string, int> { [id] = 501 })));

        await UntilIndexedAsync(client, id);
        Assert.Contains((string)stored.Body["id"]!, await FoundAsync(client, id, "eq", "3"));
        Assert.Contains((string)stored.Body["id"]!, await FoundAsync(client, id, "lt", "4"));
        Assert.DoesNotContain((string)stored.Body["id"]!, await FoundAsync(client, id, "gt", "3"));

        var retired = (await PostAsync(client, $"/api/v1/fields/{id}/retire")).Body;
        Assert.Equal("retired", (string)retired["field"]!["state"]!);
        var late = await PostAsync(client, "/api/v1/registrants", Person(id, 3));
        Assert.Equal("retired", (string)late.Body["errors"]![0]!["code"]!);
        using var import = await UploadAsync(client, $"UIN,{id}\nI4{id},12\n");
        Assert.Equal(HttpStatusCode.BadRequest, import.StatusCode);
        var after = await GetAsync(server.Registry.Http, "/schemas/individual");
        Assert.True((bool)after["properties"]![id]!["deprecated"]!);
    }

    [Fact]
    public async Task A_protected_field_that_becomes_searchable_finds_the_records_that_were_there()
    {
        using var client = await server.Registry.SignedInAsync();
        var id = NewId();
        string Text(bool searchable) =>
            $$$"""
            {"id":"{{{id}}}","kind":"individual","type":"text","class":"personal","labels":{"eng":"Nickname {{{id}}}"},"searchable":{{{(searchable
                ? "true"
                : "false")}}} }
            """;
        await PostAsync(client, "/api/v1/fields", Text(searchable: false));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, $"/api/v1/fields/{id}/publish")).Status);
        var stored = await PostAsync(
            client,
            "/api/v1/registrants",
            $$"""{"kind":"individual","values":{"{{id}}":"Sparrow of the hill"} }"""
        );
        Assert.Equal(HttpStatusCode.Created, stored.Status);
        var early = await SearchAsync(client, id, "eq", "\"Sparrow of the hill\"");
        Assert.Equal(HttpStatusCode.BadRequest, early.Status);

        await PostAsync(client, "/api/v1/fields", Text(searchable: true));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(client, $"/api/v1/fields/{id}/publish")).Status);
        await UntilIndexedAsync(client, id);

        Assert.Equal([(string)stored.Body["id"]!], await FoundAsync(client, id, "eq", "\"Sparrow of the hill\""));
        var part = await SearchAsync(client, id, "contains", "\"Sparrow\"");
        Assert.Equal(HttpStatusCode.BadRequest, part.Status);
    }

    private static Task<(HttpStatusCode Status, JsonObject Body)> SearchAsync(
        HttpClient client,
        string field,
        string op,
        string value
    ) =>
        PostAsync(
            client,
            "/api/v1/registrants/search",
            $$"""{"query":{"field":"{{field}}","op":"{{op}}","value":{{value}} } }"""
        );

    private static async Task<IEnumerable<string>> FoundAsync(HttpClient client, string field, string op, string value)
    {
        var (status, body) = await SearchAsync(client, field, op, value);
        Assert.Equal(HttpStatusCode.OK, status);
        return body["items"]!.AsArray().Select(i => (string)i!["id"]!);
    }

    public static TheoryData<string, string> FaultyDefinitions =>
        new()
        {
            { """{"colour":"red"}""", "" },
            { """{"type":"colour"}""", "" },
            { """{"labels":null}""", "" },
            { """{"kind":null}""", "kind" },
            { """{"class":null}""", "class" },
            { """{"labels":{"eng":null}}""", "labels" },
            { """{"section":"attic"}""", "section" },
            { """{"validation":{"minLenght":3}}""", "validation" },
            { """{"type":"group","parts":[null]}""", "parts[0].id" },
            { """{"retired":true}""", "retired" },
            { """{"precisions":[7]}""", "" },
        };

    [Theory]
    [MemberData(nameof(FaultyDefinitions))]
    public async Task A_faulty_definition_is_refused_by_its_member(string changes, string member)
    {
        using var client = await server.Registry.SignedInAsync();
        var definition = JsonNode.Parse(Definition("faulty"))!.AsObject();
        definition.Remove("validation");
        definition.Remove("searchable");
        foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject().ToList())
        {
            definition[name] = value?.DeepClone();
        }

        var (status, body) = await PostAsync(client, "/api/v1/fields", definition.ToJsonString());

        Assert.Equal(HttpStatusCode.BadRequest, status);
        if (member.Length > 0)
        {
            Assert.Equal("urn:social-registry:problem:fields.invalid", (string)body["type"]!);
            Assert.Equal(member, (string)body["errors"]![0]!["field"]!);
        }
    }

    [Theory]
    [InlineData("GET", "/api/v1/fields?state=draft", 400)]
    [InlineData("GET", "/api/v1/fields/individual/no_such_field", 404)]
    [InlineData("POST", "/api/v1/fields/no_such_field/publish", 404)]
    [InlineData("POST", "/api/v1/fields/area/retire", 400)]
    [InlineData("POST", "/api/v1/fields/area/retire?kind=person", 400)]
    [InlineData("DELETE", "/api/v1/fields/no_such_field/draft", 404)]
    [InlineData("GET", "/api/v1/fields/changes?size=501", 400)]
    [InlineData("GET", "/api/v1/fields/changes?after=x", 400)]
    [InlineData("GET", "/api/v1/forms/person", 404)]
    [InlineData("GET", "/api/v1/forms/individual?lang=fr", 400)]
    [InlineData("GET", "/api/v1/code-lists/no_such_list", 404)]
    [InlineData("GET", "/api/v1/identifier-types/no_such_type", 404)]
    [InlineData("GET", "/schemas/person/1", 404)]
    [InlineData("GET", "/schemas/individual/999999", 404)]
    [InlineData("GET", "/schemas/individual/0", 404)]
    [InlineData("GET", "/schemas/individual/1?lang=english", 400)]
    public async Task What_is_not_there_or_not_known_is_refused(string method, string path, int status)
    {
        using var client = await server.Registry.SignedInAsync();

        using var answer = await client.SendAsync(new HttpMethod(method), path);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Code_lists_are_created_changed_and_never_lose_a_code()
    {
        using var client = await server.Registry.SignedInAsync();
        var list = NewId();
        var body = $$"""{"id":"{{list}}","codes":[{"code":"well","labels":{"eng":"Well"},"synonyms":["dug well"]}]}""";
        using var created = await client.SendAsync(HttpMethod.Post, "/api/v1/code-lists", body);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var again = await client.SendAsync(HttpMethod.Post, "/api/v1/code-lists", body);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);

        using var code = await client.SendAsync(
            HttpMethod.Put,
            $"/api/v1/code-lists/{list}/codes/tap",
            """{"labels":{"eng":"Tap","spa":"Grifo"},"mappings":{"fhir":"W-2"}}"""
        );
        Assert.Equal(HttpStatusCode.OK, code.StatusCode);
        using var lost = await client.SendAsync(HttpMethod.Put, $"/api/v1/code-lists/{list}", body);
        Assert.Equal(HttpStatusCode.BadRequest, lost.StatusCode);
        using var other = await client.SendAsync(HttpMethod.Put, "/api/v1/code-lists/another", body);
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        using var unknown = await client.SendAsync(
            HttpMethod.Put,
            $"/api/v1/code-lists/{list}/codes/tap",
            """{"labels":{"eng":"Tap"},"colour":"red"}"""
        );
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);

        var read = await GetAsync(client, $"/api/v1/code-lists/{list}");
        Assert.Equal(["well", "tap"], read["codes"]!.AsArray().Select(c => (string)c!["code"]!));
        Assert.Equal("W-2", (string)read["codes"]![1]!["mappings"]!["fhir"]!);
    }

    [Fact]
    public async Task Identifier_types_are_added_while_the_server_runs()
    {
        using var client = await server.Registry.SignedInAsync();
        var id = NewId().ToUpperInvariant();
        using var put = await client.SendAsync(
            HttpMethod.Put,
            $"/api/v1/identifier-types/{id}",
            $$"""{"id":"{{id}}","labels":{"eng":"Card {{id}}"},"kind":"individual","pattern":"^[0-9]{6}$","normalisation":"digits"}"""
        );
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);

        var stored = await PostAsync(
            client,
            "/api/v1/registrants",
            $$"""{"kind":"individual","values":{"given_name":"Amara"},"identifiers":[{"type":"{{id}}","value":"12-34-56"}]}"""
        );
        Assert.Equal(HttpStatusCode.Created, stored.Status);
    }

    [Fact]
    public async Task Only_designers_change_the_catalogue_and_every_caller_reads_it()
    {
        using var narrow = await server.Registry.SignedInAsync(RunningRegistry.Narrow);
        using var draft = await narrow.SendAsync(HttpMethod.Post, "/api/v1/fields", Definition(NewId()));
        using var drafts = await narrow.GetAsync("/api/v1/fields/drafts");
        using var read = await narrow.GetAsync("/api/v1/fields/individual/birth_date");
        using var stranger = await server.Registry.Http.GetAsync("/api/v1/fields");
        using var form = await server.Registry.Http.GetAsync("/api/v1/forms/individual");

        Assert.Equal(HttpStatusCode.Forbidden, draft.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, drafts.StatusCode);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, form.StatusCode);
    }

    [Fact]
    public async Task A_schema_is_public_cached_and_in_the_language_asked_for()
    {
        using var answer = await server.Registry.Http.GetAsync("/schemas/group/1?lang=spa");

        Assert.Equal("application/schema+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        var schema = (await answer.ObjectAsync());
        Assert.Equal(server.Registry.Url + "/schemas/group/1", (string)schema["$id"]!);
        Assert.Equal("Hogar", (string)schema["properties"]!["group_type"]!["oneOf"]![1]!["title"]!);
        Assert.True(Schema.Compile(JsonSerializer.SerializeToElement(schema)).Succeeded);
        using var same = await server.Registry.Http.SendAsync(
            HttpMethod.Get,
            "/schemas/group/1?lang=spa",
            null,
            ("If-None-Match", answer.Headers.ETag!.Tag)
        );
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
    }

    [Fact]
    public async Task A_stated_age_shows_the_years_of_birth_it_allows_as_an_estimate()
    {
        using var client = await server.Registry.SignedInAsync();

        var stated = await PostAsync(
            client,
            "/api/v1/registrants",
            """{"kind":"individual","values":{"stated_age":{"age":40,"as_of":"2025-06-01"}}}"""
        );
        var known = await PostAsync(
            client,
            "/api/v1/registrants",
            """{"kind":"individual","values":{"birth_date":"1984","stated_age":{"age":40,"as_of":"2025-06-01"}}}"""
        );

        Assert.Equal(
            (1984, 1985),
            ((int)stated.Body["estimatedBirthYear"]!["from"]!, (int)stated.Body["estimatedBirthYear"]!["to"]!)
        );
        Assert.Null(stated.Body["values"]!["birth_date"]);
        Assert.Equal("1984", (string)known.Body["values"]!["birth_date"]!);
        Assert.Null(known.Body["estimatedBirthYear"]);
    }

    private static async Task UntilIndexedAsync(HttpClient client, string id)
    {
        for (var i = 0; i < 300; i++)
        {
            var field = await GetAsync(client, $"/api/v1/fields/individual/{id}");
            if ((string?)field["index"]?["state"] == "indexed")
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail("The field got no index.");
    }

    private static async Task ImportAsync(HttpClient client, string csv, int parked)
    {
        using var accepted = await UploadAsync(client, csv);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        JsonObject job;
        do
        {
            await Task.Delay(50);
            using var answer = await client.GetAsync(accepted.Headers.Location);
            job = await answer.ObjectAsync();
        } while ((string?)job["state"] is "queued" or "running");

        Assert.Equal(parked, (int)job["summary"]!["parked"]!);
    }

    private static async Task<HttpResponseMessage> UploadAsync(HttpClient client, string csv)
    {
        using var form = new MultipartFormDataContent();
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(csv));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(file, "file", "persons.csv");
        form.Add(new StringContent("individual"), "kind");
        return await client.PostAsync("/api/v1/imports", form);
    }

    private static async Task<(HttpStatusCode Status, JsonObject Body)> PostAsync(
        HttpClient client,
        string path,
        string? body = null
    )
    {
        using var answer = await client.SendAsync(HttpMethod.Post, path, body);
        return (answer.StatusCode, await answer.ObjectAsync());
    }

    private static async Task<JsonObject> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.ObjectAsync();
    }

    private static string NewId() => $"f{Environment.TickCount64:x}_{Interlocked.Increment(ref counter)}";

    private static string Person(string field, int value) =>
        $$"""{"kind":"individual","values":{"given_name":"Amara","birth_date":"1991-04","{{field}}":{{value}} } }""";

    private static string Definition(string id) =>
        $$$"""
            {"id":"{{{id}}}","kind":"individual","type":"integer","class":"internal","labels":{"eng":"Goats {{{id}}}","fra":"Chèvres {{{id}}}"},
             "section":"livelihood","searchable":true,"validation":{"minimum":0,"maximum":500}}
            """;
}
