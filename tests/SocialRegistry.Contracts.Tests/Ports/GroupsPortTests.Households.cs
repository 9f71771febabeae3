using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>What happens to households, each as one call.</summary>
public abstract partial class GroupsPortTests
{
    private DateOnly Today => DateOnly.FromDateTime(Ports.Clock.GetUtcNow().UtcDateTime);

    private DateOnly Day => Today.AddDays(-12);

    private GroupCommand OnDay => new() { EffectiveOn = Day, Reason = "told at the desk" };

    [Fact]
    public async Task A_household_is_stored_with_its_members_at_once()
    {
        var (_, head) = await PairAsync();
        var (_, child) = await PairAsync();
        var group = NewHousehold(
            new NewMember { Member = head, Kinds = ["head"] },
            new NewMember
            {
                Member = child,
                Kinds = ["child"],
                StartedOn = new DateOnly(2019, 1, 1),
            }
        );
        var command = new GroupCommand { IdempotencyKey = "create-" + Persons.Next() };

        var made = (await Groups.CreateAsync(group, command, PortCallers.Registrar, Cancellation)).Require();
        var again = (await Groups.CreateAsync(group, command, PortCallers.Registrar, Cancellation)).Require();

        Assert.Equal(1, made.Version);
        Assert.Equal(2, made.Memberships.Count);
        Assert.Equivalent(made, again);
        Assert.Equivalent(made.Memberships, await MembersAsync(made.Id));
    }

    [Fact]
    public async Task A_household_with_a_wrong_member_is_not_stored_at_all()
    {
        var (_, head) = await PairAsync();
        var number = Persons.NewHousehold();
        var nobody = new NewMember { Member = RegistrantId.New(TimeProvider.System) };
        var chief = new NewMember { Member = head, Kinds = ["head"] };

        Assert.Equal(ProblemKind.NotFound, (await CreateAsync(chief, nobody)).Problem?.Kind);
        Assert.Equal("twice", (await CreateAsync(chief, chief)).Problem?.Fields.Single().Code);
        Assert.Equal(
            "members[1].kinds",
            (await CreateAsync(chief, nobody with { Kinds = ["king"] })).Problem?.Fields.Single().Field
        );
        Assert.Empty(await AllAsync(head));
        var free = await Groups.CreateAsync(
            NewHousehold(chief) with
            {
                Identifiers = [number],
            },
            GroupCommand.Plain,
            PortCallers.Registrar,
            Cancellation
        );
        Assert.True(free.Succeeded);

        Task<Outcome<RegistrantView>> CreateAsync(params NewMember[] members) =>
            Groups.CreateAsync(
                NewHousehold(members) with
                {
                    Identifiers = [number],
                },
                GroupCommand.Plain,
                PortCallers.Registrar,
                Cancellation
            );
    }

    [Fact]
    public async Task A_person_leaves_with_day_and_reason_and_the_past_stays()
    {
        var (group, _, spouse, _) = await HouseholdAsync();

        var change = (await EndAsync(group, spouse, new MembershipEnd { Reason = "separated" }, OnDay)).Require();

        var ended = Assert.Single(change.Memberships);
        Assert.Equal((Day, "separated"), (ended.EndedOn, ended.EndReason));
        Assert.DoesNotContain(await MembersAsync(group), m => m.MemberId == spouse);
        Assert.Equivalent(ended, Assert.Single(await AllAsync(spouse)));
        Assert.Equal("groups.not_member", (await EndAsync(group, spouse, new MembershipEnd())).Problem?.Code);
        Assert.Equal(
            "reason",
            (await EndAsync(group, spouse, new MembershipEnd { Reason = "vanished" })).Problem?.Fields.Single().Field
        );
    }

    [Fact]
    public async Task A_head_who_leaves_names_who_follows()
    {
        var (group, head, spouse, child) = await HouseholdAsync();
        var (_, stranger) = await PairAsync();

        Assert.Equal("newHead", await FieldAsync(head));
        Assert.Equal("newHead", await FieldAsync(stranger));
        (await EndAsync(group, head, new MembershipEnd { Reason = "deceased", NewHead = spouse })).Require();

        var members = await MembersAsync(group);
        Assert.Equal([spouse, child], members.Select(m => m.MemberId));
        Assert.Contains("head", members[0].Kinds);

        async Task<string?> FieldAsync(RegistrantId follower) =>
            (await EndAsync(group, head, new MembershipEnd { NewHead = follower })).Problem?.Fields.Single().Field;
    }

