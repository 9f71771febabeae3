using System.Text.Json.Nodes;

namespace SocialRegistry.Host.Tests.Commands;

/// <summary><c>demo</c> as a newcomer runs it.</summary>
public sealed class DemoCommandTests
{
    private static readonly string[] Once =
    [
        "demo",
        "--once",
        "--urls",
        "http://127.0.0.1:0",
        "--Grpc:Url=http://127.0.0.1:0",
    ];

    [Fact]
    public async Task The_main_job_ends_with_status_0_twice_in_the_same_folder()
    {
        var folder = Directory.CreateTempSubdirectory("registry-demo-").FullName;

        var first = await RegistryProcess.RunAsync(folder, null, Once);
        var offer = (string?)Summary(folder)["offer"]!["uri"];
        var second = await RegistryProcess.RunAsync(folder, null, Once);

        Assert.True(first.Status == 0, first.Output);
        Assert.True(second.Status == 0, second.Output);
        Assert.Contains("1000 rows: 1000 created", first.Output, StringComparison.Ordinal);
        Assert.Contains("1000 rows: 0 created, 0 updated, 1000 unchanged", second.Output, StringComparison.Ordinal);
        Assert.StartsWith("openid-credential-offer://", offer, StringComparison.Ordinal);
        Assert.NotEqual(offer, (string?)Summary(folder)["offer"]!["uri"]);
    }

    [Fact]
    public async Task The_summary_is_private_and_complete()
    {
        var folder = Directory.CreateTempSubdirectory("registry-demo-").FullName;

        var run = await RegistryProcess.RunAsync(folder, null, Once);

        Assert.True(run.Status == 0, run.Output);
        var summary = Summary(folder);
        foreach (var member in (string[])["baseUrl", "grpc", "partner", "staff", "person", "offer"])
        {
            Assert.NotNull(summary[member]);
        }

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(folder, "data", "demo.json"))
        );
        Assert.DoesNotContain((string)summary["partner"]!["secret"]!, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_the_demo_did_not_make_is_left_alone()
    {
        var folder = Directory.CreateTempSubdirectory("registry-demo-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        var database = Path.Combine(folder, "data", "registry.db");
        await File.WriteAllTextAsync(database, "somebody's register");

        var run = await RegistryProcess.RunAsync(folder, null, Once);

        Assert.Equal(1, run.Status);
        Assert.Contains("was not made by the demo", run.Output, StringComparison.Ordinal);
        Assert.Equal("somebody's register", await File.ReadAllTextAsync(database));
    }

    private static JsonObject Summary(string folder) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "data", "demo.json")))!.AsObject();
}
