using System.Text.Json;
using SocialRegistry.Host.Tests.Commands;

namespace SocialRegistry.Host.Tests.Benchmarks;

/// <summary>The measurement runs to its end and tells what it promises; how fast this machine is says nothing here.</summary>
public sealed class RecordsBenchTests
{
    private static readonly string[] Names =
    [
        "read by id",
        "read by id, like for like",
        "search by identifier",
        "edit one field",
        "search, page 1",
    ];

    [Fact]
    public Task Records_are_measured_on_SQLite() => MeasureAsync([], "SQLite");

    [Fact]
    public async Task Records_are_measured_on_PostgreSQL_in_a_database_of_their_own()
    {
        var server = Environment.GetEnvironmentVariable("SOCIALREGISTRY_TEST_POSTGRES");
        Assert.SkipWhen(string.IsNullOrEmpty(server), "No PostgreSQL here (SOCIALREGISTRY_TEST_POSTGRES).");

        await MeasureAsync(new() { ["ConnectionStrings__Registry"] = server! }, "PostgreSQL");
    }

    [Theory]
    [InlineData("--persons", "201")]
    [InlineData("--persons", "8")]
    [InlineData("--clients", "0")]
    [InlineData("--seconds", "many")]
    [InlineData("--households", "25")]
    public async Task A_wrong_argument_is_refused_by_its_name(string option, string value)
    {
        var run = await RegistryProcess.RunAsync(Folder(), null, "bench", "records", option, value);

        Assert.NotEqual(0, run.Status);
        Assert.Contains(option, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_in_one_line()
    {
        var nowhere = new Dictionary<string, string>
        {
            ["ConnectionStrings__Registry"] = "Host=127.0.0.1;Port=1;Username=nobody",
        };

        var run = await RegistryProcess.RunAsync(Folder(), nowhere, "bench", "records", "--json");

        Assert.Equal(1, run.Status);
        Assert.StartsWith("socialregistry: ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
    }

    private static async Task MeasureAsync(Dictionary<string, string> environment, string database)
    {
        var run = await RegistryProcess.RunAsync(
            Folder(),
            environment,
            ["bench", "records", "--persons", "400", "--seconds", "0.1", "--clients", "2", "--json"]
        );

        Assert.True(run.Status == 0, run.Output);
        using var report = JsonDocument.Parse(run.Output);
        var conditions = report.RootElement.GetProperty("conditions");
        Assert.Equal(database, conditions.GetProperty("database").GetString());
        Assert.Equal("400", conditions.GetProperty("persons").GetString());
        var figures = report.RootElement.GetProperty("figures").EnumerateArray().ToList();
        Assert.Equal(Names, figures.Take(Names.Length).Select(f => f.GetProperty("name").GetString()));
        Assert.Equal(Names.Length + 2, figures.Count);
        Assert.All(figures, Measured);
        Assert.All(figures.SkipLast(1), Costed);
        Assert.Equal(0.6, figures[3].GetProperty("goal").GetDouble());
        Assert.Equal(5, figures[4].GetProperty("goalMilliseconds").GetDouble());
    }

    private static void Measured(JsonElement figure)
    {
        var value = figure.GetProperty("value").GetDouble();
        var limit = figure.GetProperty("limit").GetDouble();
        Assert.True(value > 0 && limit > 0);
        Assert.Equal(value / limit, figure.GetProperty("ratio").GetDouble(), 6);
    }

    private static void Costed(JsonElement figure)
    {
        Assert.InRange(figure.GetProperty("roundTrips").GetInt32(), 1, 20);
        foreach (var cost in (string[])["latency", "limitLatency"])
        {
            var latency = figure.GetProperty(cost);
            var median = latency.GetProperty("p50Milliseconds").GetDouble();
            Assert.InRange(median, double.Epsilon, latency.GetProperty("p99Milliseconds").GetDouble());
            Assert.True(latency.GetProperty("cpuMicroseconds").GetDouble() >= 0);
        }
    }

    private static string Folder() => Directory.CreateTempSubdirectory("registry-bench-test-").FullName;
}
