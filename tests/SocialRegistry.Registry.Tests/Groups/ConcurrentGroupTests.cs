using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Groups;

/// <summary>The rules of households while many write at once.</summary>
public abstract class ConcurrentGroupTests(DatabaseProvider provider) : CoreTests(provider)
{
    [Fact]
    public async Task A_head_who_leaves_while_others_join_leaves_no_household_without_one()
    {
        await using var host = await StartAsync();
        for (var round = 0; round < 8; round++)
        {
            var group = (await host.Registrants.StoreAsync(Persons.Household())).Id;
            var persons = await PersonsAsync(host, 4);
            await AddAsync(host, group, persons[0], "head");

            // The head may leave only while nobody else is there; afterwards nobody joins who is not head herself.
            var outcomes = await Task.WhenAll([
                Task.Run(() => EndAsync(host, group, persons[0])),
                .. persons.Skip(1).Select(p => Task.Run(() => TryAddAsync(host, group, p, "member"))),
            ]);

            var members = await OpenAsync(host, group);
            Assert.True(outcomes[0] is null or "groups.head_required", outcomes[0]);
            // Either she left the empty household first, or she is still its head.
            Assert.All(outcomes.Skip(1), o => Assert.Equal(outcomes[0] is null ? "groups.head_required" : null, o));
            Assert.Equal(outcomes[0] is null ? 0 : 1, members.Count(m => m.IsHead));
            Assert.Equal(outcomes[0] is null ? 0 : 4, members.Count);
        }
    }

    [Fact]
    public async Task A_household_that_becomes_active_while_its_head_leaves_is_not_without_one()
    {
        await using var host = await StartAsync();
        for (var round = 0; round < 8; round++)
        {
            var group = (await host.Registrants.StoreAsync(Persons.Household())).Id;
            var persons = await PersonsAsync(host, 2);
            await AddAsync(host, group, persons[0], "head");
            await AddAsync(host, group, persons[1], "member");
            Assert.Null(await StatusAsync(host, group, 3, RegistrantStatuses.Inactive));

            var outcomes = await Task.WhenAll(
                Task.Run(() => EndAsync(host, group, persons[0])),
                Task.Run(() => StatusAsync(host, group, 4, RegistrantStatuses.Active))
            );

            // One of the two was first, and the other is refused: the head stays, or the group was changed since it was read.
            Assert.Single(outcomes, o => o is null);
            Assert.Single(outcomes, o => o is "groups.head_required" or "registrants.changed_since");
            var row = (
                await host.Registrants.GetAsync(group, ReadOptions.Default, PortCallers.Registrar, Cancellation)
            ).Require();
            Assert.Equal(outcomes[1] is null ? RegistrantStatuses.Active : RegistrantStatuses.Inactive, row.Status);
            Assert.Equal(outcomes[1] is null ? 1 : 0, (await OpenAsync(host, group)).Count(m => m.IsHead));
        }
    }

    [Fact]
    public async Task Two_heads_at_once_by_every_way_there_is_are_one()
    {
        await using var host = await StartAsync();
        var group = (await host.Registrants.StoreAsync(Persons.Club())).Id;
        var persons = await PersonsAsync(host, 6);
        foreach (var person in persons.Take(3))
        {
            await AddAsync(host, group, person, "member");
        }

        await Task.WhenAll([
            .. persons.Skip(3).Select(p => Task.Run(() => TryAddAsync(host, group, p, "head"))),
            .. persons
                .Take(2)
                .Select(p =>
                    Task.Run(async () =>
                        (
                            await host.Groups.ChangeMemberAsync(
                                group,
                                p,
                                new MembershipPatch { Kinds = ["head"] },
                                GroupCommand.Plain,
                                PortCallers.Registrar,
                                Cancellation
                            )
                        )
                            .Problem
                            ?.Code
                    )
                ),
            Task.Run(() => ChangeHeadAsync(host, group, persons[2])),
        ]);

        Assert.Single(await OpenAsync(host, group), m => m.IsHead);
    }

