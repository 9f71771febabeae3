using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Members and the version of their group; groups of any size; the same request again.</summary>
public abstract partial class GroupsPortTests
{
    [Fact]
    public async Task Each_change_of_members_is_a_version_of_the_group_in_its_history()
    {
        var (group, person) = await PairAsync();
        (await AddAsync(Member(group, person, "head"))).Require();
        Ports.Clock.Advance(TimeSpan.FromSeconds(1));
        var patched = await Ports.Groups.ChangeMemberAsync(
            group,
            person,
            new MembershipPatch { Kinds = ["head", "recipient"] },
            GroupCommand.Plain,
            PortCallers.Registrar,
            Cancellation
        );

        var versions = (
            await Ports.Versions.ListAsync(group, new PageRequest(), PortCallers.Registrar, Cancellation)
        ).Require();
        var members = new List<int>();
        foreach (var number in new[] { 1, 2, 3 })
        {
            var options = new ReadOptions { Version = number, Memberships = true };
            var then = (await Registrants.GetAsync(group, options, PortCallers.Registrar, Cancellation)).Require();
            Assert.Equal((number, "2"), (then.Version, then.Text("group_type")));
            members.Add(then.Memberships.Count);
        }

        Assert.Equal(3, patched.Require().GroupVersion);
        Assert.Equal([3L, 2L, 1L], versions.Items.Select(v => v.Number));
        Assert.Equal(["memberships"], versions.Items[0].ChangedFields);
        Assert.Equal([0, 1, 1], members);
    }

