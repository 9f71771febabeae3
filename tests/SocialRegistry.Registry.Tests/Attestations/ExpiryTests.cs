using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Attestations;
using SocialRegistry.Storage;
using Xunit;

namespace SocialRegistry.Registry.Tests.Attestations;

/// <summary>Statements whose last day has passed are written down once, with an entry of the log and a notice.</summary>
public abstract class ExpiryTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Fact]
    public async Task What_has_expired_is_written_down_once_by_two_workers_at_the_same_time()
    {
        await using var host = await StartAsync();
        var today = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
        var due = await StateAsync(host, today);
        var later = await StateAsync(host, today.AddDays(2));
        var expire = host.Services.GetRequiredService<ExpireAttestations>();
        Assert.Equal(0, await expire.RunDueAsync(Cancellation));

        host.Clock.AdjustTime(host.Clock.GetUtcNow().AddDays(1));
        var counts = await Task.WhenAll(expire.RunDueAsync(Cancellation), expire.RunDueAsync(Cancellation));

        Assert.Equal(1, counts.Sum());
        Assert.Equal(0, await expire.RunDueAsync(Cancellation));
        Assert.Equal(["EXPIRED", "ATTESTED"], await HistoryAsync(host, due));
        Assert.Equal(["ATTESTED"], await HistoryAsync(host, later));
        Assert.Equal(
            1,
            await CountAsync(host, $"select count(*) from {Table("outbox")} where operation = 'attestation_expired'")
        );
        Assert.Equal(
            1,
            await CountAsync(host, $"select count(*) from {Table("changes")} where operation = 'attestation_expired'")
        );
        // No version: the values are what they were.
        Assert.Equal(1, (await ReadAsync(host, due)).Require().Version);
    }

    private static async Task<RegistrantId> StateAsync(Testing.RegistryHost host, DateOnly until)
    {
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var statement = new AttestationStatement { Status = AttestationStatuses.Attested, ValidUntil = until };
        (
            await host.Attestations.AttestAsync(person.Id, "surname", statement, PortCallers.Registrar, Cancellation)
        ).Require();
        return person.Id;
    }

    private static async Task<IEnumerable<string>> HistoryAsync(Testing.RegistryHost host, RegistrantId id) =>
        (await host.Attestations.HistoryAsync(id, "surname", new PageRequest(), PortCallers.Registrar, Cancellation))
            .Require()
            .Items.Select(i => i.Status);
}

public sealed class SqliteExpiryTests() : ExpiryTests(DatabaseProvider.Sqlite);

public sealed class PostgresExpiryTests() : ExpiryTests(DatabaseProvider.Postgres);
