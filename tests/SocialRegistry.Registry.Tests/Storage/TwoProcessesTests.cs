using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Storage;

/// <summary>Two processes on one database, such as the server and a command beside it: they share no lock in memory.</summary>
public abstract class TwoProcessesTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Fact]
    public async Task Writers_of_two_processes_wait_for_each_other_and_lose_nothing()
    {
        await using var one = await StartAsync();
        await using var two = await BesideAsync(one);
        var person = await one.Registrants.StoreAsync(Persons.Amira());

        var stored = await Task.WhenAll(
            Enumerable
                .Range(0, 40)
                .Select(i => Task.Run(() => (i % 2 == 0 ? one : two).Registrants.StoreAsync(Persons.Amira())))
        );
        var changes = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    Task.Run(() => PatchAsync(i % 2 == 0 ? one : two, person.Id, 1, $$"""{"area":"A{{i}}"}"""))
                )
        );

        Assert.Equal(41, await CountAsync(one, $"select count(*) from {Table("registrants")}"));
        Assert.All(stored, s => Assert.Equal(1, s.Version));
        Assert.Single(changes, c => c.Succeeded);
        Assert.All(
            changes.Where(c => !c.Succeeded),
            c => Assert.Equal((ProblemKind.PreconditionFailed, 2L), (c.Problem!.Kind, c.Problem.CurrentVersion))
        );
        Assert.Equal(2, (await ReadAsync(two, person.Id)).Require().Version);
    }

    private Task<RegistryHost> BesideAsync(RegistryHost host) =>
        StartAsync(services =>
        {
            services.AddSingleton(host.Database);
            services.AddSingleton(host.Services.GetRequiredService<Protection.IRecordProtection>());
            services.AddSingleton(host.Services.GetRequiredService<Protection.IKeyRing>());
        });
}

public sealed class SqliteTwoProcessesTests() : TwoProcessesTests(DatabaseProvider.Sqlite);

public sealed class PostgresTwoProcessesTests() : TwoProcessesTests(DatabaseProvider.Postgres);
