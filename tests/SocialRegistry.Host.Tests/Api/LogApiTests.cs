using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Host.Tests.Commands;
using SocialRegistry.Storage;

namespace SocialRegistry.Host.Tests.Api;

/// <summary>The signed log through the front door, and the command that verifies it beside the running server.</summary>
public sealed class LogApiTests(LogApiTests.Server server) : IClassFixture<LogApiTests.Server>
{
    [Fact]
    public async Task An_entry_is_proven_and_the_checkpoint_is_a_signed_note()
    {
        using var client = await server.Registry.SignedInAsync();
        var id = await PersonAsync(client);

        var proof = await SealedAsync(client, id);
        using var checkpoint = await client.GetAsync("/api/v1/log/checkpoint");
        using var keys = await client.GetAsync("/api/v1/log/keys");
        using var leaf = await client.GetAsync($"/api/v1/log/leaves/{proof["leaf"]!["index"]}?size={proof["size"]}");
        using var consistency = await client.GetAsync("/api/v1/log/proofs/consistency?from=1");
        using var list = await client.GetAsync("/api/v1/log/checkpoints?size=1");

        Assert.Equal("text/plain", checkpoint.Content.Headers.ContentType?.MediaType);
        var note = await checkpoint.Content.ReadAsStringAsync();
        var origin = new Uri(server.Registry.Url).Authority + "/log";
        Assert.StartsWith(origin + "\n", note, StringComparison.Ordinal);
        Assert.Contains($"\n\n— {origin} ", note, StringComparison.Ordinal);
        Assert.StartsWith(origin + "+", await keys.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(id, (string)proof["leaf"]!["owner"]!);
        Assert.Equal(proof.ToJsonString(), (await leaf.ObjectAsync()).ToJsonString());
        Assert.Equal(1, (int)(await consistency.ObjectAsync())["from"]!);
        Assert.Single((await list.ObjectAsync())["items"]!.AsArray());
    }

    [Theory]
    [InlineData("/api/v1/log/checkpoint?colour=red", 400, "request.query_unknown")]
    [InlineData("/api/v1/log/leaves/999999999", 404, "log.no_leaf")]
    [InlineData("/api/v1/log/leaves/0?size=999999999", 400, "log.size")]
    [InlineData("/api/v1/log/leaves/0?size=0", 400, null)]
    [InlineData("/api/v1/log/leaves/0?size=much", 400, null)]
    [InlineData("/api/v1/log/leaves/-1", 404, "log.no_leaf")]
    [InlineData("/api/v1/log/leaves/first", 404, "log.no_leaf")]
    [InlineData("/api/v1/log/proofs/inclusion?sequence=1", 400, null)]
    [InlineData("/api/v1/log/proofs/inclusion?registrant=x&sequence=1", 404, null)]
    [InlineData(
        "/api/v1/log/proofs/inclusion?registrant=019e0000-0000-7000-8000-000000000000&sequence=1",
        404,
        "log.not_sealed"
    )]
    [InlineData("/api/v1/log/proofs/consistency?from=0", 400, null)]
    [InlineData("/api/v1/log/proofs/consistency?from=2&to=1", 400, "log.order")]
    [InlineData("/api/v1/log/checkpoints?size=0", 400, null)]
    [InlineData("/api/v1/log/checkpoints?after=yesterday", 400, "paging.invalid")]
    public async Task What_cannot_be_is_refused(string path, int status, string? code)
    {
        using var client = await server.Registry.SignedInAsync();
        await SealedAsync(client, await PersonAsync(client));

        using var answer = await client.GetAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        if (code is not null)
        {
            Assert.EndsWith(":" + code, (string)(await answer.ObjectAsync())["type"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_log_needs_its_permission()
    {
        using var client = await server.Registry.SignedInAsync(RunningRegistry.Writer);
        foreach (
            var path in (string[])
                [
                    "checkpoint",
                    "checkpoints",
                    "keys",
                    "leaves/0",
                    "proofs/inclusion?registrant=019e0000-0000-7000-8000-000000000000&sequence=1",
                    "proofs/consistency?from=1",
                    "entries",
                ]
        )
        {
            using var answer = await client.GetAsync("/api/v1/log/" + path);
            using var stranger = await server.Registry.Http.GetAsync("/api/v1/log/" + path);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        }
    }

    [Fact]
    public async Task The_command_verifies_the_database_and_an_export_and_names_what_was_touched()
    {
        using var client = await server.Registry.SignedInAsync();
        var id = await PersonAsync(client);
        await SealedAsync(client, id);
        var folder = Directory.CreateTempSubdirectory("registry-verify-").FullName;
        var streamed = Path.Combine(folder, "streamed.jsonl");
        using (var export = await client.GetAsync("/api/v1/log/entries"))
        {
            Assert.Equal("application/jsonl", export.Content.Headers.ContentType?.MediaType);
            await File.WriteAllBytesAsync(streamed, await export.Content.ReadAsByteArrayAsync());
        }

        var key = (await client.GetStringAsync("/api/v1/log/keys")).TrimEnd('\n');
        var (whole, output) = await VerifyAsync(folder, "--save-checkpoint", "kept.txt", "--export", "log.jsonl");
        var (again, json) = await VerifyAsync(folder, "--checkpoint", "kept.txt", "--json");
        var (offline, told) = await RunAsync(folder, "--file", "log.jsonl", "--key", key, "--checkpoint", "kept.txt");
        var (online, _) = await RunAsync(folder, "--file", streamed, "--key", key);
        var (keyless, why) = await RunAsync(folder, "--file", "log.jsonl");
        var (noKey, _) = await RunAsync(folder, "--file", "log.jsonl", "--key", "nobody");
        var (twice, _) = await VerifyAsync(folder, "--export", "log.jsonl");

        Assert.True(whole == 0, output);
        Assert.Contains("whole", output, StringComparison.Ordinal);
        Assert.True(again == 0, json);
        Assert.True((bool)JsonNode.Parse(json)!["isWhole"]!);
        Assert.True(offline == 0, told);
        Assert.Equal((0, 1, 1, 1), (online, keyless, noKey, twice));
        Assert.Contains("--key", why, StringComparison.Ordinal);

        var lines = await File.ReadAllLinesAsync(Path.Combine(folder, "log.jsonl"));
        var at = Array.FindIndex(lines, l => l.Contains(id, StringComparison.Ordinal));
        lines[at] = lines[at]
            .Replace("\"operation\":\"created\"", "\"operation\":\"creates\"", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(Path.Combine(folder, "touched.jsonl"), lines);
        var (touched, named) = await RunAsync(folder, "--file", "touched.jsonl", "--key", key);
        Assert.Equal(1, touched);
        Assert.Contains($"registrant {id} entry 1", named, StringComparison.Ordinal);

        await ExecuteAsync(
            $"update registry_changes set actor = 'x' || actor where registrant_id = '{id.ToUpperInvariant()}'"
        );
        var (red, findings) = await VerifyAsync(folder, "--json");
        await ExecuteAsync(
            $"update registry_changes set actor = substr(actor, 2) where registrant_id = '{id.ToUpperInvariant()}'"
        );
        Assert.Equal(1, red);
        Assert.Contains($"registrant {id} entry 1", findings, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task The_command_says_what_is_missing()
    {
        var folder = Directory.CreateTempSubdirectory("registry-verify-").FullName;
        var (noDatabase, text) = await RunAsync(folder);
        var (noFile, _) = await RunAsync(folder, "--file", "absent.jsonl", "--key", "x");
        await File.WriteAllTextAsync(Path.Combine(folder, "kept.txt"), "no checkpoint");
        var (wrong, findings) = await VerifyAsync(folder, "--checkpoint", "kept.txt");
        var (unknown, _) = await RunAsync(folder, "--colour");

        Assert.Equal((1, 1, 1, 2), (noDatabase, noFile, wrong, unknown));
        Assert.Contains("There is no database", text, StringComparison.Ordinal);
        Assert.Contains("checkpoint.unsigned", findings, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder, "*.db", SearchOption.AllDirectories));
        Directory.Delete(folder, recursive: true);
    }

    private Task<(int Status, string Output)> VerifyAsync(string folder, params string[] arguments) =>
        RunAsync(
            folder,
            [
                .. arguments,
                "--ConnectionStrings:Registry="
                    + server.Registry.App.Services.GetRequiredService<DatabaseOptions>().ConnectionString,
                "--Keys:Path=" + server.Registry.Keys,
            ]
        );

    private static Task<(int Status, string Output)> RunAsync(string folder, params string[] arguments) =>
        RegistryProcess.RunAsync(folder, null, ["verify-log", .. arguments]);

    private async Task ExecuteAsync(string sql)
    {
        var database = server.Registry.App.Services.GetRequiredService<DatabaseOptions>();
        await using var connection = new SqliteConnection(database.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private static async Task<string> PersonAsync(HttpClient client)
    {
        using var created = await client.PostAsync(
            "/api/v1/registrants",
            new StringContent(
                """{"kind":"individual","values":{"given_name":"Amira","birth_date":"1984-03-02"}}""",
                Encoding.UTF8,
                "application/json"
            )
        );
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return (string)(await created.ObjectAsync())["id"]!;
    }

    /// <summary>The proof of the record's first entry, once it is there.</summary>
    private static async Task<JsonObject> SealedAsync(HttpClient client, string id)
    {
        for (var i = 0; i < 200; i++)
        {
            using var answer = await client.GetAsync($"/api/v1/log/proofs/inclusion?registrant={id}&sequence=1");
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return await answer.ObjectAsync();
            }

            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            await Task.Delay(50);
        }

        throw new InvalidOperationException("The entry was not sealed within ten seconds.");
    }

    public sealed class Server : IAsyncLifetime
    {
        public RunningRegistry Registry { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Registry = await RunningRegistry.StartAsync(
                settings: new Dictionary<string, string?> { ["Registry:SealSeconds"] = "1" }
            );

        public ValueTask DisposeAsync() => Registry.DisposeAsync();
    }
}
