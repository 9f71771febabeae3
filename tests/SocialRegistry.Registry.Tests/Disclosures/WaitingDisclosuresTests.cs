using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Persistence.Postgres;
using SocialRegistry.Registry.Persistence.Sqlite;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Disclosures;

public sealed class SqliteWaitingDisclosuresTests() : WaitingDisclosuresTests(DatabaseProvider.Sqlite);

public sealed class PostgresWaitingDisclosuresTests() : WaitingDisclosuresTests(DatabaseProvider.Postgres);

/// <summary>What waits for the disclosure log shares its commits, is bounded, and is not shown when it waits too long.</summary>
public abstract class WaitingDisclosuresTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Fact]
    public async Task Answers_that_wait_together_are_one_commit()
    {
        var slow = new Gated(Provider);
        await using var host = await StartAsync(slow.Register);
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        slow.Close();

        var first = Task.Run(() => ReadAsync(host, person.Id));
        await slow.Reached;
        var others = Enumerable.Range(0, 40).Select(_ => Task.Run(() => ReadAsync(host, person.Id))).ToList();
        await UntilAsync(() => host.Services.GetRequiredService<DisclosureLog>().WaitingRows == 40);
        Assert.DoesNotContain(others.Append(first), t => t.IsCompleted);
        slow.Open();
        await Task.WhenAll(others.Append(first));

        Assert.All(others, t => Assert.True(t.Result.Succeeded));
        await using var db = await ContextAsync(host);
        Assert.Equal(41, await db.Disclosures.CountAsync(Cancellation));
        Assert.Equal([1, 40], (await db.DisclosureBatches.ToListAsync(Cancellation)).Select(b => b.Count).Order());
    }

    [Fact]
    public async Task More_than_may_wait_is_refused_and_not_shown()
    {
        var slow = new Gated(Provider);
        await using var host = await StartAsync(
            slow.Register,
            new Dictionary<string, string?> { ["Registry:Disclosures:MostWaiting"] = "1000" }
        );
        var log = host.Services.GetRequiredService<DisclosureLog>();
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        slow.Close();
        var first = Task.Run(() => ReadAsync(host, person.Id));
        await slow.Reached;
        var many = log.WriteAsync(
            [.. Enumerable.Range(0, 1000).Select(_ => log.Row(PortCallers.Registrar, person.Id.Value, ["surname"]))],
            Cancellation
        );

        var refused = await Assert.ThrowsAsync<BusyException>(() => ReadAsync(host, person.Id));

        Assert.Equal(("disclosures.busy", ProblemKind.Unavailable), (refused.Problem.Code, refused.Problem.Kind));
        slow.Open();
        await Task.WhenAll(first, many);
        Assert.True((await ReadAsync(host, person.Id)).Succeeded);
        Assert.Equal(0, log.WaitingRows);
    }

    [Fact]
    public async Task Who_waits_too_long_or_goes_away_is_shown_nothing_and_holds_nobody_up()
    {
        var slow = new Gated(Provider);
        await using var host = await StartAsync(slow.Register);
        var log = host.Services.GetRequiredService<DisclosureLog>();
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        slow.Close();
        var first = Task.Run(() => ReadAsync(host, person.Id));
        await slow.Reached;
        using var gone = new CancellationTokenSource();
        var cancelled = Task.Run(() =>
            host.Registrants.GetAsync(person.Id, ReadOptions.Default, PortCallers.Registrar, gone.Token)
        );
        var late = Task.Run(() => ReadAsync(host, person.Id));
        await UntilAsync(() => log.WaitingRows == 2);

        await gone.CancelAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(11));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await Assert.ThrowsAsync<BusyException>(() => late);
        await Assert.ThrowsAsync<BusyException>(() => first);
        slow.Open();
        Assert.True((await ReadAsync(host, person.Id)).Succeeded);
        await using var db = await ContextAsync(host);
        // Of the first, which was being written already, and of the last.
        Assert.Equal(2, await db.Disclosures.CountAsync(Cancellation));
    }

    private static async Task UntilAsync(Func<bool> done)
    {
        for (var i = 0; i < 1000 && !done(); i++)
        {
            await Task.Delay(10, Cancellation);
        }

        Assert.True(done());
    }

    /// <summary>The real insert behind a gate that tests close.</summary>
    private sealed class Gated(DatabaseProvider provider) : IDisclosureInsert
    {
        private readonly IDisclosureInsert real =
            provider == DatabaseProvider.Postgres ? new PostgresDisclosureInsert() : new SqliteBulkInsert();

        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource? gate;

        public Task Reached => reached.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

        public void Register(IServiceCollection services) => services.AddSingleton<IDisclosureInsert>(this);

        public void Close() => gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => gate!.SetResult();

        public async Task InsertAsync(
            RegistryDbContext db,
            IReadOnlyList<Disclosure> rows,
            DisclosureBatch batch,
            CancellationToken cancellationToken
        )
        {
            if (gate is not null)
            {
                reached.TrySetResult();
                await gate.Task.WaitAsync(cancellationToken);
            }

            await real.InsertAsync(db, rows, batch, cancellationToken);
        }
    }
}
