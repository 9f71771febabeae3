using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

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

    [Fact]
    public async Task An_application_that_must_sign_attests_by_its_signature_only()
    {
        using var admin = await server.Registry.SignedInAsync();
        var id = await StoreAsync(admin, "NOWHERE-3");
        await PublishAsync(admin, "signed_by_clinic", "partner:clinic");
        using var partner = await SigningPartner.CreateAsync(
            server.Registry,
            admin,
            ["attestations:write", "registrants:read"],
            ["surname", "sex", "signed_by_clinic"],
            "clinic"
        );
        var path = $"/api/v1/registrants/{id}/attestations";
        await SetAsync(admin, id, "signed_by_clinic", "yes");
        var hashes = (await ListAsync(partner.Client, path)).ToDictionary(
            a => (string)a!["field"]!,
            a => (string)a!["valueHash"]!
        );
        // Only this application attests the field.
        using var staff = await admin.SendAsync(
            HttpMethod.Put,
            path + "/signed_by_clinic",
            """{"status":"ATTESTED"}"""
        );
        Assert.Equal("attestations.not_for_role", Code(await staff.ObjectAsync()));
        string Body(string status) =>
            $$"""
            {"statements":[
              {"registrant":"{{id}}","field":"signed_by_clinic","status":"{{status}}","valueHash":"{{hashes[
                "signed_by_clinic"
            ]}}","method":"register"},
              {"registrant":"{{id}}","field":"sex","status":"{{status}}","valueHash":"{{hashes["surname"]}}"}]}
            """;

        using var plain = await partner.Client.SendAsync(HttpMethod.Post, All, Body("ATTESTED"));
        using var single = await partner.Client.SendAsync(
            HttpMethod.Put,
            path + "/surname",
            """{"status":"ATTESTED"}"""
        );
        Assert.Equal("attestations.signature_required", Code(await plain.ObjectAsync()));
        Assert.Equal("attestations.signature_required", Code(await single.ObjectAsync()));
        foreach (var bad in partner.BadForms(Body("REJECTED"), Body("ATTESTED")))
        {
            using var refused = await partner.SendSignedAsync(All, bad);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Equal("attestations.signature_invalid", Code(await refused.ObjectAsync()));
        }

        // A signature holds for statements as it does for feedback, and for nothing of another shape.
        using var shape = await partner.SendSignedAsync(
            All,
            partner.Sign("""{"namedVersion":"a","items":[]}""", SigningPartner.Now)
        );
        Assert.Equal("attestations.not_json", Code(await shape.ObjectAsync()));
        Assert.All(await ListAsync(partner.Client, path), a => Assert.Equal("NEW", (string?)a!["status"]));

        var good = partner.Sign(Body("ATTESTED"), SigningPartner.Now);
        using var heard = await partner.SendSignedAsync(All, good);
        using var again = await partner.SendSignedAsync(All, good);

        var answer = await heard.ObjectAsync();
        Assert.Equal(HttpStatusCode.OK, heard.StatusCode);
        var signature = answer["outcomes"]![0]!["attestation"]!["signature"]!;
        Assert.Equal(partner.Thumbprint, (string?)signature["key"]);
        var input = good[..good.LastIndexOf('.')];
        Assert.Equal(
            Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(input))),
            (string?)signature["digest"]
        );
        // Signed for another value than the one that stands: bound to that hash, whatever else is right.
        Assert.Equal("attestations.value_changed", (string?)answer["outcomes"]![1]!["problem"]!["code"]);
        Assert.Equal(answer.ToJsonString(), (await again.ObjectAsync()).ToJsonString());
        var item = Assert.Single(await ItemsAsync(admin, path + "/signed_by_clinic/history"));
        Assert.Equal(
            (partner.Id, partner.Thumbprint),
            ((string?)item!["attestedBy"], (string?)item["signature"]!["key"])
        );
        // After the value has changed the words that were caught say nothing.
        await SetAsync(admin, id, "signed_by_clinic", "no");
        using var late = await partner.SendSignedAsync(All, good);
        Assert.Equal(answer.ToJsonString(), (await late.ObjectAsync()).ToJsonString());
        var stands = (await ListAsync(partner.Client, path)).Single(a => (string?)a!["field"] == "signed_by_clinic");
        Assert.Equal("NEW", (string?)stands!["status"]);
    }

    [Fact]
    public async Task A_document_of_the_record_is_named_as_evidence()
    {
        using var client = await server.Registry.SignedInAsync();
        var id = await StoreAsync(client, "NOWHERE-4");
        using var form = new MultipartFormDataContent { { new StringContent("letter"), "kind" } };
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes("name;year\nAmira;1984\n"));
        file.Headers.ContentType = new("text/plain");
        form.Add(file, "file", "letter.txt");
        using var added = await client.PostAsync($"/api/v1/registrants/{id}/documents", form);
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var document = (string)(await added.ObjectAsync())["id"]!;
        var path = $"/api/v1/registrants/{id}/attestations/surname";

        using var garbage = await client.SendAsync(
            HttpMethod.Put,
            path,
            """{"status":"ATTESTED","document":"letter.txt"}"""
        );
        using var unknown = await client.SendAsync(
            HttpMethod.Put,
            path,
            """{"status":"ATTESTED","document":"019e0000-0000-7000-8000-000000000000"}"""
        );
        using var stated = await client.SendAsync(
            HttpMethod.Put,
            path,
            $$"""{"status":"ATTESTED","document":"{{document}}"}"""
        );

        foreach (var refused in (HttpResponseMessage[])[garbage, unknown])
        {
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Equal("document", (string?)(await refused.ObjectAsync())["errors"]![0]!["field"]);
        }

        Assert.Equal(document, (string?)(await stated.ObjectAsync())["document"]);
        Assert.Equal(document, (string?)(await ItemsAsync(client, path + "/history"))[0]!["document"]);
    }

    private const string All = "/api/v1/attestations";

    private static string? Code(JsonObject problem) =>
        ((string?)problem["type"])?["urn:social-registry:problem:".Length..];

    private static async Task PublishAsync(HttpClient admin, string field, string role)
    {
        using var drafted = await admin.SendAsync(
            HttpMethod.Post,
            "/api/v1/fields",
            $$"""
            {"id":"{{field}}","kind":"individual","type":"text","class":"internal","labels":{"eng":"Seen"},
             "attestable":true,"attestationPolicy":{"roles":["{{role}}"]} }
            """
        );
        Assert.True(drafted.IsSuccessStatusCode, await drafted.Content.ReadAsStringAsync());
        using var published = await admin.SendAsync(HttpMethod.Post, $"/api/v1/fields/{field}/publish");
        Assert.True(published.IsSuccessStatusCode, await published.Content.ReadAsStringAsync());
    }

    private static async Task SetAsync(HttpClient client, string id, string field, string value)
    {
        var path = $"/api/v1/registrants/{id}";
        using var read = await client.GetAsync(path);
        using var answer = await client.SendAsync(
            HttpMethod.Patch,
            path,
            $$"""{"values":{"{{field}}":"{{value}}"} }""",
            ("If-Match", read.Headers.ETag!.Tag)
        );
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static async Task<JsonArray> ListAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return (JsonArray)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private static async Task<JsonArray> ItemsAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return (await answer.ObjectAsync())["items"]!.AsArray();
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
