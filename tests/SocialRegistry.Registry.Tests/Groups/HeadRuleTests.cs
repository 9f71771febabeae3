using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Groups;

/// <summary>The setting <c>Registry:HouseholdNeedsHead</c>, and what a file may do to heads.</summary>
public abstract class HeadRuleTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Fact]
    public async Task Kept_means_that_files_bring_members_in_any_order_and_never_take_the_head_away()
    {
        await using var host = await StartAsync(settings: Setting("Kept"));
        var household = Persons.NewHousehold();
        var (a, b, c) = (Persons.NewUin(), Persons.NewUin(), Persons.NewUin());
        await ImportAsync(host, Group(household), Row(a, household, "child"), Row(b, household, "head"));

        var taken = await ImportAsync(host, Row(b, household, "spouse"), Row(c, household, "sibling"));
        var passedOn = await ImportAsync(host, Row(b, household, "spouse"), Row(a, household, "head"));
        var alone = await ImportAsync(host, Row(a, household, "child"));

        Assert.Equal(["groups.head_required", null], taken);
        Assert.Equal([null, null], passedOn);
        Assert.Equal(["groups.head_required"], alone);
        var kinds = await KindsAsync(host, household);
        Assert.Equal(["head", "sibling", "spouse"], kinds.Order());
    }

    [Fact]
    public async Task A_file_keeps_to_the_list_of_kinds_and_to_those_that_are_unique()
    {
        await using var host = await StartAsync();
        var household = Persons.NewHousehold();

        var codes = await ImportAsync(
            host,
            Group(household),
            Row(Persons.NewUin(), household, "head"),
            Row(Persons.NewUin(), household, "recipient"),
            Row(Persons.NewUin(), household, "recipient"),
            Row(Persons.NewUin(), household, "boss"),
            Row(Persons.NewUin(), household, "Daughter")
        );

        Assert.Equal([null, null, null, "groups.kind_taken", "registrants.invalid", null], codes);
        Assert.Equal(["child", "head", "recipient"], (await KindsAsync(host, household)).Order());
    }

    [Fact]
    public async Task A_file_brings_nobody_into_a_group_that_is_no_more_and_lets_who_left_come_again()
    {
        await using var host = await StartAsync();
        var (household, uin) = (Persons.NewHousehold(), Persons.NewUin());
        await ImportAsync(host, Group(household), Row(uin, household, "head"));
        var group = (await FindAsync(host, household))!.Id;
        var person = (await FindAsync(host, uin))!.Id;
        var end = new MembershipEnd { EndedOn = new DateOnly(2026, 5, 1) };
        await host.Groups.EndMemberAsync(group, person, end, GroupCommand.Plain, PortCallers.Registrar, Cancellation);

        Assert.Equal([null], await ImportAsync(host, Row(uin, household, "head")));
        Assert.Equal(
            new DateOnly(2026, 6, 1),
            Assert.Single((await FindAsync(host, household))!.Memberships).StartedOn
        );
        await host.Groups.DissolveAsync(
            group,
            new GroupDissolution(),
            GroupCommand.Plain,
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal(["groups.not_active"], await ImportAsync(host, Row(uin, household, "head")));
    }

    [Fact]
    public async Task By_default_the_head_comes_first_or_in_the_same_call()
    {
        await using var host = await StartAsync();
        var household = Persons.NewHousehold();
        var (a, b) = (Persons.NewUin(), Persons.NewUin());

        Assert.Equal([null], await ImportAsync(host, Group(household)));
        Assert.Equal(["groups.head_required"], await ImportAsync(host, Row(a, household, "child")));
        Assert.Equal([null, null], await ImportAsync(host, Row(a, household, "child"), Row(b, household, "head")));
        var group = (await host.Registrants.StoreAsync(Persons.Household())).Id;
        var persons = new List<RegistrantId>
        {
            (await host.Registrants.StoreAsync(Persons.Amira())).Id,
            (await host.Registrants.StoreAsync(Persons.Amira())).Id,
        };
        Assert.Equal("groups.head_required", await AddAsync(host, group, persons[0], "member"));
        Assert.Null(await AddAsync(host, group, persons[1], "head"));
        Assert.Null(await AddAsync(host, group, persons[0], "member"));
        var together = new NewGroup
        {
            Values = Persons.Household().Values,
            Members = [.. persons.Select(p => new NewMember { Member = p })],
        };
        var headless = await host.Groups.CreateAsync(together, GroupCommand.Plain, PortCallers.Registrar, Cancellation);
        Assert.Equal("groups.head_required", headless.Problem?.Code);
    }

    [Fact]
    public async Task Never_means_that_a_head_may_go()
    {
        await using var host = await StartAsync(settings: Setting("Never"));
        var (group, person) = (
            (await host.Registrants.StoreAsync(Persons.Household())).Id,
            (await host.Registrants.StoreAsync(Persons.Amira())).Id
        );
        var other = (await host.Registrants.StoreAsync(Persons.Amira())).Id;
        Assert.Null(await AddAsync(host, group, person, "head"));
        Assert.Null(await AddAsync(host, group, other, "member"));

        var ended = await host.Groups.EndMemberAsync(
            group,
            person,
            new MembershipEnd(),
            GroupCommand.Plain,
            PortCallers.Registrar,
            Cancellation
        );

        Assert.True(ended.Succeeded);
    }

    [Fact]
    public async Task Which_types_of_groups_are_households_is_a_setting()
    {
        var settings = Setting("Always");
        settings["Registry:HouseholdTypes:0"] = "3";
        await using var host = await StartAsync(settings: settings);
        var household = (await host.Registrants.StoreAsync(Persons.Household())).Id;
        var family = (
            await host.Registrants.StoreAsync(
                Persons.Household() with
                {
                    Values = Persons.Values("""{"group_type":"3"}"""),
                }
            )
        ).Id;
        var person = (await host.Registrants.StoreAsync(Persons.Amira())).Id;

        Assert.Null(await AddAsync(host, household, person, "member"));
        Assert.Equal("groups.head_required", await AddAsync(host, family, person, "member"));
    }

    private static Dictionary<string, string?> Setting(string rule) => new() { ["Registry:HouseholdNeedsHead"] = rule };

    private static async Task<string?> AddAsync(RegistryHost host, RegistrantId group, RegistrantId person, string kind)
    {
        var membership = new MembershipView
        {
            GroupId = group,
            MemberId = person,
            Kinds = [kind],
        };
        return (await host.Groups.AddMemberAsync(membership, PortCallers.Registrar, Cancellation)).Problem?.Code;
    }

    private static ImportRow Group(Identifier number) =>
        new()
        {
            Kind = RegistrantKinds.Group,
            Values = Persons.Household().Values,
            Identifiers = [number],
        };

    private static ImportRow Row(Identifier uin, Identifier household, params string[] kinds) =>
        new()
        {
            Kind = RegistrantKinds.Individual,
            Values = Persons.Values("""{"given_name":"Ana"}"""),
            Identifiers = [uin],
            Group = household,
            MembershipKinds = kinds,
        };

    private static async Task<List<string?>> ImportAsync(RegistryHost host, params ImportRow[] rows) =>
        [
            .. (await host.Registrants.ImportAsync(rows, dryRun: false, PortCallers.Registrar, Cancellation))
                .Require()
                .Select(o => o.Problem?.Code),
        ];

    private static async Task<RegistrantView?> FindAsync(RegistryHost host, Identifier identifier) =>
        (
            await host.Registrants.FindAsync(
                [identifier],
                new ReadOptions { Memberships = true },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require()[0];

    private static async Task<List<string>> KindsAsync(RegistryHost host, Identifier household) =>
        [.. (await FindAsync(host, household))!.Memberships.SelectMany(m => m.Kinds)];
}

public sealed class SqliteHeadRuleTests() : HeadRuleTests(DatabaseProvider.Sqlite);

public sealed class PostgresHeadRuleTests() : HeadRuleTests(DatabaseProvider.Postgres);
