using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Tests.Verification;
using SocialRegistry.Registry.Versions;
using SocialRegistry.Storage;
using Xunit;

namespace SocialRegistry.Registry.Tests.Sealing;

/// <summary>
/// Sixteen writers on eight records while the log is sealed: no gap, no lost update, the log whole. Four seconds, or the sixty of the
/// acceptance run with <c>SOCIALREGISTRY_LONG_TESTS=1</c>.
/// </summary>
public abstract class ConcurrentWritersTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Fact]
    public async Task Many_writers_leave_no_gap_lose_no_update_and_keep_the_log_whole()
    {
        var isLong = Environment.GetEnvironmentVariable("SOCIALREGISTRY_LONG_TESTS") == "1";
        var length = TimeSpan.FromSeconds(isLong ? 60 : 4);
        await using var host = await StartAsync();
        var people = new List<RegistrantId>();
        for (var i = 0; i < 8; i++)
        {
            people.Add((await host.Registrants.StoreAsync(Persons.Amira())).Id);
        }

        using var stop = new CancellationTokenSource(length);
        var stored = new ConcurrentBag<(RegistrantId Id, long Version, string Value)>();
        var sealing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await LoggedWorld.SealAsync(host);
                await Task.Delay(200, Cancellation);
            }
        });
        var writers = Enumerable
            .Range(0, 16)
            .Select(n => Task.Run(() => WriteAsync(host, n, people, stored, stop.Token)));
        await Task.WhenAll(writers);
        await sealing;
        await LoggedWorld.SealAsync(host);

        await using var db = await ContextAsync(host);
        var versions = await db.Versions.AsNoTracking().ToListAsync(Cancellation);
        var rows = await db.Registrants.AsNoTracking().ToDictionaryAsync(r => r.Id, Cancellation);
        Assert.True(stored.Count > 30);
        foreach (var id in people)
        {
            var numbers = versions.Where(v => v.RegistrantId == id.Value).Select(v => v.Number).Order().ToList();
            Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => (long)n), numbers);
            // Each acknowledged update made the one version that follows the one it was made on.
            var acknowledged = stored.Where(s => s.Id == id).OrderBy(s => s.Version).ToList();
            Assert.Equal(numbers.Skip(1), acknowledged.Select(a => a.Version));
            Assert.Equal(numbers[^1], rows[id.Value].Version);
            Assert.Contains(acknowledged[^1].Value, rows[id.Value].Values, StringComparison.Ordinal);
        }

        var report = await LoggedWorld.VerifyAsync(host);
        Assert.True(report.IsWhole, report.Text());
        Assert.Equal(0, report.Unsealed);
        // What is written and not sealed is whole as well, and counted: the change and the showing of its answer.
        (await PatchAsync(host, people[0], rows[people[0].Value].Version, """{"area":"last"}""")).Require();
        var after = await LoggedWorld.VerifyAsync(host);
        Assert.True(after.IsWhole, after.Text());
        Assert.Equal(2, after.Unsealed);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{stored.Count} updates in {length.TotalSeconds:F0} s, {report.Leaves} leaves, {report.Checkpoints} checkpoints"
        );
    }

    private static async Task WriteAsync(
        Testing.RegistryHost host,
        int writer,
        List<RegistrantId> people,
        ConcurrentBag<(RegistrantId, long, string)> stored,
        CancellationToken stop
    )
    {
        var random = new Random(writer);
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            var id = people[random.Next(people.Count)];
            var standing = (await ReadAsync(host, id)).Require();
            var value = $"W{writer}-{i}";
            var outcome = await PatchAsync(host, id, standing.Version, $$"""{"area":"{{value}}"}""");
            if (outcome.Succeeded)
            {
                stored.Add((id, outcome.Require().Version, value));
            }
            else
            {
                Assert.Contains(
                    outcome.Problem!.Kind,
                    (ProblemKind[])[ProblemKind.PreconditionFailed, ProblemKind.Unavailable]
                );
            }
        }
    }
}

public sealed class SqliteConcurrentWritersTests() : ConcurrentWritersTests(DatabaseProvider.Sqlite);

public sealed class PostgresConcurrentWritersTests() : ConcurrentWritersTests(DatabaseProvider.Postgres);