    [Fact]
    public async Task Twenty_writers_that_take_the_headship_from_each_other_all_get_their_turn()
    {
        await using var host = await StartAsync();
        var group = (await host.Registrants.StoreAsync(Persons.Household())).Id;
        var persons = await PersonsAsync(host, 20);
        foreach (var (index, person) in persons.Index())
        {
            await AddAsync(host, group, person, index == 0 ? "head" : "member");
        }

        var outcomes = await Task.WhenAll(persons.Select(p => Task.Run(() => ChangeHeadAsync(host, group, p))));

        Assert.All(outcomes, Assert.Null);
        var members = await OpenAsync(host, group);
        Assert.Single(members, m => m.IsHead);
        Assert.Equal(20, members.Count);
        await WholeLogAsync(host, [group, .. persons]);
    }

    [Fact]
    public async Task Twenty_writers_that_move_persons_to_and_fro_lose_nobody()
    {
        await using var host = await StartAsync();
        var groups = new List<RegistrantId>();
        var persons = await PersonsAsync(host, 10);
        for (var i = 0; i < 4; i++)
        {
            groups.Add((await host.Registrants.StoreAsync(Persons.Club())).Id);
        }

        foreach (var (index, person) in persons.Index())
        {
            await AddAsync(host, groups[index % 4], person, "member");
        }

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(n =>
                    Task.Run(async () =>
                    {
                        var move = new MemberMove { Member = persons[n % 10], ToGroup = groups[(n + 1 + n / 10) % 4] };
                        var from = groups[n % 10 % 4];
                        return from == move.ToGroup
                            ? null
                            : (
                                await host.Groups.MoveMemberAsync(
                                    from,
                                    move,
                                    GroupCommand.Plain,
                                    PortCallers.Registrar,
                                    Cancellation
                                )
                            )
                                .Problem
                                ?.Code;
                    })
                )
        );

        Assert.All(outcomes, o => Assert.True(o is null or "groups.not_member", o));
        foreach (var person in persons)
        {
            await using var db = await ContextAsync(host);
            Assert.Equal(
                1,
                await db.Memberships.CountAsync(m => m.MemberId == person.Value && m.EndedOn == null, Cancellation)
            );
        }