    [Fact]
    public async Task Kinds_and_period_of_a_membership_change()
    {
        var (group, _, spouse, _) = await HouseholdAsync();
        var patch = new MembershipPatch { Kinds = ["recipient"], StartedOn = new DateOnly(2018, 8, 8) };

        var changed = await Groups.ChangeMemberAsync(group, spouse, patch, OnDay, PortCallers.Registrar, Cancellation);

        Assert.Equal(["recipient"], changed.Require().Kinds);
        Assert.Equal(new DateOnly(2018, 8, 8), changed.Require().StartedOn);
        Assert.Equal("groups.head_exists", (await ChangeAsync(group, spouse, "head")).Problem?.Code);
        Assert.Equal(["recipient"], (await MembersAsync(group)).Single(m => m.MemberId == spouse).Kinds);
    }

    [Fact]
    public async Task A_person_moves_to_another_household_on_a_day()
    {
        var (group, _, spouse, _) = await HouseholdAsync();
        var (other, otherHead, _, _) = await HouseholdAsync();

        var moved = await MoveAsync(
            group,
            new MemberMove
            {
                Member = spouse,
                ToGroup = other,
                Kinds = ["lodger"],
            }
        );

        Assert.Equal(2, moved.Require().Memberships.Count);
        Assert.Equal([group, other], moved.Require().Groups.Select(g => g.Id).OrderBy(i => i == other));
        var history = await AllAsync(spouse);
        Assert.Equal([("moved", Day), (null, (DateOnly?)null)], history.Select(m => (m.EndReason, m.EndedOn)));
        Assert.Equal([group, other], history.Select(m => m.GroupId));
        Assert.Equal((other, Day), (history[1].GroupId, history[1].StartedOn));
        Assert.Equal(["lodger"], history[1].Kinds);
        Assert.Equal(
            "groups.head_required",
            (await MoveAsync(other, new MemberMove { Member = otherHead, ToGroup = group })).Problem?.Code
        );
        Assert.Equal(
            "toGroup",
            (await MoveAsync(other, new MemberMove { Member = spouse, ToGroup = other })).Problem?.Fields.Single().Field
        );
    }

    [Fact]
    public async Task A_move_that_is_refused_at_its_end_leaves_nothing_behind()
    {
        var (group, head, spouse, _) = await HouseholdAsync();
        var (other, _, _, _) = await HouseholdAsync();
        var move = new MemberMove
        {
            Member = head,
            ToGroup = other,
            Kinds = ["head"],
            NewHead = spouse,
        };

        Assert.Equal("groups.head_exists", (await MoveAsync(group, move)).Problem?.Code);

        Assert.Equal([("head", head)], await HoldersAsync(group));
        Assert.Equal(3, (await AllAsync(other)).Count);
    }

    [Fact]
    public async Task A_household_is_split()
    {
        var (group, head, spouse, child) = await HouseholdAsync();
        var number = Persons.NewHousehold();
        var split = new GroupSplit
        {
            Members = [Kinds(spouse), Kinds(child, "child", "recipient")],
            Head = spouse,
            Values = Persons.Values("""{"address":[{"locality":"Vessby"}]}"""),
            Identifiers = [number],
        };

        var change = (await Groups.SplitAsync(group, split, OnDay, PortCallers.Registrar, Cancellation)).Require();

        var made = (await ReadAsync(change.NewGroup!.Value)).Require();
        Assert.Equal("2", made.Text("group_type"));
        Assert.Equal("N-01-004", made.Text("area"));
        Assert.Equal("Vessby", made.Values["address"][0].GetProperty("locality").GetString());
        Assert.False(made.Values.ContainsKey("poverty_score"));
        Assert.Equal(number, Assert.Single(made.Identifiers));
        Assert.Equal([("head", spouse), ("recipient", child)], await HoldersAsync(made.Id));
        Assert.Equal(head, Assert.Single(await MembersAsync(group)).MemberId);
        Assert.All(await AllAsync(group), m => Assert.True(m.MemberId == head || m.EndReason == "split"));
        Assert.Equal(1, made.Version);
    }

