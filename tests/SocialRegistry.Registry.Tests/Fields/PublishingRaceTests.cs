using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Fields;

/// <summary>A value is stored only under the catalogue that stands when it is stored, whoever published it a moment ago.</summary>
public abstract class PublishingRaceTests(DatabaseProvider provider) : CoreTests(provider)
{
    private static readonly Caller Designer = PortCallers.Staff("designer", Permissions.WriteFields);

    [Fact]
    public async Task A_process_that_has_not_heard_of_a_narrower_rule_stores_nothing_against_it()
    {
        await using var one = await StartAsync();
        await using var two = await BesideAsync(one);
        await PublishAsync(one, maximum: 40);
        await two.Services.GetRequiredService<FieldCatalogue>().RefreshAsync(Cancellation);
        var known = await two.Registrants.StoreAsync(Person(3));
        await PublishAsync(one, maximum: 10);

        var created = await two.Registrants.CreateAsync(Person(30), PortCallers.Registrar, Cancellation);
        Refused(created.Problem);
        await PublishAsync(one, maximum: 9);
        Refused((await PatchAsync(two, known.Id, 1, """{"herd":10}""")).Problem);
        await PublishAsync(one, maximum: 8);
        var single = (await ImportAsync(two, 9)).Require();
        Refused(Assert.Single(single).Problem);
        await PublishAsync(one, maximum: 7);
        var several = (await ImportAsync(two, 1, 8, 2, 9)).Require();
        Assert.Equal([true, false, true, false], several.Select(r => r.Succeeded));
        Refused(several[1].Problem);

        // What the new rule allows goes in at the first try.
        await PublishAsync(one, maximum: 6);
        Assert.True((await PatchAsync(two, known.Id, 1, """{"herd":6}""")).Succeeded);
    }

    [Fact]
    public async Task Writers_never_get_a_value_past_a_rule_that_is_published_meanwhile()
    {
        await using var one = await StartAsync();
        await using var two = await BesideAsync(one);
        await PublishAsync(one, maximum: 40);
        await two.Services.GetRequiredService<FieldCatalogue>().RefreshAsync(Cancellation);
        var ids = new List<RegistrantId>();
        for (var i = 0; i < 6; i++)
        {
            ids.Add((await one.Registrants.StoreAsync(Person(1))).Id);
        }

        using var end = new CancellationTokenSource();
        var writers = ids.Select(
                (id, i) =>
                    Task.Run(async () =>
                    {
                        var host = i % 2 == 0 ? one : two;
                        for (long version = 1, n = 0; !end.IsCancellationRequested; n++)
                        {
                            var answer = await PatchAsync(host, id, version, $$"""{"herd":{{1 + (n * 7 + i) % 40}}}""");
                            version = answer.Succeeded ? answer.Value.Version : version;
                            Assert.Equal("registrants.invalid", answer.Problem?.Code ?? "registrants.invalid");
                        }
                    })
            )
            .ToList();
        foreach (var maximum in new[] { 20, 40, 20, 40, 20, 40, 20 })
        {
            await DraftAsync(one, maximum);
            var published = await one.CatalogueChanges.PublishAsync(
                new FieldName(null, "herd"),
                Designer,
                Cancellation
            );
            var highest = 0;
            foreach (var id in ids)
            {
                highest = Math.Max(highest, (await ReadAsync(one, id)).Require().Values["herd"].GetInt32());
            }

            // Refused because of a larger value that stands, or it holds for all of them.
            Assert.True(
                published.Succeeded ? highest <= maximum : published.Problem.Code == "fields.would_break",
                $"{highest} stands under a rule of {maximum}: {published.Problem?.Code}"
            );
        }

        await end.CancelAsync();
        await Task.WhenAll(writers);
    }

    private static void Refused(Problem? problem) => Assert.Equal("herd", Assert.Single(problem!.Fields).Field);

    private Task<RegistryHost> BesideAsync(RegistryHost host) =>
        StartAsync(services =>
        {
            services.AddSingleton(host.Database);
            services.AddSingleton(host.Services.GetRequiredService<Protection.IRecordProtection>());
            services.AddSingleton(host.Services.GetRequiredService<Protection.IKeyRing>());
        });

    private static NewRegistrant Person(int herd) =>
        new()
        {
            Kind = RegistrantKinds.Individual,
            Values = Persons.Values($$"""{"given_name":"Amira","herd":{{herd}}}"""),
            Identifiers = [Persons.NewUin()],
        };

    private static Task<Outcome<IReadOnlyList<Outcome<ImportedRegistrant>>>> ImportAsync(
        RegistryHost host,
        params int[] herds
    ) =>
        host.Registrants.ImportAsync(
            [
                .. herds.Select(herd => new ImportRow
                {
                    Kind = RegistrantKinds.Individual,
                    Values = Person(herd).Values,
                    Identifiers = [Persons.NewUin()],
                }),
            ],
            dryRun: false,
            PortCallers.Registrar,
            Cancellation
        );

    private static async Task PublishAsync(RegistryHost host, int maximum)
    {
        await DraftAsync(host, maximum);
        (await host.CatalogueChanges.PublishAsync(new FieldName(null, "herd"), Designer, Cancellation)).Require();
    }

    private static async Task DraftAsync(RegistryHost host, int maximum)
    {
        var field = new FieldView
        {
            Id = "herd",
            Kind = RegistrantKinds.Individual,
            Type = FieldType.Integer,
            Class = FieldClass.Internal,
            Labels = new Dictionary<string, string> { ["eng"] = "Herd" },
            Validation = JsonSerializer.SerializeToElement(new { maximum }),
        };
        (await host.CatalogueChanges.DraftAsync(field, Designer, Cancellation)).Require();
    }
}

public sealed class SqlitePublishingRaceTests() : PublishingRaceTests(DatabaseProvider.Sqlite);

public sealed class PostgresPublishingRaceTests() : PublishingRaceTests(DatabaseProvider.Postgres);
