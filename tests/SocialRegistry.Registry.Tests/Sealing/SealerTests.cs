using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Sealing;
using SocialRegistry.Registry.Tests.Verification;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Sealing;

/// <summary>Whatever happens while entries are sealed, each becomes one leaf.</summary>
public abstract class SealerTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Fact]
    public async Task Two_that_seal_at_once_leave_no_leaf_out_and_none_twice()
    {
        await using var one = await StartAsync();
        await using var two = await BesideAsync(one);
        await ImportAsync(one, 5_000);
        var waiting = await CountAsync(one, $"select count(*) from {Table("log_queue")}");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var writer = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await (i % 2 == 0 ? one : two).Registrants.StoreAsync(Persons.Amira());
            }
        });

        var sealedHere = Task.Run(() => SealUntilEmptyAsync(one, stop.Token));
        var sealedThere = Task.Run(() => SealUntilEmptyAsync(two, stop.Token));
        await writer;
        var total = await sealedHere + await sealedThere;
        total += await LoggedWorld.SealAsync(one);

        Assert.True(waiting > LogSealer.BatchSize);
        Assert.Equal(total, await CountAsync(one, $"select count(*) from {Table("log_leaves")}"));
        Assert.Equal(0, await CountAsync(one, $"select count(*) from {Table("log_queue")}"));
        var report = await LoggedWorld.VerifyAsync(one);
        Assert.True(report.IsWhole, report.Text());
        Assert.Equal((long)total, report.Leaves);
    }

    [Fact]
    public async Task A_crash_between_two_steps_loses_nothing()
    {
        var failing = new FailingBulk();
        await using var host = await StartAsync(services =>
        {
            failing.Inner =
                Provider == DatabaseProvider.Postgres
                    ? new Persistence.Postgres.PostgresBulkInsert()
                    : new Persistence.Sqlite.SqliteBulkInsert();
            services.AddSingleton<IBulkInsert>(failing);
        });
        await LoggedWorld.FillAsync(host, Cancellation);
        var waiting = await CountAsync(host, $"select count(*) from {Table("log_queue")}");
        failing.Fails = true;
        await Assert.ThrowsAsync<IOException>(() => LoggedWorld.SealAsync(host));
        Assert.Equal(waiting, await CountAsync(host, $"select count(*) from {Table("log_queue")}"));
        Assert.Equal(0, await CountAsync(host, $"select count(*) from {Table("log_leaves")}"));
        failing.Fails = false;
        for (var i = 0; i < 25; i++)
        {
            using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(i * 2));
            try
            {
                await host.Services.GetRequiredService<LogSealer>().SealAsync(source.Token);
            }
            catch (Exception e) when (e is OperationCanceledException || e.InnerException is OperationCanceledException)
            {
                // As asked.
            }

            await host.Registrants.StoreAsync(Persons.Amira());
        }

        await LoggedWorld.SealAsync(host);
        var report = await LoggedWorld.VerifyAsync(host);

        Assert.True(report.IsWhole, report.Text());
        Assert.Equal(0, report.Unsealed);
    }

    [Fact]
    public async Task A_clock_that_goes_backwards_loses_nothing_and_keeps_the_order_of_each_record()
    {
        var clock = new MovedClock();
        await using var host = await StartAsync(services => services.AddSingleton<TimeProvider>(clock));
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        for (var version = 1; version <= 12; version++)
        {
            clock.Now -= TimeSpan.FromHours(version % 3 == 0 ? -1 : 7);
            await LoggedWorld.PatchAsync(host, person.Id, version, $$"""{"area":"A{{version}}"}""");
            if (version % 4 == 0)
            {
                await LoggedWorld.SealAsync(host);
            }
        }

        await LoggedWorld.SealAsync(host);
        await using var db = await ContextAsync(host);
        var order = await db
            .LogLeaves.Where(l => l.Kind == LeafKinds.Change)
            .OrderBy(l => l.Index)
            .Select(l => l.Number)
            .ToListAsync(Cancellation);
        var report = await LoggedWorld.VerifyAsync(host);

        Assert.Equal(Enumerable.Range(1, 13).Select(n => (long)n), order);
        Assert.True(report.IsWhole, report.Text());
        Assert.Equal(0, report.Unsealed);
        var file = await LoggedWorld.VerifyFileAsync(
            await LoggedWorld.ExportAsync(host),
            await LoggedWorld.KeyAsync(host)
        );
        Assert.True(file.IsWhole, file.Text());
    }

    [Fact]
    public async Task Nothing_is_signed_on_top_of_a_state_that_was_touched()
    {
        await using var host = await StartAsync();
        await LoggedWorld.FillAsync(host, Cancellation);
        await LoggedWorld.SealAsync(host);
        var before = await CountAsync(host, $"select count(*) from {Table("log_checkpoints")}");
        await host.Registrants.StoreAsync(Persons.Amira());
        await using (var db = await ContextAsync(host))
        {
            var edge = (await db.LogStates.AsNoTracking().SingleAsync(Cancellation)).Edge;
            edge[0] ^= 1;
            await db.LogStates.ExecuteUpdateAsync(set => set.SetProperty(s => s.Edge, edge), Cancellation);
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => LoggedWorld.SealAsync(host));

        Assert.Equal(before, await CountAsync(host, $"select count(*) from {Table("log_checkpoints")}"));
        Assert.NotEqual(0, await CountAsync(host, $"select count(*) from {Table("log_queue")}"));
    }

    [Fact]
    public async Task Proofs_hold_over_the_stored_nodes_of_a_large_log()
    {
        await using var host = await StartAsync();
        await ImportAsync(host, 1_500);
        await LoggedWorld.SealAsync(host);
        await using var db = await ContextAsync(host);
        var leaves = await db.LogLeaves.AsNoTracking().OrderBy(l => l.Index).ToListAsync(Cancellation);
        var data = leaves.Select(l => Merkle.LeafData(l.Kind, l.Owner, l.Number, l.Hash)).ToList();
        var tree = new LogTree(db, Cancellation);
        Assert.True(await db.LogNodes.CountAsync(Cancellation) >= 5);
        foreach (var size in (int[])[1, 2, 255, 256, 257, 511, 512, 513, 1024, 1300, data.Count])
        {
            var root = LogMath.Root(data[..size]);
            Assert.Equal(root, await tree.RootAsync(size));
            foreach (var index in (int[])[0, size / 3, size / 2, size - 1])
            {
                var path = await tree.InclusionAsync(index, size);
                Assert.True(LogMath.Includes(LogMath.Leaf(data[index]), index, size, path, root), $"{index} {size}");
            }

            foreach (var from in (int[])[1, (size + 1) / 2, Math.Max(1, size - 1), size])
            {
                var path = await tree.ConsistencyAsync(from, size);
                Assert.True(LogMath.Continues(from, LogMath.Root(data[..from]), size, root, path), $"{from} {size}");
            }
        }
    }

    private static async Task<int> SealUntilEmptyAsync(RegistryHost host, CancellationToken cancellationToken)
    {
        var total = 0;
        for (var empty = 0; empty < 3; )
        {
            var count = await host.Services.GetRequiredService<LogSealer>().SealAsync(cancellationToken);
            total += count;
            empty = count == 0 ? empty + 1 : 0;
            await Task.Delay(5, cancellationToken);
        }

        return total;
    }

    private static async Task ImportAsync(RegistryHost host, int count)
    {
        var rows = Enumerable
            .Range(0, count)
            .Select(_ => new ImportRow
            {
                Kind = "individual",
                Values = Persons.Values("""{"surname":"Vinter"}"""),
                Identifiers = [Persons.NewUin()],
            })
            .ToList();
        foreach (var part in rows.Chunk(1_000))
        {
            (await host.Registrants.ImportAsync(part, false, PortCallers.Registrar, Cancellation)).Require();
        }
    }

    private Task<RegistryHost> BesideAsync(RegistryHost host) =>
        StartAsync(services =>
        {
            services.AddSingleton(host.Database);
            services.AddSingleton(host.Services.GetRequiredService<Protection.IRecordProtection>());
            services.AddSingleton(host.Services.GetRequiredService<Protection.IKeyRing>());
        });

    private sealed class FailingBulk : IBulkInsert
    {
        public IBulkInsert Inner { get; set; } = null!;

        public bool Fails { get; set; }

        public async Task InsertAsync(RegistryDbContext db, NewRows rows, CancellationToken cancellationToken)
        {
            await Inner.InsertAsync(db, rows, cancellationToken);
            if (Fails)
            {
                throw new IOException("The process ends here.");
            }
        }
    }

    private sealed class MovedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

public sealed class SqliteSealerTests() : SealerTests(DatabaseProvider.Sqlite);

public sealed class PostgresSealerTests() : SealerTests(DatabaseProvider.Postgres);