    [Fact]
    public async Task A_household_operation_is_one_version_of_each_group_it_changes()
    {
        var (first, one) = await PairAsync();
        var (second, two) = await PairAsync();
        (await AddAsync(Member(first, one, "head"))).Require();
        (await AddAsync(Member(second, two, "head"))).Require();

        var merged = (
            await Ports.Groups.MergeAsync(
                first,
                new GroupMerge { Other = second, Head = one },
                new GroupCommand { ExpectedVersion = 2 },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
        var dissolved = (
            await Ports.Groups.DissolveAsync(
                first,
                new GroupDissolution(),
                new GroupCommand { ExpectedVersion = 3 },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();

        Assert.Equal([3L, 3L], merged.Groups.Select(g => g.Version));
        Assert.Equal([4L], dissolved.Groups.Select(g => g.Version));
        var then = await Registrants.GetAsync(
            first,
            new ReadOptions { Version = 3, Memberships = true },
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal((2, "active"), (then.Require().Memberships.Count, then.Require().Status));
        Assert.Empty(await MembersAsync(first));
    }

    [Fact]
    public async Task Of_two_who_join_under_the_same_version_one_is_told_which_stands()
    {
        var (group, one) = await PairAsync();
        var (_, two) = await PairAsync();
        var command = new GroupCommand { ExpectedVersion = 1 };

        var outcomes = await Task.WhenAll(
            new[] { one, two }.Select(p =>
                Task.Run(() =>
                    Ports.Groups.AddMemberAsync(Member(group, p, "head"), command, PortCallers.Registrar, Cancellation)
                )
            )
        );

        Assert.Single(outcomes, o => o.Succeeded);
        var refused = Assert.Single(outcomes, o => !o.Succeeded).Problem!;
        Assert.Equal((ProblemKind.PreconditionFailed, 2L), (refused.Kind, refused.CurrentVersion));
        Assert.Single(await MembersAsync(group));
    }

    [Fact]
    public async Task Of_a_large_group_a_record_shows_the_first_members_and_where_the_list_goes_on()
    {
        var group = (await Registrants.StoreAsync(Persons.Club())).Id;
        var persons = await CrowdAsync(510);
        foreach (var part in persons.Chunk(260))
        {
            (await ManyAsync(group, new MembersChange { Add = [.. part.Select(Joining)] })).Require();
        }

        var record = (
            await Registrants.GetAsync(
                group,
                new ReadOptions { Memberships = true },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
        var listed = record.Memberships.Select(m => m.MemberId).ToList();
        for (var next = record.MembershipsNext; next is not null; )
        {
            var page = (
                await Ports.Groups.MembershipsAsync(
                    group,
                    new MembershipQuery(),
                    new PageRequest(500, next),
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
            listed.AddRange(page.Items.Select(m => m.MemberId));
            next = page.Next;
        }

        Assert.Equal((200, 3), (record.Memberships.Count, record.Version));
        Assert.Equal(persons.Order(Ids), listed.Order(Ids));
        await StaysUsableAsync(group, persons);
    }

    private async Task StaysUsableAsync(RegistrantId group, List<RegistrantId> persons)
    {
        var (_, late) = await PairAsync();
        var joined = await AddAsync(Member(group, late));
        var left = await Ports.Groups.EndMemberAsync(
            group,
            persons[7],
            new MembershipEnd(),
            GroupCommand.Plain,
            PortCallers.Registrar,
            Cancellation
        );
        var many = await ManyAsync(
            group,
            new MembersChange { End = [.. persons.Take(5).Select(p => new MemberEnd { Member = p })] }
        );
        var headed = await Ports.Groups.ChangeHeadAsync(
            group,
            new HeadChange { Head = late },
            GroupCommand.Plain,
            PortCallers.Registrar,
            Cancellation
        );

        Assert.True(joined.Succeeded && left.Succeeded && many.Succeeded);
        Assert.Equal(("groups.too_large", ProblemKind.TooLarge), (headed.Problem?.Code, headed.Problem?.Kind));
        Assert.Contains("500", headed.Problem!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_members_end_change_and_join_together_or_not_at_all()
    {
        var (group, head) = await PairAsync();
        var persons = await CrowdAsync(3);
        (await AddAsync(Member(group, head, "head"))).Require();
        (await AddAsync(Member(group, persons[0]))).Require();
        var change = new MembersChange
        {
            End = [new MemberEnd { Member = head, Reason = "deceased" }],
            Change = [new MemberKinds { Member = persons[0], Kinds = ["head"] }],
            Add = [Joining(persons[1]), Joining(persons[2])],
        };

        var alone = await ManyAsync(group, change with { Change = [] });
        var twice = await ManyAsync(group, change with { Add = [Joining(persons[1]), Joining(persons[1])] });
        var nobody = await ManyAsync(group, change with { End = [new MemberEnd { Member = persons[2] }], Add = [] });
        var nothing = await ManyAsync(group, new MembersChange());
        var tooMany = await ManyAsync(
            group,
            new MembersChange
            {
                Add = [.. Enumerable.Range(0, 501).Select(_ => Joining(RegistrantId.New(Ports.Clock)))],
            }
        );
        var before = await VersionAsync(group);
        var done = (await ManyAsync(group, change)).Require();

        Assert.Equal("groups.head_required", alone.Problem?.Code);
        Assert.Equal("add[1].member", Assert.Single(twice.Problem!.Fields).Field);
        Assert.Equal("groups.not_member", nobody.Problem?.Code);
        Assert.Equal("members", Assert.Single(nothing.Problem!.Fields).Field);
        Assert.Equal("members", Assert.Single(tooMany.Problem!.Fields).Field);
        Assert.Equal((3, 4), (before, await VersionAsync(group)));
        Assert.Equal(4, done.Memberships.Count);
        Assert.Equal(persons.Order(Ids), (await MembersAsync(group)).Select(m => m.MemberId).Order(Ids));
    }

    [Fact]
    public async Task The_same_request_again_tells_nothing_to_who_has_lost_sight_of_the_group()
    {
        var (group, person) = await PairAsync();
        var caller = PortCallers.Staff("keyed-" + Persons.Next(), [.. Permissions.All]);
        var command = new GroupCommand { IdempotencyKey = "join" };
        var first = await Ports.Groups.AddMemberAsync(Member(group, person, "head"), command, caller, Cancellation);
        var again = await Ports.Groups.AddMemberAsync(Member(group, person, "head"), command, caller, Cancellation);
        var elsewhere = caller with { Rows = new RowScope { Areas = new HashSet<string> { "N-99-999" } } };

        var blind = await Ports.Groups.AddMemberAsync(Member(group, person, "head"), command, elsewhere, Cancellation);
        var forbidden = await Ports.Groups.AddMemberAsync(
            Member(group, person, "head"),
            command,
            caller with
            {
                Permissions = new HashSet<string> { Permissions.ReadRegistrants },
            },
            Cancellation
        );

        Assert.Equivalent(first.Require(), again.Require());
        Assert.Equal(ProblemKind.NotFound, blind.Problem?.Kind);
        Assert.Equal(ProblemKind.Forbidden, forbidden.Problem?.Kind);
    }

    private static NewMember Joining(RegistrantId person) => new() { Member = person };

    private Task<Outcome<GroupChangeView>> ManyAsync(RegistrantId group, MembersChange change)
    {
        Ports.Clock.Advance(TimeSpan.FromMilliseconds(1));
        return Ports.Groups.ChangeMembersAsync(group, change, GroupCommand.Plain, PortCallers.Registrar, Cancellation);
    }

    private async Task<List<RegistrantId>> CrowdAsync(int count)
    {
        var rows = Enumerable
            .Range(0, count)
            .Select(_ => new ImportRow
            {
                Kind = RegistrantKinds.Individual,
                Values = Persons.Values("""{"given_name":"Amira"}"""),
                Identifiers = [Persons.NewUin()],
            })
            .ToList();
        var imported = await Registrants.ImportAsync(rows, dryRun: false, PortCallers.Registrar, Cancellation);
        return [.. imported.Require().Select(r => r.Require().Id)];
    }

    private async Task<long> VersionAsync(RegistrantId id) =>
        (await Registrants.GetAsync(id, ReadOptions.Default, PortCallers.Registrar, Cancellation)).Require().Version;
}
