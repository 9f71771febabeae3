using System.Reflection;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Disclosures;

public sealed class SqliteDoorTests() : DoorTests(DatabaseProvider.Sqlite);

public sealed class PostgresDoorTests() : DoorTests(DatabaseProvider.Postgres);

/// <summary>
/// Every call of every port that shows something of a person leaves a row in the disclosure log first, and shows nothing when it cannot.
/// The calls are found by reflection; one that is neither a door nor said to show nothing fails the suite.
/// </summary>
public abstract partial class DoorTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Fact]
    public async Task Every_door_logs_what_it_shows_before_it_answers()
    {
        await using var host = await StartAsync();
        var world = await DoorWorld.MakeAsync(host);
        var missing = new List<string>();
        foreach (var (name, door) in Doors)
        {
            var before = await RowsAsync(host);
            await door(world);
            if (await RowsAsync(host) == before)
            {
                missing.Add(name);
            }
        }

        Assert.Empty(missing);
    }

    [Fact]
    public async Task No_door_opens_when_the_log_cannot_be_written()
    {
        await using var host = await StartAsync();
        var world = await DoorWorld.MakeAsync(host);
        await ExecuteAsync(host, $"alter table {Table("disclosures")} rename to away");
        var open = new List<string>();
        foreach (var (name, door) in Doors)
        {
            try
            {
                await door(world);
                open.Add(name);
            }
            catch (Exception e) when (e is DbUpdateException or System.Data.Common.DbException)
            {
                // Refused, as it has to be.
            }
        }

        Assert.Empty(open);
    }

    [Fact]
    public void Every_call_of_a_port_is_a_door_or_shows_nothing()
    {
        var calls = typeof(Caller)
            .Assembly.GetExportedTypes()
            .Where(t => t.IsInterface && !Impersonal.Contains(t))
            .SelectMany(t => t.GetMethods())
            .Where(m => m.GetParameters().Any(p => p.ParameterType == typeof(Caller)))
            .Select(Name)
            .ToList();

        Assert.True(calls.Count > 40, $"Only {calls.Count} calls were found.");
        Assert.Empty(calls.Except(Doors.Keys).Except(ShowNothing.Keys));
        Assert.Empty(Doors.Keys.Concat(ShowNothing.Keys).Except(calls));
        Assert.Empty(Doors.Keys.Intersect(ShowNothing.Keys));
    }

    [Fact]
    public async Task A_row_tells_reader_organisation_door_purpose_and_ground()
    {
        await using var host = await StartAsync(
            settings: new Dictionary<string, string?> { ["Registry:Disclosures:Institution"] = "Ministry of Fields" }
        );
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        var partner = PortCallers.Partner("cash", ["surname"], []) with { Institution = "Cash Agency" };
        (await host.Registrants.GetAsync(person.Id, ReadOptions.Default, partner, Cancellation)).Require();
        (await ReadAsync(host, person.Id)).Require();

        var rows = (
            await host.Versions.DisclosuresAsync(person.Id, new PageRequest(), PortCallers.Registrar, Cancellation)
        ).Require();

        var byPartner = rows.Items.Single(r => r.ShownTo == "cash");
        Assert.Equal(
            ("partner", "Cash Agency", "dci", "cash-transfer", "act-7", false),
            (
                byPartner.ReaderKind,
                byPartner.Institution,
                byPartner.Channel,
                byPartner.Purpose,
                byPartner.LegalGround,
                byPartner.BreakGlass
            )
        );
        Assert.Equal("Ministry of Fields", rows.Items.Single(r => r.ShownTo == "registrar").Institution);
    }

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name.Replace("Async", "")}";

    private static async Task<int> RowsAsync(RegistryHost host)
    {
        await using var db = await ContextAsync(host);
        return await db.Disclosures.CountAsync(Cancellation);
    }
}
