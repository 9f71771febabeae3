using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace SocialRegistry.Host.Tests.Api;

/// <summary>Documents through the front door.</summary>
public sealed class DocumentApiTests(DocumentApiTests.Server server) : IClassFixture<DocumentApiTests.Server>
{
    [Fact]
    public async Task A_document_is_attached_listed_fetched_and_removed()
    {
        using var client = await server.Registry.SignedInAsync();
        var path = await PersonAsync(client) + "/documents";
        var bytes = Pdf();

        using var added = await client.PostAsync(path, Form(bytes, "Geburt ✓.pdf", "application/pdf"));
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var document = await added.ObjectAsync();
        using var list = await client.GetAsync(path);
        using var fetched = await client.GetAsync(added.Headers.Location);

        Assert.Contains((string)document["sha256"]!, await list.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("application/pdf", fetched.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", fetched.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal("Geburt ✓.pdf", fetched.Content.Headers.ContentDisposition?.FileNameStar);
        Assert.Equal(bytes.Length, fetched.Content.Headers.ContentLength);
        Assert.Equal("nosniff", fetched.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains(
            "sandbox",
            fetched.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
        Assert.Equal(bytes, await fetched.Content.ReadAsByteArrayAsync());

        using var without = await client.DeleteAsync(added.Headers.Location);
        using var removed = await client.DeleteAsync(added.Headers.Location + "?reason=wrong_person");
        using var again = await client.GetAsync(added.Headers.Location);
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Theory]
    [InlineData("text/plain", "a.txt", "<html><script>", "documents.content_mismatch")]
    [InlineData("application/pdf", "a.pdf", "no pdf", "documents.content_mismatch")]
    [InlineData("image/svg+xml", "a.svg", "<svg/>", "documents.invalid")]
    [InlineData("text/html", "a.html", "<html/>", "documents.invalid")]
    [InlineData("text/plain", "a.exe", "text", "documents.invalid")]
    [InlineData("text/plain", "a.txt", "", "documents.empty")]
    public async Task A_wrong_file_is_refused(string type, string name, string content, string code)
    {
        using var client = await server.Registry.SignedInAsync();
        var path = await PersonAsync(client) + "/documents";

        using var answer = await client.PostAsync(path, Form(Encoding.UTF8.GetBytes(content), name, type));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.EndsWith(":" + code, (string)(await answer.ObjectAsync())["type"]!, StringComparison.Ordinal);
        using var list = await client.GetAsync(path);
        Assert.Equal("[]", await list.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_upload_of_another_shape_is_refused_and_stores_nothing()
    {
        using var client = await server.Registry.SignedInAsync();
        var path = await PersonAsync(client) + "/documents";
        var file = "plain"u8.ToArray();
        using var behind = Form(file, "a.txt", "text/plain");
        behind.Add(new StringContent("late"), "description");
        using var unknown = new MultipartFormDataContent { { new StringContent("x"), "colour" } };
        using var noKind = new MultipartFormDataContent();
        noKind.Add(FileOf(file, "text/plain"), "file", "a.txt");
        using var noFile = new MultipartFormDataContent { { new StringContent("letter"), "kind" } };
        using var json = HttpForms.Json("{}");
        using var cut = new StringContent("--part\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nlet");
        cut.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=part");

        foreach (var form in (HttpContent[])[behind, unknown, noKind, noFile, json, cut])
        {
            using var answer = await client.PostAsync(path, form);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType);
        }

        using var list = await client.GetAsync(path);
        Assert.Equal("[]", await list.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_file_too_large_is_413()
    {
        using var client = await server.Registry.SignedInAsync();
        var path = await PersonAsync(client) + "/documents";

        using var answer = await client.PostAsync(
            path,
            Form([.. Enumerable.Repeat((byte)'a', 10 * 1024 * 1024 + 1)], "a.txt", "text/plain")
        );

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Documents_need_their_permission()
    {
        using var client = await server.Registry.SignedInAsync();
        using var writer = await server.Registry.SignedInAsync(RunningRegistry.Writer);
        var path = await PersonAsync(client) + "/documents";

        using var list = await writer.GetAsync(path);
        using var add = await writer.PostAsync(path, Form("plain"u8.ToArray(), "a.txt", "text/plain"));
        using var stranger = await server.Registry.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.Forbidden, list.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, add.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Fact]
    public async Task A_record_gets_a_number_at_once_or_later()
    {
        using var client = await server.Registry.SignedInAsync();
        using var created = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/registrants",
            """{"kind":"individual","values":{"given_name":"Amara"},"generate":["SRN"]}"""
        );
        var path = await PersonAsync(client);

        using var without = await client.SendAsync(HttpMethod.Post, path + "/identifiers/SRN");
        using var issued = await client.SendAsync(
            HttpMethod.Post,
            path + "/identifiers/SRN",
            null,
            ("If-Match", "\"1\"")
        );
        using var stale = await client.SendAsync(
            HttpMethod.Post,
            path + "/identifiers/SRN",
            null,
            ("If-Match", "\"1\"")
        );
        using var none = await client.SendAsync(
            HttpMethod.Post,
            path + "/identifiers/UIN",
            null,
            ("If-Match", "\"2\"")
        );
        using var pools = await client.GetAsync("/api/v1/identifier-pools");

        Assert.Equal("SRN", (string?)(await created.ObjectAsync())["identifiers"]![0]!["type"]);
        Assert.Equal(HttpStatusCode.PreconditionRequired, without.StatusCode);
        Assert.Equal("\"2\"", issued.Headers.ETag?.Tag);
        Assert.Equal(12, ((string)(await issued.ObjectAsync())["identifier"]!["value"]!).Length);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        var list = JsonNode.Parse(await pools.Content.ReadAsStringAsync())!.AsArray();
        Assert.Contains(list, p => (string?)p!["type"] == "SRN" && (long)p["issued"]! >= 2);
    }

    private static MultipartFormDataContent Form(byte[] bytes, string name, string type)
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent("birth_certificate"), "kind" },
            { new StringContent("seen at the desk"), "description" },
        };
        form.Add(FileOf(bytes, type), "file", name);
        return form;
    }

    private static byte[] Pdf() =>
        Encoding.ASCII.GetBytes(
            "%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\nxref\n0 1\ntrailer\n<</Root 1 0 R>>\nstartxref\n40\n%%EOF\n"
        );

    private static ByteArrayContent FileOf(byte[] bytes, string type) =>
        new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private static async Task<string> PersonAsync(HttpClient client)
    {
        using var created = await client.SendAsync(
            HttpMethod.Post,
            "/api/v1/registrants",
            """{"kind":"individual","values":{"given_name":"Amara"}}"""
        );
        return created.Headers.Location!.ToString();
    }

    public sealed class Server : IAsyncLifetime
    {
        public RunningRegistry Registry { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Registry = await RunningRegistry.StartAsync();

        public async ValueTask DisposeAsync() => await Registry.DisposeAsync();
    }
}
