using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Storage;

/// <summary>All of a change or nothing of it.</summary>
public abstract class AtomicityTests(DatabaseProvider provider) : CoreTests(provider)
{
    private static readonly string[] Written =
    [
        "registrants",
        "identifiers",
        "record_keys",
        "versions",
        "changes",
        "outbox",
    ];

    [Theory]
    [InlineData("outbox")]
    [InlineData("versions")]
    [InlineData("changes")]
    [InlineData("identifiers")]
    public async Task A_record_that_cannot_be_written_whole_is_not_written(string broken)
    {
        await using var host = await StartAsync();
        await host.Registrants.StoreAsync(Persons.Amira());
        var before = await CountAllAsync(host, broken);

        await BreakAsync(host, broken);
        await Assert.ThrowsAnyAsync<Exception>(() => host.Registrants.StoreAsync(Persons.Amira()));

        Assert.Equal(before, await CountAllAsync(host, broken));
    }

    [Fact]
    public async Task A_change_that_cannot_be_written_whole_changes_nothing()
    {
        await using var host = await StartAsync();
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var statement = new AttestationStatement { Status = "ATTESTED" };
        (
            await host.Attestations.AttestAsync(person.Id, "surname", statement, PortCallers.Registrar, Cancellation)
        ).Require();

        await BreakAsync(host, "outbox");
        await Assert.ThrowsAnyAsync<Exception>(() => PatchAsync(host, person.Id, 1, """{"surname":"Vinter"}"""));

        var read = await host.Registrants.GetAsync(
            person.Id,
            new ReadOptions { Attestations = true },
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal((1L, "Solbakk"), (read.Require().Version, read.Require().Text("surname")));
        Assert.Equal("ATTESTED", read.Require().Attestations.Single(a => a.Field == "surname").Status);
        Assert.Equal(2, await CountAsync(host, $"select count(*) from {Table("changes")}"));
    }

    [Fact]
    public async Task What_cannot_be_logged_is_not_shown()
    {
        await using var host = await StartAsync();
        var uin = Persons.NewUin();
        var person = await host.Registrants.StoreAsync(Persons.Amira(uin));

        await BreakAsync(host, "disclosures");

        await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(host, person.Id));
        await Assert.ThrowsAnyAsync<Exception>(() =>
            host.Registrants.FindAsync([uin], ReadOptions.Default, PortCallers.Registrar, Cancellation)
        );
        await Assert.ThrowsAnyAsync<Exception>(() =>
            host.Attestations.ListAsync(person.Id, PortCallers.Registrar, Cancellation)
        );
        await Assert.ThrowsAnyAsync<Exception>(() =>
            host.Versions.ListAsync(person.Id, new PageRequest(), PortCallers.Registrar, Cancellation)
        );
        await Assert.ThrowsAnyAsync<Exception>(() => PatchAsync(host, person.Id, 1, """{"area":"S-01"}"""));
    }

    [Fact]
    public async Task After_a_failed_log_the_next_reading_works_again()
    {
        await using var host = await StartAsync();
        var person = await host.Registrants.StoreAsync(Persons.Amira());

        await ExecuteAsync(host, $"alter table {Table("disclosures")} rename to away");
        await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(host, person.Id));
        var away = Provider == DatabaseProvider.Sqlite ? "away" : "registry.away";
        var back = Provider == DatabaseProvider.Sqlite ? "registry_disclosures" : "disclosures";
        await ExecuteAsync(host, $"alter table {away} rename to {back}");

        Assert.True((await ReadAsync(host, person.Id)).Succeeded);
    }

    private Task<int> BreakAsync(RegistryHost host, string table) =>
        ExecuteAsync(host, $"alter table {Table(table)} rename to away");

    private async Task<List<long>> CountAllAsync(RegistryHost host, string without)
    {
        var counts = new List<long>();
        foreach (var table in Written.Where(t => t != without))
        {
            counts.Add(await CountAsync(host, $"select count(*) from {Table(table)}"));
        }

        return counts;
    }
}

public sealed class SqliteAtomicityTests() : AtomicityTests(DatabaseProvider.Sqlite);

public sealed class PostgresAtomicityTests() : AtomicityTests(DatabaseProvider.Postgres);