    [Fact]
    public async Task A_split_names_members_and_heads_and_leaves_somebody()
    {
        var (group, head, spouse, child) = await HouseholdAsync();
        var (_, stranger) = await PairAsync();

        Assert.Equal(
            "groups.head_required",
            (await SplitAsync(new GroupSplit { Members = [Kinds(child)] })).Problem?.Code
        );
        Assert.Equal(
            "groups.head_required",
            (await SplitAsync(new GroupSplit { Members = [Kinds(head)], Head = head })).Problem?.Code
        );
        Assert.Equal("head", await FieldAsync(new GroupSplit { Members = [Kinds(child)], Head = spouse }));
        Assert.Equal("members", await FieldAsync(new GroupSplit { Members = [] }));
        Assert.Equal(
            "members",
            await FieldAsync(new GroupSplit { Members = [Kinds(head), Kinds(spouse), Kinds(child)], Head = head })
        );
        Assert.Equal(
            "members[1].member",
            await FieldAsync(new GroupSplit { Members = [Kinds(child), Kinds(child)], Head = child })
        );
        Assert.Equal(
            "take[0]",
            await FieldAsync(
                new GroupSplit
                {
                    Members = [Kinds(child)],
                    Head = child,
                    Take = ["group_size"],
                }
            )
        );
        Assert.Equal(
            "groups.not_member",
            (await SplitAsync(new GroupSplit { Members = [Kinds(stranger)], Head = stranger })).Problem?.Code
        );
        Assert.Equal(3, (await AllAsync(group)).Count);
        // When the head leaves, both households have one afterwards.
        var both = new GroupSplit
        {
            Members = [Kinds(head)],
            Head = head,
            NewHead = spouse,
        };
        (await SplitAsync(both)).Require();
        Assert.Equal([("head", spouse)], await HoldersAsync(group));

        Task<Outcome<GroupChangeView>> SplitAsync(GroupSplit split) =>
            Groups.SplitAsync(group, split, OnDay, PortCallers.Registrar, Cancellation);

        async Task<string?> FieldAsync(GroupSplit split) => (await SplitAsync(split)).Problem?.Fields.Single().Field;
    }

    [Fact]
    public async Task Two_households_become_one()
    {
        var (group, head, spouse, child) = await HouseholdAsync();
        var (other, otherHead, _, otherChild) = await HouseholdAsync();
        (await ChangeAsync(group, spouse, "spouse", "recipient")).Require();
        (await ChangeAsync(other, otherChild, "child", "recipient")).Require();
        (await AddAsync(Member(other, child, "lodger"))).Require();
        var merge = new GroupMerge
        {
            Other = other,
            Head = otherHead,
            Kinds = [Kinds(head, "sibling")],
        };

        var before = await VersionAsync(other);
        var change = (await Groups.MergeAsync(group, merge, OnDay, PortCallers.Registrar, Cancellation)).Require();

        Assert.Equal([("head", otherHead), ("recipient", spouse)], await HoldersAsync(group));
        var members = await MembersAsync(group);
        Assert.Equal(6, members.Count);
        Assert.Equal(["sibling"], members.Single(m => m.MemberId == head).Kinds);
        Assert.Equal(["child"], members.Single(m => m.MemberId == otherChild).Kinds);
        Assert.Equal(["child"], members.Single(m => m.MemberId == child).Kinds);
        Assert.Empty(await MembersAsync(other));
        var ended = (await ReadAsync(other)).Require();
        Assert.Equal(("merged", group, before + 1), (ended.Status, ended.MergedInto, ended.Version));
        Assert.Equal(("merged", group), StateOf(change, other));
        Assert.Equal(("active", null), StateOf(change, group));
        Assert.Equal("groups.not_active", (await AddAsync(Member(other, head))).Problem?.Code);
    }

