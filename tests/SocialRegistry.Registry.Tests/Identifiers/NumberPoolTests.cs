using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Identifiers;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Identifiers;

/// <summary>The pool behind the port: filled, emptied, never the same number twice, also by two processes.</summary>
public abstract class NumberPoolTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Fact]
    public async Task The_worker_fills_every_pool_to_its_size_and_no_further()
    {
        await using var host = await StartAsync();

        Assert.Equal(300, await FillAsync(host));
        Assert.Equal(0, await FillAsync(host));
        await host.Registrants.StoreAsync(Persons.Amira() with { Generate = ["SRN"] });

        Assert.Equal(1, await FillAsync(host));
        Assert.Equal(301, await CountAsync(host, $"select count(*) from {Table("number_pool")}"));
    }

    [Fact]
    public async Task Numbers_wait_sealed_and_are_gone_from_the_pool_once_given()
    {
        await using var host = await StartAsync();
        await FillAsync(host);

        var person = await host.Registrants.StoreAsync(Persons.Amira() with { Generate = ["SRN"] });

        var number = person.Identifiers.Single(i => i.Type == "SRN").Value;
        var cells = await CellsAsync(host, Table("number_pool"));
        Assert.DoesNotContain(cells, c => c.Contains(number, StringComparison.Ordinal));
        Assert.Equal(
            1,
            await CountAsync(
                host,
                $"select count(*) from {Table("number_pool")} where sealed is null and taken_at is not null"
            )
        );
    }

    [Fact]
    public async Task Two_processes_empty_one_small_pool_without_a_number_twice()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync(services =>
        {
            services.AddSingleton(one.Database);
            services.AddSingleton(one.Services.GetRequiredService<Protection.IRecordProtection>());
            services.AddSingleton(one.Services.GetRequiredService<Protection.IKeyRing>());
        });
        await FillAsync(one);
        await ExecuteAsync(
            one,
            $"delete from {Table("number_pool")} where token not in (select token from {Table("number_pool")} where type = 'SRN' order by token limit 10)"
        );

        var stored = await Task.WhenAll(
            Enumerable
                .Range(0, 24)
                .Select(i =>
                    Task.Run(() =>
                        (i % 2 == 0 ? one : two).Registrants.StoreAsync(Persons.Amira() with { Generate = ["SRN"] })
                    )
                )
        );

        Assert.Equal(24, stored.Select(s => s.Identifiers.Single(i => i.Type == "SRN").Value).Distinct().Count());
        Assert.Equal(0, await CountAsync(one, $"select count(*) from {Table("number_pool")} where taken_at is null"));
    }

    [Fact]
    public async Task A_number_typed_in_while_it_waited_is_not_given_again()
    {
        await using var host = await StartAsync();
        await FillAsync(host);
        await ExecuteAsync(
            host,
            $"delete from {Table("number_pool")} where token not in (select token from {Table("number_pool")} where type = 'SRN' order by token limit 1)"
        );
        var waiting = await WaitingAsync(host);
        await host.Registrants.StoreAsync(Persons.Amira(new Identifier("SRN", waiting)));

        var next = await host.Registrants.StoreAsync(Persons.Amira() with { Generate = ["SRN"] });

        Assert.NotEqual(waiting, next.Identifiers.Single(i => i.Type == "SRN").Value);
    }

    [Fact]
    public async Task A_number_stays_reserved_when_its_record_drops_it()
    {
        await using var host = await StartAsync();
        var person = await host.Registrants.StoreAsync(Persons.Amira() with { Generate = ["SRN"] });
        var patch = new RegistrantPatch { ExpectedVersion = 1, Identifiers = [] };
        (await host.Registrants.UpdateAsync(person.Id, patch, PortCallers.Registrar, Cancellation)).Require();

        Assert.Equal(
            1,
            await CountAsync(host, $"select count(*) from {Table("number_pool")} where taken_at is not null")
        );
        await Assert.ThrowsAnyAsync<DbUpdateException>(async () =>
        {
            await using var db = await ContextAsync(host);
            var row = await db.PooledNumbers.AsNoTracking().SingleAsync(Cancellation);
            row.TakenAt = null;
            db.PooledNumbers.Add(row);
            await db.SaveChangesAsync(Cancellation);
        });
    }

    [Fact]
    public async Task What_is_refused_takes_no_number()
    {
        await using var host = await StartAsync();
        await FillAsync(host);
        var taken = await host.Registrants.StoreAsync(Persons.Amira());

        var outcome = await host.Registrants.CreateAsync(
            Persons.Amira(taken.Identifiers[0]) with
            {
                Generate = ["SRN"],
            },
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal("registrants.identifier_taken", outcome.Problem?.Code);
        Assert.Equal(
            0,
            await CountAsync(host, $"select count(*) from {Table("number_pool")} where taken_at is not null")
        );
    }

    private static Task<int> FillAsync(RegistryHost host) =>
        host.Services.GetRequiredService<PoolWorker>().FillAsync(Cancellation);

    private static async Task<string> WaitingAsync(RegistryHost host)
    {
        await using var db = await ContextAsync(host);
        var row = await db.PooledNumbers.AsNoTracking().SingleAsync(Cancellation);
        return host.Services.GetRequiredService<NumberSeal>().Open(row.Type, row.Token, row.Sealed!);
    }
}

public sealed class SqliteNumberPoolTests() : NumberPoolTests(DatabaseProvider.Sqlite);

public sealed class PostgresNumberPoolTests() : NumberPoolTests(DatabaseProvider.Postgres);