        await WholeLogAsync(host, [.. groups, .. persons]);
    }

    [Fact]
    public async Task Mergers_both_ways_at_once_leave_one_household_with_all()
    {
        await using var host = await StartAsync();
        var persons = await PersonsAsync(host, 4);
        var one = (await host.Registrants.StoreAsync(Persons.Household())).Id;
        var two = (await host.Registrants.StoreAsync(Persons.Household())).Id;
        await AddAsync(host, one, persons[0], "head");
        await AddAsync(host, one, persons[1], "member");
        await AddAsync(host, two, persons[2], "head");
        await AddAsync(host, two, persons[3], "member");

        var outcomes = await Task.WhenAll(
            Task.Run(() => MergeAsync(one, two)),
            Task.Run(() => MergeAsync(two, one)),
            Task.Run(() => MergeAsync(one, two))
        );

        Assert.Single(outcomes, o => o is null);
        Assert.All(outcomes.OfType<string>(), o => Assert.Equal("groups.not_active", o));
        var left = (await OpenAsync(host, one)).Concat(await OpenAsync(host, two)).ToList();
        Assert.Equal(4, left.Count);
        Assert.Single(left, m => m.IsHead);

        async Task<string?> MergeAsync(RegistrantId survivor, RegistrantId other) =>
            (
                await host.Groups.MergeAsync(
                    survivor,
                    new GroupMerge { Other = other, Head = persons[0] },
                    GroupCommand.Plain,
                    PortCallers.Registrar,
                    Cancellation
                )
            )
                .Problem
                ?.Code;
    }

    [Fact]
    public async Task A_household_operation_is_in_the_logs_of_all_records_it_concerns()
    {
        await using var host = await StartAsync();
        var persons = await PersonsAsync(host, 2);
        var one = (await host.Registrants.StoreAsync(Persons.Household())).Id;
        var two = (await host.Registrants.StoreAsync(Persons.Household())).Id;
        await AddAsync(host, one, persons[0], "head");
        await AddAsync(host, one, persons[1], "member");

        var move = new MemberMove
        {
            Member = persons[1],
            ToGroup = two,
            Kinds = ["head"],
        };
        var command = new GroupCommand { Reason = "Amira said so" };
        (await host.Groups.MoveMemberAsync(one, move, command, PortCallers.Registrar, Cancellation)).Require();

        Assert.Equal(
            ["created", "member_added", "member_ended", "member_added"],
            await OperationsAsync(host, persons[1])
        );
        Assert.Equal(["created", "member_added", "member_added", "member_ended"], await OperationsAsync(host, one));
        Assert.Equal(["created", "member_added"], await OperationsAsync(host, two));
        await using var db = await ContextAsync(host);
        Assert.Equal(await db.Changes.CountAsync(Cancellation), await db.Outbox.CountAsync(Cancellation));
        Assert.DoesNotContain(
            await CellsAsync(host, Table("changes")),
            c => c.Contains("Amira said", StringComparison.Ordinal)
        );
        await WholeLogAsync(host, [one, two, .. persons]);
    }

    private static async Task<List<RegistrantId>> PersonsAsync(RegistryHost host, int count)
    {
        var ids = new List<RegistrantId>(count);
        for (var i = 0; i < count; i++)
        {
            ids.Add((await host.Registrants.StoreAsync(Persons.Amira())).Id);
        }

        return ids;
    }

    private static async Task AddAsync(RegistryHost host, RegistrantId group, RegistrantId person, string kind) =>
        Assert.Null(await TryAddAsync(host, group, person, kind));

    private static async Task<string?> TryAddAsync(
        RegistryHost host,
        RegistrantId group,
        RegistrantId person,
        string kind
    )
    {
        var membership = new MembershipView
        {
            GroupId = group,
            MemberId = person,
            Kinds = [kind],
        };
        return (await host.Groups.AddMemberAsync(membership, PortCallers.Registrar, Cancellation)).Problem?.Code;
    }

    private static async Task<string?> EndAsync(RegistryHost host, RegistrantId group, RegistrantId person) =>
        (
            await host.Groups.EndMemberAsync(
                group,
                person,
                new MembershipEnd(),
                GroupCommand.Plain,
                PortCallers.Registrar,
                Cancellation
            )
        )
            .Problem
            ?.Code;

    private static async Task<string?> StatusAsync(RegistryHost host, RegistrantId id, long version, string status) => (
            await host.Registrants.ChangeStatusAsync(
                id,
                new StatusChange
                {
                    ExpectedVersion = version,
                    Status = status,
                    Reason = "as told",
                },
                PortCallers.Registrar,
                Cancellation
            )
        ).Problem?.Code;

    private static async Task<string?> ChangeHeadAsync(RegistryHost host, RegistrantId group, RegistrantId person) =>
        (
            await host.Groups.ChangeHeadAsync(
                group,
                new HeadChange { Head = person },
                GroupCommand.Plain,
                PortCallers.Registrar,
                Cancellation
            )
        )
            .Problem
            ?.Code;

    private static async Task<List<Membership>> OpenAsync(RegistryHost host, RegistrantId group)
    {
        await using var db = await ContextAsync(host);
        return await db.Memberships.Where(m => m.GroupId == group.Value && m.EndedOn == null).ToListAsync(Cancellation);
    }

    private static async Task<List<string>> OperationsAsync(RegistryHost host, RegistrantId id)
    {
        await using var db = await ContextAsync(host);
        return await db
            .Changes.Where(c => c.RegistrantId == id.Value)
            .OrderBy(c => c.Sequence)
            .Select(c => c.Operation)
            .ToListAsync(Cancellation);
    }

    private static async Task WholeLogAsync(RegistryHost host, IEnumerable<RegistrantId> ids)
    {
        await using var db = await ContextAsync(host);
        foreach (var id in ids)
        {
            var row = await db.Registrants.SingleAsync(r => r.Id == id.Value, Cancellation);
            var entries = await db
                .Changes.Where(c => c.RegistrantId == id.Value)
                .OrderBy(c => c.Sequence)
                .ToListAsync(Cancellation);
            Assert.Null(ChangeChain.FirstBroken(entries, (row.Sequence, row.ChainHash)));
        }
    }
}

public sealed class SqliteConcurrentGroupTests() : ConcurrentGroupTests(DatabaseProvider.Sqlite);

public sealed class PostgresConcurrentGroupTests() : ConcurrentGroupTests(DatabaseProvider.Postgres);