    [Fact]
    public async Task A_merger_says_who_is_head_and_takes_two_groups()
    {
        var (group, head, _, _) = await HouseholdAsync();
        var (other, _, _, _) = await HouseholdAsync();
        var (_, stranger) = await PairAsync();

        Assert.Equal("head", await FieldAsync(new GroupMerge { Other = other }));
        Assert.Equal("head", await FieldAsync(new GroupMerge { Other = other, Head = stranger }));
        Assert.Equal("other", await FieldAsync(new GroupMerge { Other = group, Head = head }));
        Assert.Equal(
            "kinds",
            await FieldAsync(
                new GroupMerge
                {
                    Other = other,
                    Head = head,
                    Kinds = [Kinds(stranger)],
                }
            )
        );
        Assert.Equal(
            ProblemKind.NotFound,
            (await MergeAsync(new GroupMerge { Other = head, Head = head })).Problem?.Kind
        );
        Assert.Equal("active", (await ReadAsync(other)).Require().Status);
        Assert.Equal(3, (await MembersAsync(other)).Count);

        Task<Outcome<GroupChangeView>> MergeAsync(GroupMerge merge) =>
            Groups.MergeAsync(group, merge, OnDay, PortCallers.Registrar, Cancellation);

        async Task<string?> FieldAsync(GroupMerge merge) => (await MergeAsync(merge)).Problem?.Fields.Single().Field;
    }

    [Fact]
    public async Task Another_member_becomes_head_and_the_old_head_stays()
    {
        var (group, head, spouse, child) = await HouseholdAsync();
        var change = new HeadChange { Head = spouse, Kinds = [Kinds(head, "spouse"), Kinds(spouse, "recipient")] };

        (await Groups.ChangeHeadAsync(group, change, OnDay, PortCallers.Registrar, Cancellation)).Require();

        var members = await MembersAsync(group);
        Assert.Equal(["spouse"], members.Single(m => m.MemberId == head).Kinds);
        Assert.Equal(["head", "recipient"], members.Single(m => m.MemberId == spouse).Kinds);
        // Nothing said of her kinds: the head steps back to a member.
        var back = await Groups.ChangeHeadAsync(
            group,
            new HeadChange { Head = child },
            OnDay,
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal(2, back.Require().Memberships.Count);
        Assert.Equal([("head", child), ("recipient", spouse)], await HoldersAsync(group));
    }

    [Fact]
    public async Task A_dissolved_group_is_inactive_and_empty()
    {
        var (group, _, _, _) = await HouseholdAsync();

        var change = await Groups.DissolveAsync(
            group,
            new GroupDissolution(),
            OnDay,
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal(("inactive", null), StateOf(change.Require(), group));
        Assert.All(await AllAsync(group), m => Assert.Equal((Day, "dissolved"), (m.EndedOn, m.EndReason)));
        Assert.Equal("inactive", (await ReadAsync(group)).Require().Status);
        var again = await Groups.DissolveAsync(
            group,
            new GroupDissolution(),
            OnDay,
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal("groups.not_active", again.Problem?.Code);
    }

    private async Task<(
        RegistrantId Group,
        RegistrantId Head,
        RegistrantId Spouse,
        RegistrantId Child
    )> HouseholdAsync()
    {
        var (group, head) = await PairAsync();
        var (_, spouse) = await PairAsync();
        var (_, child) = await PairAsync();
        (await AddAsync(Member(group, head, "head"))).Require();
        (await AddAsync(Member(group, spouse, "spouse"))).Require();
        (await AddAsync(Member(group, child, "child"))).Require();
        return (group, head, spouse, child);
    }

    private Task<Outcome<GroupChangeView>> MoveAsync(
        RegistrantId group,
        MemberMove move,
        GroupCommand? command = null
    ) => Groups.MoveMemberAsync(group, move, command ?? OnDay, PortCallers.Registrar, Cancellation);

    private Task<Outcome<RegistrantView>> ReadAsync(RegistrantId id) =>
        Registrants.GetAsync(
            id,
            new ReadOptions { Memberships = true, Derived = true },
            PortCallers.Registrar,
            Cancellation
        );

    private static (string Status, RegistrantId? MergedInto) StateOf(GroupChangeView change, RegistrantId group) =>
        change.Groups.Where(g => g.Id == group).Select(g => (g.Status, g.MergedInto)).Single();

    private static MemberKinds Kinds(RegistrantId member, params string[] kinds) =>
        new() { Member = member, Kinds = kinds };

    private static NewGroup NewHousehold(params NewMember[] members) =>
        new() { Values = new Dictionary<string, JsonElement>(Persons.Household().Values), Members = members };
}
