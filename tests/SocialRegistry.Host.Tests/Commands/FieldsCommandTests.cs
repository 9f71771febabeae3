using System.Diagnostics;
using System.Text.Json.Nodes;
using SocialRegistry.Testing;

namespace SocialRegistry.Host.Tests.Commands;

/// <summary>The command <c>fields</c>, on a database of its own.</summary>
public sealed class FieldsCommandTests : IAsyncLifetime
{
    private const string Definition =
        """{"id":"livestock_count","kind":"individual","type":"integer","class":"internal","labels":{"eng":"Goats and sheep"},"searchable":true}""";

    private readonly string folder = Directory.CreateTempSubdirectory("registry-fields-").FullName;
    private TestDatabase database = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync(Storage.DatabaseProvider.Sqlite);
        await File.WriteAllTextAsync(Path.Combine(folder, "passphrase.txt"), "a passphrase of the tests, long enough");
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_field_goes_from_its_file_to_the_catalogue_and_is_retired()
    {
        var file = await FileAsync(Definition);

        var (drafted, _, _) = await RunAsync("draft", file);
        var (list, drafts, _) = await RunAsync("list", "--drafts", "--json");
        var (preview, effect, _) = await RunAsync("preview", "livestock_count", "--json");
        var (publish, status, _) = await RunAsync("publish", "livestock_count", "--kind", "individual", "--json");
        var (listed, fields, _) = await RunAsync("list", "--kind", "individual");
        var (retire, words, _) = await RunAsync("retire", "livestock_count");

        Assert.Equal((0, 0, 0, 0, 0, 0), (drafted, list, preview, publish, listed, retire));
        Assert.Equal("livestock_count", (string)JsonNode.Parse(drafts)![0]!["field"]!["id"]!);
        Assert.True((bool)JsonNode.Parse(effect)!["publishable"]!);
        Assert.Equal("pending", (string)JsonNode.Parse(status)!["index"]!["state"]!);
        Assert.Contains("livestock_count", fields, StringComparison.Ordinal);
        Assert.Contains("individual.livestock_count is retired", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"x","kind":"individual"}""", "type")]
    [InlineData("""{"id":"x","kind":"individual","type":"text","labels":{"eng":"X"}}""", "class")]
    [InlineData("""{"id":"X y","kind":"individual","type":"text","class":"public","labels":{"eng":"X"}}""", "id:")]
    [InlineData("not json", "definition")]
    public async Task A_faulty_file_is_refused_in_one_line_that_says_what_to_mend(string definition, string named)
    {
        var (code, output, error) = await RunAsync("draft", await FileAsync(definition));

        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_said_and_wrong_arguments_are_told_apart()
    {
        var (code, _, error) = await RunAsync("publish", "no_such_field");
        Assert.Equal(1, code);
        Assert.Contains("no draft", error, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("list", "--colour")).Code);
        Assert.NotEqual(0, (await RunAsync("list", "--kind", "person")).Code);
    }

    private async Task<string> FileAsync(string content)
    {
        var file = Path.Combine(folder, Guid.NewGuid() + ".json");
        await File.WriteAllTextAsync(file, content);
        return file;
    }

    /// <summary>A process of its own, as an operator starts it.</summary>
    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all =
        [
            Path.Combine(AppContext.BaseDirectory, "socialregistry.dll"),
            "fields",
            .. arguments,
            $"--ConnectionStrings:Registry={database.Options.ConnectionString}",
            $"--Keys:Path={Path.Combine(folder, "keys")}",
            $"--Keys:PassphraseFile={Path.Combine(folder, "passphrase.txt")}",
        ];
        foreach (var argument in all)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
