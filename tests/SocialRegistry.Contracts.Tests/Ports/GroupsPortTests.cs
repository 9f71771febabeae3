using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IGroups</c>.</summary>
public abstract partial class GroupsPortTests : PortTests
{
    [Fact]
    public async Task A_person_joins_a_group_with_kinds_and_period()
    {
        var (group, person) = await PairAsync();
        var sent = new MembershipView
        {
            GroupId = group,
            MemberId = person,
            Kinds = ["head", "recipient"],
            StartedOn = new DateOnly(2020, 5, 1),
        };

        var stored = await AddAsync(sent);

        Assert.Equivalent(sent with { GroupVersion = 2 }, stored.Require());
        Assert.Equivalent(sent, Assert.Single(await MembersAsync(group)));
    }

    [Fact]
    public async Task A_membership_without_kinds_is_that_of_a_member()
    {
        var (group, person) = await ClubAsync();

        Assert.Equal(["member"], (await AddAsync(Member(group, person))).Require().Kinds);
    }

    [Fact]
    public async Task A_group_has_at_most_one_open_head()
    {
        var (group, person) = await PairAsync();
        var (_, rival) = await PairAsync();
        (await AddAsync(Member(group, person, "head"))).Require();

        var problem = (await AddAsync(Member(group, rival, "head"))).Problem;

        Assert.Equal(("groups.head_exists", ProblemKind.Conflict), (problem?.Code, problem?.Kind));
        Assert.Single(await MembersAsync(group));
    }

    [Fact]
    public async Task Of_many_heads_at_once_one_is_taken()
    {
        var (group, _) = await PairAsync();
        var rivals = new List<RegistrantId>();
        for (var i = 0; i < 6; i++)
        {
            rivals.Add((await Registrants.StoreAsync(Persons.Amira())).Id);
        }

        var outcomes = await Task.WhenAll(rivals.Select(r => Task.Run(() => AddAsync(Member(group, r, "head")))));

        Assert.Single(outcomes, o => o.Succeeded);
        Assert.All(outcomes.Where(o => !o.Succeeded), o => Assert.Equal("groups.head_exists", o.Problem!.Code));
        Assert.Single(await MembersAsync(group), m => m.Kinds.Contains("head"));
    }

    [Fact]
    public async Task Many_join_at_once_and_nobody_is_lost()
    {
        var (group, _) = await ClubAsync();
        var persons = new List<RegistrantId>();
        for (var i = 0; i < 6; i++)
        {
            persons.Add((await Registrants.StoreAsync(Persons.Amira())).Id);
        }

        var outcomes = await Task.WhenAll(persons.Select(p => Task.Run(() => AddAsync(Member(group, p)))));

        Assert.All(outcomes, o => Assert.True(o.Succeeded));
        Assert.Equal(persons.Order(Ids), (await MembersAsync(group)).Select(m => m.MemberId).Order(Ids));
    }

    [Fact]
    public async Task A_person_is_in_a_group_once_at_a_time()
    {
        var (group, person) = await ClubAsync();
        (await AddAsync(Member(group, person))).Require();

        Assert.Equal("groups.member_exists", (await AddAsync(Member(group, person))).Problem?.Code);
    }

    [Fact]
    public async Task A_membership_joins_a_person_to_a_group_and_nothing_else()
    {
        var (group, person) = await PairAsync();
        var nobody = RegistrantId.New(TimeProvider.System);

        Assert.Equal(ProblemKind.NotFound, (await AddAsync(Member(group, nobody))).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await AddAsync(Member(nobody, person))).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await AddAsync(Member(person, group))).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await AddAsync(Member(group, group))).Problem?.Kind);
    }

    [Fact]
    public async Task Kinds_and_period_are_checked()
    {
        var (group, person) = await PairAsync();
        var backwards = Member(group, person) with
        {
            StartedOn = new DateOnly(2020, 1, 2),
            EndedOn = new DateOnly(2020, 1, 1),
        };

        Assert.Equal("kinds", Assert.Single((await AddAsync(Member(group, person, "HEAD!"))).Problem!.Fields).Field);
        Assert.Equal("endedOn", Assert.Single((await AddAsync(backwards)).Problem!.Fields).Field);
        Assert.Empty(await MembersAsync(group));
    }

    [Fact]
    public async Task Joining_gives_the_group_a_version_and_leaves_that_of_the_person_alone()
    {
        var (group, person) = await ClubAsync();
        (await AddAsync(Member(group, person))).Require();

        Assert.Equal((2, 1), (await VersionAsync(group), await VersionAsync(person)));
    }

    [Fact]
    public async Task Joining_needs_its_permission()
    {
        var (group, person) = await PairAsync();
        var reader = PortCallers.Staff("reader", Permissions.ReadRegistrants);

        var outcome = await Ports.Groups.AddMemberAsync(Member(group, person), reader, Cancellation);

        Assert.Equal(ProblemKind.Forbidden, outcome.Problem?.Kind);
    }

    private static Comparer<RegistrantId> Ids { get; } =
        Comparer<RegistrantId>.Create((a, b) => a.Value.CompareTo(b.Value));

    private static MembershipView Member(RegistrantId group, RegistrantId member, params string[] kinds) =>
        new()
        {
            GroupId = group,
            MemberId = member,
            Kinds = kinds,
        };

    /// <summary>Each at a time of its own, so that the order of what was stored is known.</summary>
    private Task<Outcome<MembershipView>> AddAsync(MembershipView membership)
    {
        Ports.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return Ports.Groups.AddMemberAsync(membership, PortCallers.Registrar, Cancellation);
    }

    private async Task<IReadOnlyList<MembershipView>> MembersAsync(RegistrantId group) =>
        (await Registrants.GetAsync(group, new ReadOptions { Memberships = true }, PortCallers.Registrar, Cancellation))
            .Require()
            .Memberships;

    private async Task<(RegistrantId Group, RegistrantId Person)> ClubAsync() =>
        ((await Registrants.StoreAsync(Persons.Club())).Id, (await Registrants.StoreAsync(Persons.Amira())).Id);

    private async Task<(RegistrantId Group, RegistrantId Person)> PairAsync() =>
        ((await Registrants.StoreAsync(Persons.Household())).Id, (await Registrants.StoreAsync(Persons.Amira())).Id);
}
