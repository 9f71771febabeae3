using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Storage;
using Xunit;

namespace SocialRegistry.Registry.Tests.Verification;

/// <summary>An export is verified with nothing but the key that was given out.</summary>
public abstract class VerifyExportTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Fact]
    public async Task An_export_is_whole_and_every_change_of_it_is_found()
    {
        await using var host = await StartAsync();
        var person = await LoggedWorld.FillAsync(host, Cancellation);
        await LoggedWorld.SealAsync(host);
        var early = await LoggedWorld.CheckpointAsync(host);
        await LoggedWorld.PatchAsync(host, person, LoggedWorld.Version, """{"area":"LOG-1"}""");
        await LoggedWorld.SealAsync(host);
        var newest = await LoggedWorld.CheckpointAsync(host);
        var lines = await LoggedWorld.ExportAsync(host);
        var key = await LoggedWorld.KeyAsync(host);

        foreach (var kept in (string?[])[null, early, newest])
        {
            var whole = await LoggedWorld.VerifyFileAsync(lines, key, kept);
            Assert.True(whole.IsWhole, whole.Text());
            Assert.Equal(newest, whole.Checkpoint);
            Assert.Equal(await CountAsync(host, $"select count(*) from {Table("log_leaves")}"), whole.Leaves);
            Assert.Equal(await CountAsync(host, $"select count(*) from {Table("changes")}"), whole.Entries);
        }

        for (var i = 1; i < lines.Count; i++)
        {
            Assert.Equal(IsEarlier(lines, i), (await LoggedWorld.VerifyFileAsync(Without(lines, i), key)).IsWhole);
            foreach (var touched in Touched(lines[i]))
            {
                var report = await LoggedWorld.VerifyFileAsync(With(lines, i, touched), key);
                Assert.False(report.IsWhole, $"line {i + 1} was touched unseen: {touched}");
            }

            if (i + 1 < lines.Count)
            {
                List<string> swapped = [.. lines[..i], lines[i + 1], lines[i], .. lines[(i + 2)..]];
                Assert.False((await LoggedWorld.VerifyFileAsync(swapped, key)).IsWhole);
            }

            // The same checkpoint twice says nothing new.
            var isCheckpoint = lines[i].StartsWith("{\"checkpoint\"", StringComparison.Ordinal);
            var twice = await LoggedWorld.VerifyFileAsync([.. lines[..i], lines[i], .. lines[i..]], key);
            Assert.Equal(isCheckpoint, twice.IsWhole);
        }
    }

    [Fact]
    public async Task What_was_altered_is_named()
    {
        await using var host = await StartAsync();
        var person = await LoggedWorld.FillAsync(host, Cancellation);
        await LoggedWorld.SealAsync(host);
        var lines = await LoggedWorld.ExportAsync(host);
        var key = await LoggedWorld.KeyAsync(host);
        var at = lines.FindIndex(l =>
            l.Contains(person.ToString(), StringComparison.Ordinal)
            && l.Contains("\"number\":3,", StringComparison.Ordinal)
        );
        var altered = lines[at].Replace("\"actor\":\"registrar\"", "\"actor\":\"somebody\"", StringComparison.Ordinal);

        var report = await LoggedWorld.VerifyFileAsync(With(lines, at, altered), key);
        var removed = await LoggedWorld.VerifyFileAsync(Without(lines, at), key);

        var finding = Assert.Single(report.Findings);
        Assert.Equal("entry.altered", finding.Code);
        Assert.StartsWith($"registrant {person} entry 3 ", finding.Entry, StringComparison.Ordinal);
        Assert.Contains(
            removed.Findings,
            f => f.Code == "entry.removed" && f.Detail.Contains("Entry 3 ", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_cut_or_foreign_export_is_refused()
    {
        await using var host = await StartAsync();
        await LoggedWorld.FillAsync(host, Cancellation);
        await LoggedWorld.SealAsync(host);
        var early = await LoggedWorld.ExportAsync(host);
        await host.Registrants.StoreAsync(Persons.Amira());
        await LoggedWorld.SealAsync(host);
        var kept = await LoggedWorld.CheckpointAsync(host);
        var key = await LoggedWorld.KeyAsync(host);
        var keys = Directory.CreateTempSubdirectory("registry-foreign-keys-").FullName;
        await using var elsewhere = await StartAsync(
            settings: new Dictionary<string, string?> { ["Keys:Path"] = Path.Combine(keys, "ring") }
        );
        var foreign = await LoggedWorld.KeyAsync(elsewhere);

        Assert.True((await LoggedWorld.VerifyFileAsync(early, key)).IsWhole);
        Assert.Equal(
            "log.truncated",
            Assert.Single((await LoggedWorld.VerifyFileAsync(early, key, kept)).Findings).Code
        );
        Assert.Contains((await LoggedWorld.VerifyFileAsync(early[..^2], key)).Findings, f => f.Code == "log.unsigned");
        Assert.Contains(
            (await LoggedWorld.VerifyFileAsync(early, foreign)).Findings,
            f => f.Code == "checkpoint.unsigned"
        );
        Assert.False((await LoggedWorld.VerifyFileAsync([], key)).IsWhole);
        Assert.Contains(
            (await LoggedWorld.VerifyFileAsync(["not an export", "{}"], key)).Findings,
            f => f is { Code: "export.unreadable", Entry: "line 2" }
        );
        await Assert.ThrowsAsync<FormatException>(() => LoggedWorld.VerifyFileAsync(early, "no key"));
        Directory.Delete(keys, recursive: true);
    }

    /// <summary>A checkpoint in the midst may be left out: the next one signs its leaves too.</summary>
    private static bool IsEarlier(List<string> lines, int i) =>
        lines[i].StartsWith("{\"checkpoint\"", StringComparison.Ordinal) && i + 1 < lines.Count;

    /// <summary>The line with each of its members changed a little.</summary>
    private static IEnumerable<string> Touched(string line)
    {
        var root = JsonNode.Parse(line)!.AsObject();
        foreach (var path in Paths(root, []).ToList())
        {
            var copy = JsonNode.Parse(line)!;
            JsonNode parent = copy;
            foreach (var step in path[..^1])
            {
                parent = parent[step]!;
            }

            var value = parent[path[^1]]!;
            if (path[^1] == "count")
            {
                // Told for reading; the hash of the rows is what counts.
                continue;
            }

            parent[path[^1]] =
                value.GetValueKind() == JsonValueKind.Number ? value.GetValue<long>() + 1 : Another(value);
            yield return copy.ToJsonString();
        }
    }

    private static string Another(JsonNode value)
    {
        var text = value.GetValue<string>();
        if (!text.EndsWith('='))
        {
            return (text[0] == '9' ? "8" : "9") + text[1..];
        }

        var bytes = Convert.FromBase64String(text);
        bytes[^1] ^= 1;
        return Convert.ToBase64String(bytes);
    }

    private static IEnumerable<string[]> Paths(JsonObject node, string[] above) =>
        node.SelectMany(member =>
            member.Value is JsonObject inner
                ? Paths(inner, [.. above, member.Key])
                :
                [
                    [.. above, member.Key],
                ]
        );

    private static List<string> With(List<string> lines, int at, string line) =>
        [.. lines[..at], line, .. lines[(at + 1)..]];

    private static List<string> Without(List<string> lines, int at) => [.. lines[..at], .. lines[(at + 1)..]];
}

public sealed class SqliteVerifyExportTests() : VerifyExportTests(DatabaseProvider.Sqlite);

public sealed class PostgresVerifyExportTests() : VerifyExportTests(DatabaseProvider.Postgres);
