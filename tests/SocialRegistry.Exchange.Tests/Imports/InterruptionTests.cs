using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Imports;
using SocialRegistry.Storage;
using Xunit;

namespace SocialRegistry.Exchange.Tests.Imports;

public sealed class SqliteInterruptionTests() : InterruptionTests(DatabaseProvider.Sqlite);

public sealed class PostgresInterruptionTests() : InterruptionTests(DatabaseProvider.Postgres);

/// <summary>Imports that do not go through in one go.</summary>
public abstract class InterruptionTests(DatabaseProvider provider)
{
    private const int Rows = (CsvImport.BatchRows * 2) + 100;

    private static readonly byte[] Persons = Encoding.UTF8.GetBytes(
        "UIN,given_name\n" + string.Concat(Enumerable.Range(0, Rows).Select(i => $"U{i:D6},Ana\n")) + ",Bea\n"
    );

    [Fact]
    public async Task A_job_whose_process_is_killed_is_finished_by_the_next_and_its_counts_are_right()
    {
        await using var server = await ExchangeServer.StartAsync(
            provider,
            services => Interrupt(services, 2, InterruptedRegistrants.Trouble.HangAfter)
        );
        using var accepted = await server.UploadAsync("individual", Persons);
        await ReachedAsync(server);
        await server.KillAsync();

        await server.RunAsync();
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        var job = await server.WaitAsync(accepted.Headers.Location!.ToString());
        var again = await server.ImportAsync("individual", Persons);

        ImportTests.AssertCounts(job, rows: Rows + 1, created: Rows, parked: 1);
        ImportTests.AssertCounts(again, rows: Rows + 1, unchanged: Rows, parked: 1);
        var lines = (await server.TextAsync((string)job["result"]!)).Split(
            "\r\n",
            StringSplitOptions.RemoveEmptyEntries
        );
        Assert.Equal(Enumerable.Range(1, Rows + 1), lines.Skip(1).Select(l => int.Parse(l.Split(',')[0])));
    }

    [Fact]
    public async Task A_job_that_another_process_runs_is_left_alone()
    {
        await using var server = await ExchangeServer.StartAsync(
            provider,
            services => Interrupt(services, 1, InterruptedRegistrants.Trouble.HangAfter)
        );
        using var accepted = await server.UploadAsync("individual", Persons);
        await ReachedAsync(server);

        await server.RunAsync();
        await Task.Delay(300);

        using var client = server.Client();
        var job = await client.GetStringAsync(accepted.Headers.Location);
        Assert.Contains("\"running\"", job, StringComparison.Ordinal);
        Assert.Equal(1, server.Logs.Lines.Count(line => line.StartsWith("3001 ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_process_that_stops_in_order_gives_its_job_back_at_once()
    {
        await using var server = await ExchangeServer.StartAsync(provider, settings: ("Exchange:RunJobs", "false"));
        using var accepted = await server.UploadAsync("individual", Persons);
        await server.RunAsync(
            services => Interrupt(services, 2, InterruptedRegistrants.Trouble.BreakFromThen),
            ("Exchange:RetryDelay", "00:05:00")
        );
        await UntilAsync(() => server.Logs.Lines.Any(line => line.StartsWith("3004 ", StringComparison.Ordinal)));
        await server.App.StopAsync();

        await server.RunAsync();
        var job = await server.WaitAsync(accepted.Headers.Location!.ToString());

        ImportTests.AssertCounts(job, rows: Rows + 1, created: Rows, parked: 1);
    }

    [Fact]
    public async Task An_error_of_the_registry_is_waited_out()
    {
        await using var server = await ExchangeServer.StartAsync(
            provider,
            services => Interrupt(services, 2, InterruptedRegistrants.Trouble.BreakOnce)
        );

        var job = await server.ImportAsync("individual", Persons);

        ImportTests.AssertCounts(job, rows: Rows + 1, created: Rows, parked: 1);
        Assert.All(server.Logs.Lines, line => Assert.DoesNotContain("Lorimar", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_error_that_stays_fails_the_job_without_internals()
    {
        await using var server = await ExchangeServer.StartAsync(
            provider,
            services => Interrupt(services, 2, InterruptedRegistrants.Trouble.BreakFromThen)
        );

        var job = await server.ImportAsync("individual", Persons);

        Assert.Equal("failed", (string)job["state"]!);
        Assert.Equal("imports.internal", (string)job["failure"]!["code"]!);
        Assert.Equal(CsvImport.BatchRows, (long)job["summary"]!["created"]!);
        Assert.DoesNotContain("Lorimar", job.ToJsonString(), StringComparison.Ordinal);
    }

    private static void Interrupt(IServiceCollection services, int atCall, InterruptedRegistrants.Trouble trouble)
    {
        var real = services.Last(s => s.ServiceType == typeof(IRegistrants)).ImplementationType!;
        services.Replace(
            ServiceDescriptor.Singleton<IRegistrants>(provider => new InterruptedRegistrants(
                (IRegistrants)ActivatorUtilities.CreateInstance(provider, real),
                atCall,
                trouble
            ))
        );
    }

    private static Task ReachedAsync(ExchangeServer server) =>
        ((InterruptedRegistrants)server.App.Services.GetRequiredService<IRegistrants>()).Reached.Task.WaitAsync(
            TimeSpan.FromSeconds(30)
        );

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 1200 && !condition(); i++)
        {
            await Task.Delay(25);
        }

        Assert.True(condition());
    }
}
