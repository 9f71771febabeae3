using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Versions;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Storage;

/// <summary>A process that is killed while it writes loses nothing it has acknowledged and leaves nothing half-written.</summary>
public abstract class KillTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Fact]
    public async Task What_was_acknowledged_is_there_after_a_kill_and_nothing_is_half_written()
    {
        await using var host = await StartAsync();
        await host.Registrants.StoreAsync(Persons.Amira());
        var acknowledged = await WriteUntilKilledAsync(host, 60);

        await using var db = await ContextAsync(host);
        var rows = await db.Registrants.AsNoTracking().ToDictionaryAsync(r => r.Id, Cancellation);
        var changes = await db.Changes.AsNoTracking().OrderBy(c => c.Sequence).ToListAsync(Cancellation);
        var versions = await db.Versions.AsNoTracking().ToListAsync(Cancellation);
        var outbox = await db.Outbox.AsNoTracking().ToListAsync(Cancellation);

        Assert.True(acknowledged.Count >= 30);
        Assert.All(acknowledged, a => Assert.True(rows[a.Key].Version >= a.Value));
        Assert.All(rows.Values, r => Assert.Equal(r.Version, versions.Count(v => v.RegistrantId == r.Id)));
        Assert.All(
            rows.Values,
            r =>
                Assert.Null(
                    ChangeChain.FirstBroken([.. changes.Where(c => c.RegistrantId == r.Id)], (r.Sequence, r.ChainHash))
                )
        );
        Assert.Equal(
            changes.Select(c => (c.RegistrantId, c.Sequence)).Order(),
            outbox.Select(o => (o.RegistrantId, o.Sequence)).Order()
        );
        foreach (var id in acknowledged.Keys)
        {
            Assert.True((await ReadAsync(host, new RegistrantId(id))).Succeeded);
        }
    }

    [Fact]
    public async Task What_was_shown_is_disclosed_after_a_kill()
    {
        await using var host = await StartAsync();
        var ids = new List<Guid>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add((await host.Registrants.StoreAsync(Persons.Amira())).Id.Value);
        }

        var shown = new ConcurrentBag<(Guid Id, string Request)>();
        await UntilKilledAsync(
            host,
            nameof(KillVictim.Reads_until_it_is_killed),
            300,
            line =>
            {
                if (line is not ["shown", var id, var request])
                {
                    return false;
                }

                shown.Add((Guid.Parse(id), request));
                return true;
            }
        );

        await using var db = await ContextAsync(host);
        var rows = await db.Disclosures.AsNoTracking().ToListAsync(Cancellation);
        var logged = rows.Select(d => (d.RegistrantId, d.RequestId!)).ToHashSet();
        Assert.True(shown.Count >= 300);
        Assert.DoesNotContain(shown, s => !logged.Contains(s));
        // They were written together, and no batch without its rows or rows without their batch.
        Assert.True(await db.DisclosureBatches.CountAsync(Cancellation) < rows.Count);
        var report = await Verification.LoggedWorld.VerifyAsync(host);
        Assert.True(report.IsWhole, Verification.LoggedWorld.Text(report));
    }

    private static async Task<ConcurrentDictionary<Guid, long>> WriteUntilKilledAsync(RegistryHost host, int lines)
    {
        var acknowledged = new ConcurrentDictionary<Guid, long>();
        await UntilKilledAsync(
            host,
            nameof(KillVictim.Writes_until_it_is_killed),
            lines,
            line =>
            {
                if (line is not ["ack", var id, var version])
                {
                    return false;
                }

                acknowledged[Guid.Parse(id)] = long.Parse(version);
                return true;
            }
        );
        return acknowledged;
    }

    /// <summary>Starts this test program again as <see cref="KillVictim"/> and kills it without warning.</summary>
    /// <param name="take">True for a line that counts.</param>
    private static async Task UntilKilledAsync(RegistryHost host, string method, int lines, Func<string[], bool> take)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                [KillVictim.Connection] = host.Database.ConnectionString,
                [KillVictim.Keys] = host.KeyFolder,
            },
        };
        string[] arguments =
        [
            .. Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
                ? ["exec", typeof(KillTests).Assembly.Location]
                : Array.Empty<string>(),
            "-explicit",
            "only",
            "-method",
            typeof(KillVictim).FullName! + "." + method,
            "-showLiveOutput",
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        if (!Path.GetFileName(Environment.ProcessPath!).StartsWith("dotnet", StringComparison.Ordinal))
        {
            start.FileName = Path.ChangeExtension(typeof(KillTests).Assembly.Location, null);
        }

        using var process = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        var seen = 0;
        while (seen < lines && await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            seen += take(line.Trim().Split(' ')) ? 1 : 0;
        }

        Assert.True(seen == lines, "The writer ended by itself: " + (process.HasExited ? await errors : ""));
        process.Kill();
        await process.WaitForExitAsync(limit.Token);
    }
}

