using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Relationships;

public sealed class SqliteRelationshipRulesTests() : RelationshipRulesTests(DatabaseProvider.Sqlite);

public sealed class PostgresRelationshipRulesTests() : RelationshipRulesTests(DatabaseProvider.Postgres);

/// <summary>Relationships behind the port: settings, the change log, bounds, several processes.</summary>
public abstract class RelationshipRulesTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Theory]
    [InlineData("Refuse")]
    [InlineData("Warn")]
    public async Task What_becomes_of_a_second_marriage_is_a_setting(string policy)
    {
        await using var host = await StartAsync(settings: Settings("SpouseOverlap", policy));
        var people = await StoreAsync(host, 3);
        (await MarryAsync(host, people[0], people[1])).Require();

        var second = await MarryAsync(host, people[2], people[0]);

        Assert.Equal(policy == "Refuse" ? "relationships.spouse_overlap" : null, second.Problem?.Code);
        Assert.Equal(policy == "Warn" ? ["relationships.spouse_overlap"] : null, second.Value?.Warnings);
        // Who was divorced before is married to one only.
        (await MarryAsync(host, people[1], people[2], 1990, 1995)).Require();
    }

    [Theory]
    [InlineData("Refuse")]
    [InlineData("Warn")]
    public async Task Of_a_marriage_to_somebody_beyond_the_rows_nothing_is_told(string policy)
    {
        await using var host = await StartAsync(settings: Settings("SpouseOverlap", policy));
        var people = await StoreAsync(host, 2);
        var hidden = (await host.Registrants.StoreAsync(Persons.Amira())).Id;
        (await MarryAsync(host, people[0], hidden)).Require();
        var caller = PortCallers.Registrar with
        {
            Id = "held",
            Rows = new RowScope
            {
                Population = QueryReader.Read("""{"not":{"field":"marital_status","op":"eq","value":"M"}}""").Require(),
            },
        };

        var second = await MarryAsync(host, people[0], people[1], caller: caller);

        Assert.Equal(policy == "Refuse" ? "registrants.disagrees" : null, second.Problem?.Code);
        Assert.Empty(second.Value?.Warnings ?? []);
        Assert.Empty(second.Problem?.Fields ?? []);
        await using var db = await ContextAsync(host);
        var compared = await db.Disclosures.Where(d => d.ShownTo == "held").ToListAsync(Cancellation);
        Assert.Equal(
            policy == "Refuse" ? new[] { people[0], hidden }.Select(p => p.Value).Order() : [],
            compared
                .Where(d => d.Fields.Contains("relationships:rule", StringComparison.Ordinal))
                .Select(d => d.RegistrantId)
                .Order()
        );
    }

    [Fact]
    public async Task Of_two_weddings_of_one_person_at_once_one_is_refused_where_one_is_allowed()
    {
        await using var host = await StartAsync(settings: Settings("SpouseOverlap", "Refuse"));
        var people = await StoreAsync(host, 5);

        var outcomes = await Task.WhenAll(people.Skip(1).Select(p => Task.Run(() => MarryAsync(host, p, people[0]))));

        Assert.Single(outcomes, o => o.Succeeded);
        Assert.All(
            outcomes.Where(o => !o.Succeeded),
            o => Assert.Equal("relationships.spouse_overlap", o.Problem!.Code)
        );
    }

    [Fact]
    public async Task The_age_of_parents_is_a_setting()
    {
        await using var host = await StartAsync(
            settings: new Dictionary<string, string?>
            {
                ["Registry:MinParentYears"] = "20",
                ["Registry:MaxParentYears"] = "30",
            }
        );
        var people = await StoreAsync(host, 3, i => $"{1950 + 19 * i}-01-01");

        Assert.Equal("relationships.parent_age", (await SetAsync(host, people[1], people[0])).Problem?.Code);
        Assert.Equal("relationships.parent_age", (await SetAsync(host, people[2], people[0])).Problem?.Code);
    }

    [Fact]
    public async Task Each_change_is_an_entry_of_the_log_of_those_whose_it_is()
    {
        await using var host = await StartAsync();
        var people = await StoreAsync(host, 3);
        var (child, mother, father) = (people[0], people[1], people[2]);
        (await SetAsync(host, child, mother)).Require();
        (await SetAsync(host, child, mother)).Require();
        (await SetAsync(host, child, father, mother)).Require();
        (
            await Port(host).RemoveParentsAsync(child, WriteConditions.None, PortCallers.Registrar, Cancellation)
        ).Require();
        var couple = (await MarryAsync(host, mother, father)).Require();
        (
            await Port(host).RemoveSpousesAsync(couple.Id, WriteConditions.None, PortCallers.Registrar, Cancellation)
        ).Require();

        await using var db = await ContextAsync(host);
        var entries = await db.Changes.AsNoTracking().OrderBy(c => c.Sequence).ToListAsync(Cancellation);
        var notices = await db.Outbox.AsNoTracking().CountAsync(Cancellation);

        Assert.Equal(
            ["created", "parents_changed", "parents_changed", "parents_changed"],
            entries.Where(e => e.RegistrantId == child.Value).Select(e => e.Operation)
        );
        foreach (var spouse in new[] { mother, father })
        {
            Assert.Equal(
                ["created", "spouses_changed", "spouses_changed"],
                entries.Where(e => e.RegistrantId == spouse.Value).Select(e => e.Operation)
            );
        }

        Assert.Equal(entries.Count, notices);
        var second = entries.Where(e => e.RegistrantId == child.Value).ElementAt(2);
        Assert.Contains($"\"old\":{{\"parents\":{{\"parent1\":\"{mother}\"", second.Fields, StringComparison.Ordinal);
        Assert.Contains($"\"new\":{{\"parents\":{{\"parent1\":\"{father}\"", second.Fields, StringComparison.Ordinal);
        Assert.NotNull(second.Reason);
        Assert.DoesNotContain("because", second.Reason, StringComparison.Ordinal);
        foreach (var id in people)
        {
            var row = await db.Registrants.AsNoTracking().SingleAsync(r => r.Id == id.Value, Cancellation);
            var own = entries.Where(e => e.RegistrantId == id.Value).ToList();
            Assert.Null(ChangeChain.FirstBroken(own, (row.Sequence, row.ChainHash)));
            Assert.Equal(1, row.Version);
        }
    }

    [Fact]
    public async Task What_is_refused_leaves_no_trace()
    {
        await using var host = await StartAsync();
        var people = await StoreAsync(host, 2);
        (await SetAsync(host, people[0], people[1])).Require();
        var before = await CountAsync(host, $"select count(*) from {Table("changes")}");

        var cycle = await SetAsync(host, people[1], people[0]);
        var dry = await Port(host)
            .ImportSpousesAsync(
                [new SpouseRow { Person1 = PersonReference.Of(people[0]), Person2 = PersonReference.Of(people[1]) }],
                dryRun: true,
                PortCallers.Registrar,
                Cancellation
            );

        Assert.Equal("relationships.cycle", cycle.Problem?.Code);
        Assert.True(dry.Require()[0].Succeeded);
        Assert.Equal(before, await CountAsync(host, $"select count(*) from {Table("changes")}"));
        Assert.Equal(0, await CountAsync(host, $"select count(*) from {Table("spouses")}"));
    }

    [Fact]
    public async Task A_thousand_relatives_are_the_most_and_the_answer_says_so()
    {
        await using var host = await StartAsync();
        var mother = (await StoreAsync(host, 1))[0];
        for (var part = 0; part < 2; part++)
        {
            var children = await StoreAsync(host, 600);
            var rows = children.Select(c => new ParentsRow
            {
                Child = PersonReference.Of(c),
                Parent1 = PersonReference.Of(mother),
            });
            (await Port(host).ImportParentsAsync([.. rows], false, PortCallers.Registrar, Cancellation)).Require();
        }

        var found = await Port(host)
            .FindRelativesAsync(mother, new RelativesQuery(), PortCallers.Registrar, Cancellation);
        var record = await Port(host).FindAsync([mother], PortCallers.Registrar, Cancellation);

        Assert.Equal((1_000, true), (found.Require().Items.Count, found.Require().Truncated));
        Assert.Equal((200, true), (record.Require()[0]!.Children.Count, record.Require()[0]!.Truncated));
    }

    [Fact]
    public async Task Two_processes_do_not_close_a_circle_together()
    {
        await using var one = await StartAsync();
        await using var two = await StartAsync(services =>
        {
            services.AddSingleton(one.Database);
            services.AddSingleton(one.Services.GetRequiredService<Protection.IRecordProtection>());
            services.AddSingleton(one.Services.GetRequiredService<Protection.IKeyRing>());
        });
        for (var round = 0; round < 5; round++)
        {
            var people = await StoreAsync(one, 4);
            (await SetAsync(one, people[1], people[2])).Require();
            (await SetAsync(one, people[3], people[0])).Require();

            var outcomes = await Task.WhenAll(
                Task.Run(() => SetAsync(one, people[0], people[1])),
                Task.Run(() => SetAsync(two, people[2], people[3]))
            );

            Assert.Single(outcomes, o => o.Succeeded);
            Assert.Single(outcomes, o => o.Problem?.Code == "relationships.cycle");
        }
    }

    private static Dictionary<string, string?> Settings(string name, string value) =>
        new() { ["Registry:" + name] = value };

    private static IRelationships Port(RegistryHost host) => host.Services.GetRequiredService<IRelationships>();

    private static Task<Outcome<ParentsView>> SetAsync(
        RegistryHost host,
        RegistrantId child,
        RegistrantId first,
        RegistrantId? second = null
    ) =>
        Port(host)
            .SetParentsAsync(
                child,
                new ParentsChange
                {
                    Parent1 = PersonReference.Of(first),
                    Parent2 = second is { } other ? PersonReference.Of(other) : null,
                    Reason = "because",
                },
                PortCallers.Registrar,
                Cancellation
            );

    private static Task<Outcome<SpouseView>> MarryAsync(
        RegistryHost host,
        RegistrantId first,
        RegistrantId second,
        int from = 2000,
        int? until = null,
        Caller? caller = null
    ) =>
        Port(host)
            .SetSpousesAsync(
                new SpouseChange
                {
                    Person1 = PersonReference.Of(first),
                    Person2 = PersonReference.Of(second),
                    IsMarried = true,
                    MarriedOn = new DateOnly(from, 1, 1),
                    IsSeparated = until is not null,
                    SeparatedOn = until is { } year ? new DateOnly(year, 1, 1) : null,
                },
                caller ?? PortCallers.Registrar,
                Cancellation
            );

    private static async Task<List<RegistrantId>> StoreAsync(
        RegistryHost host,
        int count,
        Func<int, string>? born = null
    )
    {
        var rows = Enumerable
            .Range(0, count)
            .Select(i => new ImportRow
            {
                Kind = RegistrantKinds.Individual,
                Values = Persons.Values(
                    born is null ? """{"given_name":"Kin"}""" : $$"""{"given_name":"Kin","birth_date":"{{born(i)}}"}"""
                ),
                Identifiers = [Persons.NewUin()],
            });
        var imported = await host.Registrants.ImportAsync([.. rows], false, PortCallers.Registrar, Cancellation);
        return [.. imported.Require().Select(o => o.Require().Id)];
    }
}
