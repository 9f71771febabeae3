using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Settings;

/// <summary>What an administrator may set.</summary>
public sealed class SettingsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Statuses_of_attestations_and_their_transitions_are_configuration()
    {
        await using var host = await RegistryHost.StartAsync(
            settings: new Dictionary<string, string?>
            {
                ["Registry:AttestationTransitions:NEW:0"] = "IN_REVIEW",
                ["Registry:AttestationTransitions:IN_REVIEW:0"] = "ATTESTED",
            }
        );
        var person = await host.Registrants.StoreAsync(Persons.Amira());

        Assert.Equal("attestations.transition", (await AttestAsync(host, person.Id, "ATTESTED")).Problem?.Code);
        Assert.Equal("IN_REVIEW", (await AttestAsync(host, person.Id, "IN_REVIEW")).Require().Status);
        Assert.Equal("ATTESTED", (await AttestAsync(host, person.Id, "ATTESTED")).Require().Status);
        Assert.Equal("attestations.invalid", (await AttestAsync(host, person.Id, "REJECTED")).Problem?.Code);
    }

    [Fact]
    public async Task An_idempotency_key_is_forgotten_after_its_days()
    {
        await using var host = await RegistryHost.StartAsync(
            settings: new Dictionary<string, string?> { ["Registry:IdempotencyDays"] = "2" }
        );
        var sent = Persons.Amira() with { IdempotencyKey = "once", Identifiers = [] };
        var first = await host.Registrants.StoreAsync(sent);

        host.Clock.Advance(TimeSpan.FromDays(1.9));
        Assert.Equal(first.Id, (await host.Registrants.StoreAsync(sent)).Id);
        host.Clock.Advance(TimeSpan.FromDays(0.2));
        Assert.NotEqual(first.Id, (await host.Registrants.StoreAsync(sent)).Id);
    }

    [Fact]
    public async Task An_idempotency_key_belongs_to_its_caller()
    {
        await using var host = await RegistryHost.StartAsync();
        var sent = Persons.Amira() with { IdempotencyKey = "once", Identifiers = [] };
        var first = await host.Registrants.StoreAsync(sent);

        var other = await host.Registrants.CreateAsync(sent, RegistryHost.Staff("other"), Cancellation);

        Assert.NotEqual(first.Id, other.Require().Id);
    }

    [Theory]
    [InlineData("Registry:Tenant", "North\0West")]
    [InlineData("Registry:IdempotencyDays", "0")]
    [InlineData("Registry:CatalogueFile", "/nowhere/catalogue.json")]
    public async Task A_wrong_setting_stops_the_start(string name, string value)
    {
        await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            await using var host = await RegistryHost.StartAsync(
                settings: new Dictionary<string, string?> { [name] = value }
            );
            host.Services.GetRequiredService<IStartupValidator>().Validate();
        });
    }

    [Fact]
    public async Task A_registry_of_another_name_does_not_open_the_values()
    {
        await using var host = await RegistryHost.StartAsync();
        var person = await host.Registrants.StoreAsync(Persons.Amira());
        await using var other = await RegistryHost.StartAsync(
            configure: services =>
            {
                services.AddSingleton(host.Database);
                services.AddSingleton(host.Services.GetRequiredService<Protection.IRecordProtection>());
            },
            settings: new Dictionary<string, string?> { ["Registry:Tenant"] = "another" }
        );

        await Assert.ThrowsAsync<Protection.ProtectionException>(() =>
            other.Registrants.GetAsync(person.Id, ReadOptions.Default, PortCallers.Registrar, Cancellation)
        );
    }

    private static Task<Outcome<AttestationView>> AttestAsync(RegistryHost host, RegistrantId id, string status) =>
        host.Attestations.AttestAsync(
            id,
            "surname",
            new AttestationStatement { Status = status },
            PortCallers.Registrar,
            Cancellation
        );
}
