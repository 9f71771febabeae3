using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Alerts;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Alerts;

public sealed class SqliteReadingWatchTests() : ReadingWatchTests(DatabaseProvider.Sqlite);

public sealed class PostgresReadingWatchTests() : ReadingWatchTests(DatabaseProvider.Postgres);

/// <summary>Unusually many different records shown to one reader make one alert a window.</summary>
public abstract class ReadingWatchTests(DatabaseProvider provider) : CoreTests(provider)
{
    private static readonly Dictionary<string, string?> Few = new()
    {
        ["Registry:Alerts:StaffRecords"] = "3",
        ["Registry:Alerts:PartnerRecords"] = "4",
    };

    [Fact]
    public async Task The_fourth_record_of_an_hour_is_one_alert_and_the_next_hour_begins_anew()
    {
        await using var host = await StartAsync(settings: Few);
        var persons = await StoreAsync(host, 5);
        var clerk = PortCallers.Staff("clerk", Permissions.ReadRegistrants);
        var watch = host.Services.GetRequiredService<ReadingWatch>();

        // Three records, however often.
        await ReadAsync(host, persons[..3], clerk);
        await ReadAsync(host, persons[..3], clerk);
        Assert.Equal(0, await watch.LookAsync(Cancellation));
        await ReadAsync(host, persons[3..4], clerk);
        Assert.Equal(1, await watch.LookAsync(Cancellation));
        await ReadAsync(host, persons, clerk);
        Assert.Equal(0, await watch.LookAsync(Cancellation));
        host.Clock.AdjustTime(host.Clock.GetUtcNow().AddHours(1));
        await ReadAsync(host, persons[..3], clerk);
        Assert.Equal(0, await watch.LookAsync(Cancellation));
        await ReadAsync(host, persons, clerk);
        Assert.Equal(1, await watch.LookAsync(Cancellation));

        var alerts = await AlertsAsync(host);
        Assert.All(
            alerts,
            a => Assert.Equal((AlertKinds.UnusualReading, "staff", "clerk"), (a.Kind, a.ReaderKind, a.Reader))
        );
        Assert.Equal(
            [
                new DateTimeOffset(2026, 6, 1, 13, 0, 0, TimeSpan.Zero),
                new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero),
            ],
            alerts.Select(a => a.WindowStart!.Value)
        );
        Assert.All(alerts, a => Assert.True(a.Records > 3));
    }

    [Fact]
    public async Task A_process_that_was_started_again_or_another_one_raises_no_second_alert_and_forgets_nothing()
    {
        await using var host = await StartAsync(settings: Few);
        var persons = await StoreAsync(host, 4);
        var clerk = PortCallers.Staff("clerk", Permissions.ReadRegistrants);
        await ReadAsync(host, persons[..2], clerk);
        await Watch(host).LookAsync(Cancellation);
        await ReadAsync(host, persons[2..], clerk);

        // Two that know nothing of each other.
        var raised = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Task.Run(() => Watch(host).LookAsync(Cancellation)))
        );

        Assert.Equal(1, raised.Sum());
        Assert.Single(await AlertsAsync(host));
    }

    [Fact]
    public async Task Partners_have_a_number_of_their_own_and_a_person_about_herself_has_none()
    {
        await using var host = await StartAsync(settings: Few);
        var persons = await StoreAsync(host, 5);
        var partner = PortCallers.Partner("cash", ["surname"], []);
        var watch = host.Services.GetRequiredService<ReadingWatch>();

        await ReadAsync(host, persons[..4], partner);
        foreach (var person in persons)
        {
            await ReadAsync(host, [person], PortCallers.Person(person));
        }

        Assert.Equal(0, await watch.LookAsync(Cancellation));
        await ReadAsync(host, persons[4..], partner);
        Assert.Equal(1, await watch.LookAsync(Cancellation));
        Assert.Equal(
            ("partner", "cash"),
            (await AlertsAsync(host)) is [var one] ? (one.ReaderKind, one.Reader) : default
        );
    }

    private static ReadingWatch Watch(RegistryHost host) =>
        ActivatorUtilities.CreateInstance<ReadingWatch>(host.Services);

    private static async Task<List<RegistrantId>> StoreAsync(RegistryHost host, int count)
    {
        var ids = new List<RegistrantId>();
        for (var i = 0; i < count; i++)
        {
            ids.Add((await host.Registrants.StoreAsync(Persons.Amira())).Id);
        }

        return ids;
    }

    private static async Task ReadAsync(RegistryHost host, IReadOnlyList<RegistrantId> ids, Caller caller)
    {
        foreach (var id in ids)
        {
            (await host.Registrants.GetAsync(id, ReadOptions.Default, caller, Cancellation)).Require();
        }
    }

    private static async Task<IReadOnlyList<AlertView>> AlertsAsync(RegistryHost host) =>
        (
            await host
                .Services.GetRequiredService<IAlerts>()
                .ListAsync(AlertFilter.None, new PageRequest(), PortCallers.Registrar, Cancellation)
        )
            .Require()
            .Items;
}