/// <summary>Not a test: the process that gets killed. Runs only when asked for by name.</summary>
public sealed class KillVictim
{
    public const string Connection = "SOCIALREGISTRY_KILL_DATABASE";
    public const string Keys = "SOCIALREGISTRY_KILL_KEYS";

    [Fact(Explicit = true)]
    public async Task Writes_until_it_is_killed()
    {
        var connection = Environment.GetEnvironmentVariable(Connection);
        Assert.SkipWhen(connection is null, "Started by the kill tests.");
        await using var services = Build(connection!);
        var registrants = services.GetRequiredService<IRegistrants>();
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 10_000),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (_, cancellationToken) =>
            {
                var stored = await registrants.StoreAsync(Persons.Amira());
                Acknowledge(output, stored);
                var changed = await registrants.UpdateAsync(
                    stored.Id,
                    new RegistrantPatch { ExpectedVersion = 1, Values = Persons.Values("""{"surname":"Vinter"}""") },
                    PortCallers.Registrar,
                    cancellationToken
                );
                Acknowledge(output, changed.Require());
            }
        );
    }

    /// <summary>Reads one by one, in lists and by number; says what it was shown once it has the answer.</summary>
    [Fact(Explicit = true)]
    public async Task Reads_until_it_is_killed()
    {
        var connection = Environment.GetEnvironmentVariable(Connection);
        Assert.SkipWhen(connection is null, "Started by the kill tests.");
        await using var services = Build(connection!);
        var registrants = services.GetRequiredService<IRegistrants>();
        var found = await registrants.SearchAsync(
            new SearchRequest { Query = new AndQuery([]), Page = new PageRequest(20) },
            PortCallers.Registrar,
            CancellationToken.None
        );
        var ids = found.Require().Items.Select(i => i.Id).ToList();
        using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 100_000),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (number, cancellationToken) =>
            {
                var caller = PortCallers.Registrar with { RequestId = "reading-" + number };
                IReadOnlyList<RegistrantView?> shown =
                    number % 4 == 0
                        ? (
                            await registrants.GetManyAsync(ids[..5], ReadOptions.Default, caller, cancellationToken)
                        ).Require()
                        :
                        [
                            (
                                await registrants.GetAsync(
                                    ids[number % ids.Count],
                                    ReadOptions.Default,
                                    caller,
                                    cancellationToken
                                )
                            ).Require(),
                        ];
                lock (output)
                {
                    foreach (var view in shown)
                    {
                        output.WriteLine($"shown {view!.Id} {caller.RequestId}");
                    }
                }
            }
        );
    }

    private static void Acknowledge(StreamWriter output, RegistrantView view)
    {
        lock (output)
        {
            output.WriteLine($"ack {view.Id} {view.Version}");
        }
    }

    private static ServiceProvider Build(string connection)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["ConnectionStrings:Registry"] = connection,
                        ["Keys:Path"] = Environment.GetEnvironmentVariable(Keys),
                    }
                )
                .Build()
        );
        services.AddLogging();
        services.AddProtection();
        services.AddRegistry();
        return services.BuildServiceProvider();
    }
}

public sealed class SqliteKillTests() : KillTests(DatabaseProvider.Sqlite);

public sealed class PostgresKillTests() : KillTests(DatabaseProvider.Postgres);
