using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>What must hold of memberships.</summary>
public abstract partial class GroupsPortTests
{
    [Fact]
    public async Task An_unknown_kind_is_refused_with_the_list_of_those_there_are()
    {
        var (group, person) = await PairAsync();

        var problem = (await AddAsync(Member(group, person, "captain"))).Problem!;

        var field = Assert.Single(problem.Fields);
        Assert.Equal(("kinds", "code"), (field.Field, field.Code));
        Assert.Contains("alternate_recipient", field.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("captain", problem.Detail + field.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kinds_are_the_run_time_list_of_the_catalogue_and_its_synonyms_are_understood()
    {
        var list = (await Ports.Fields.GetAsync(Cancellation)).CodeLists.Single(l => l.Id == "membership_kind");
        var (group, person) = await ClubAsync();

        Assert.True(list.Codes.Single(c => c.Code == "head").Unique);
        Assert.False(list.Codes.Single(c => c.Code == "child").Unique);
        Assert.Equal(["spouse"], (await AddAsync(Member(group, person, "Wife"))).Require().Kinds);
    }

    [Fact]
    public async Task Whoever_is_head_is_not_thereby_recipient_and_a_recipient_need_not_be_head()
    {
        var (group, head) = await PairAsync();
        var (_, recipient) = await PairAsync();
        var (_, rival) = await PairAsync();

        Assert.Equal(["head"], (await AddAsync(Member(group, head, "head"))).Require().Kinds);
        Assert.Equal(
            ["recipient", "spouse"],
            (await AddAsync(Member(group, recipient, "recipient", "spouse"))).Require().Kinds
        );
        Assert.Equal("groups.kind_taken", (await AddAsync(Member(group, rival, "recipient"))).Problem?.Code);
        var changed = await Groups.ChangeHeadAsync(
            group,
            new HeadChange { Head = rival },
            GroupCommand.Plain,
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal("groups.not_member", changed.Problem?.Code);
        Assert.Equal([("head", head), ("recipient", recipient)], await HoldersAsync(group));
    }

    [Fact]
    public async Task Periods_of_one_person_in_one_group_never_overlap_past_ones_neither()
    {
        var (group, person) = await ClubAsync();
        (await AddAsync(Past(group, person, "2010-01-01", "2015-01-01"))).Require();

        Assert.Equal(
            "groups.membership_overlaps",
            (await AddAsync(Past(group, person, "2014-12-31", "2016-01-01"))).Problem?.Code
        );
        Assert.Equal("groups.membership_overlaps", (await AddAsync(Member(group, person))).Problem?.Code);
        Assert.Equal(
            "groups.membership_overlaps",
            (await AddAsync(Member(group, person) with { StartedOn = new DateOnly(2012, 1, 1) })).Problem?.Code
        );
        // A period ends before its last day begins.
        (await AddAsync(Past(group, person, "2015-01-01", "2016-01-01"))).Require();
        (await AddAsync(Member(group, person) with { StartedOn = new DateOnly(2016, 1, 1) })).Require();
        Assert.Equal(3, (await AllAsync(group)).Count);
        Assert.Equal("groups.member_exists", (await AddAsync(Member(group, person))).Problem?.Code);
    }

    [Fact]
    public async Task Of_overlapping_periods_at_once_one_is_taken()
    {
        var (group, person) = await PairAsync();

        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(_ => Task.Run(() => AddAsync(Past(group, person, "2010-01-01", "2015-01-01"))))
        );

        Assert.Single(outcomes, o => o.Succeeded);
        Assert.Single(await AllAsync(group));
    }

    [Theory]
    [InlineData("1801-01-01", null, "startedOn", "range")]
    [InlineData("day after tomorrow", null, "startedOn", "range")]
    [InlineData("1984-03-01", null, "startedOn", "before_birth")]
    [InlineData("2020-01-01", "day after tomorrow", "endedOn", "range")]
    [InlineData("2020-01-02", "2020-01-01", "endedOn", "range")]
    public async Task Days_that_cannot_be_are_refused(string started, string? ended, string field, string code)
    {
        var (group, person) = await PairAsync();
        var membership = Member(group, person) with
        {
            StartedOn = Date(started),
            EndedOn = ended is null ? null : Date(ended),
        };

        var problem = Assert.Single((await AddAsync(membership)).Problem!.Fields);

        Assert.Equal((field, code), (problem.Field, problem.Code));
        Assert.Empty(await AllAsync(group));

        DateOnly Date(string text) =>
            DateOnly.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var date)
                ? date
                : Today.AddDays(2);
    }

    [Fact]
    public async Task A_person_is_in_several_groups_at_once()
    {
        var (group, person) = await PairAsync();
        var (other, _) = await PairAsync();
        (await AddAsync(Member(group, person, "head"))).Require();

        (await AddAsync(Member(other, person, "head", "recipient"))).Require();

        Assert.Equal(2, (await AllAsync(person)).Count);
    }

    [Fact]
    public async Task A_household_that_has_a_head_keeps_one()
    {
        var (group, head) = await PairAsync();
        var (_, spouse) = await PairAsync();
        Assert.Equal("groups.head_required", (await AddAsync(Member(group, spouse, "spouse"))).Problem?.Code);
        (await AddAsync(Member(group, head, "head"))).Require();
        (await AddAsync(Member(group, spouse, "spouse"))).Require();

        Assert.Equal("groups.head_required", (await EndAsync(group, head, new MembershipEnd())).Problem?.Code);
        Assert.Equal("groups.head_required", (await ChangeAsync(group, head, "member")).Problem?.Code);
        Assert.Equal(2, (await MembersAsync(group)).Count);
        (await EndAsync(group, spouse, new MembershipEnd { Reason = "left" })).Require();
        // The last to leave turns out the light.
        (await EndAsync(group, head, new MembershipEnd { Reason = "deceased" })).Require();
        Assert.Empty(await MembersAsync(group));
    }

    [Fact]
    public async Task Other_groups_need_no_head()
    {
        var group = (
            await Registrants.StoreAsync(
                Persons.Household() with
                {
                    Values = Persons.Values("""{"group_name":"Farmers"}"""),
                }
            )
        ).Id;
        var (_, head) = await PairAsync();
        var (_, member) = await PairAsync();
        (await AddAsync(Member(group, head, "head"))).Require();
        (await AddAsync(Member(group, member))).Require();

        (await EndAsync(group, head, new MembershipEnd())).Require();

        Assert.Equal(member, Assert.Single(await MembersAsync(group)).MemberId);
    }

    [Fact]
    public async Task Archived_persons_and_groups_take_part_in_nothing()
    {
        var (group, person) = await PairAsync();
        var (archived, other) = await PairAsync();
        await Registrants.ArchiveAsync(person, 1, "duplicate", PortCallers.Registrar, Cancellation);
        await Registrants.ArchiveAsync(archived, 1, "duplicate", PortCallers.Registrar, Cancellation);

        Assert.Equal(ProblemKind.NotFound, (await AddAsync(Member(group, person))).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await AddAsync(Member(archived, other))).Problem?.Kind);
    }

    [Fact]
    public async Task Memberships_are_for_callers_that_may_have_them()
    {
        var (group, person) = await PairAsync();
        var narrow = PortCallers.Partner("narrow-writer", ["given_name"], ["UIN"]) with
        {
            Permissions = new HashSet<string> { Permissions.ReadRegistrants, Permissions.WriteRegistrants },
        };

        var written = await Groups.AddMemberAsync(Member(group, person), narrow, Cancellation);
        var read = await Groups.MembershipsAsync(group, new MembershipQuery(), new PageRequest(), narrow, Cancellation);

        Assert.Equal("groups.not_for_caller", written.Problem?.Code);
        Assert.Equal("groups.not_for_caller", read.Problem?.Code);
        var herself = PortCallers.Person(person) with { Permissions = Permissions.All };
        Assert.Equal(
            ProblemKind.Forbidden,
            (await Groups.AddMemberAsync(Member(group, person), herself, Cancellation)).Problem?.Kind
        );
    }

    private IGroups Groups => Ports.Groups;

    private async Task<IReadOnlyList<(string Kind, RegistrantId Member)>> HoldersAsync(RegistrantId group) =>
        [
            .. (await MembersAsync(group))
                .SelectMany(m => m.Kinds.Select(k => (Kind: k, m.MemberId)))
                .Where(h => h.Kind is "head" or "recipient")
                .OrderBy(h => h.Kind, StringComparer.Ordinal),
        ];

    private async Task<IReadOnlyList<MembershipView>> AllAsync(RegistrantId id) =>
        (
            await Groups.MembershipsAsync(
                id,
                new MembershipQuery { All = true },
                new PageRequest(500),
                PortCallers.Registrar,
                Cancellation
            )
        )
            .Require()
            .Items;

    private Task<Outcome<GroupChangeView>> EndAsync(
        RegistrantId group,
        RegistrantId member,
        MembershipEnd end,
        GroupCommand? command = null
    ) => Groups.EndMemberAsync(group, member, end, command ?? GroupCommand.Plain, PortCallers.Registrar, Cancellation);

    private Task<Outcome<MembershipView>> ChangeAsync(RegistrantId group, RegistrantId member, params string[] kinds) =>
        Groups.ChangeMemberAsync(
            group,
            member,
            new MembershipPatch { Kinds = kinds },
            GroupCommand.Plain,
            PortCallers.Registrar,
            Cancellation
        );

    private static MembershipView Past(RegistrantId group, RegistrantId person, string started, string ended) =>
        Member(group, person) with
        {
            StartedOn = DateOnly.Parse(started, System.Globalization.CultureInfo.InvariantCulture),
            EndedOn = DateOnly.Parse(ended, System.Globalization.CultureInfo.InvariantCulture),
        };
}
