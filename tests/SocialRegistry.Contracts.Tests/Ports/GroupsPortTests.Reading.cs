using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Conditions of changes, past memberships, and what is computed.</summary>
public abstract partial class GroupsPortTests
{
    [Fact]
    public async Task A_dry_run_says_what_would_be_and_stores_nothing()
    {
        var (group, head, spouse, child) = await HouseholdAsync();
        var (other, otherHead, _, _) = await HouseholdAsync();
        var dry = new GroupCommand { DryRun = true, IdempotencyKey = "dry-" + Persons.Next() };
        var split = new GroupSplit { Members = [Kinds(spouse)], Head = spouse };
        var merge = new GroupMerge { Other = other, Head = otherHead };
        var caller = PortCallers.Registrar;
        var version = await VersionAsync(other);

        var changes = new[]
        {
            await Groups.SplitAsync(group, split, dry, caller, Cancellation),
            await Groups.MergeAsync(group, merge, dry, caller, Cancellation),
            await MoveAsync(group, new MemberMove { Member = child, ToGroup = other }, dry),
            await Groups.ChangeHeadAsync(group, new HeadChange { Head = child }, dry, caller, Cancellation),
            await EndAsync(group, child, new MembershipEnd(), dry),
            await Groups.DissolveAsync(group, new GroupDissolution(), dry, caller, Cancellation),
        };
        var made = await Groups.CreateAsync(NewHousehold(), dry, caller, Cancellation);

        Assert.All(changes, c => Assert.True(c.Require().DryRun));
        Assert.All(changes, c => Assert.NotEmpty(c.Require().Memberships));
        Assert.Equal("merged", StateOf(changes[1].Require(), other).Status);
        Assert.Equal(ProblemKind.NotFound, (await ReadAsync(changes[0].Require().NewGroup!.Value)).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await ReadAsync(made.Require().Id)).Problem?.Kind);
        Assert.Equal("groups.head_required", (await EndAsync(group, head, new MembershipEnd(), dry)).Problem?.Code);
        Assert.Equal([("head", head)], await HoldersAsync(group));
        Assert.Equal(3, (await AllAsync(group)).Count);
        Assert.Equal(
            ("active", version),
            ((await ReadAsync(other)).Require().Status, (await ReadAsync(other)).Require().Version)
        );
    }

    [Fact]
    public async Task The_same_key_does_a_thing_once_and_answers_as_the_first_time()
    {
        var (group, _, spouse, child) = await HouseholdAsync();
        var (other, _, _, _) = await HouseholdAsync();
        var command = OnDay with { IdempotencyKey = "move-" + Persons.Next() };
        var move = new MemberMove { Member = spouse, ToGroup = other };

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => Task.Run(() => MoveAsync(group, move, command)))
        );
        var otherwise = await MoveAsync(group, move with { Member = child }, command);
        var elsewhere = await EndAsync(group, spouse, new MembershipEnd(), command);

        Assert.All(answers, a => Assert.Equivalent(answers[0].Require(), a.Require()));
        Assert.Equal(2, (await AllAsync(spouse)).Count);
        Assert.Equal("registrants.idempotency_key_reused", otherwise.Problem?.Code);
        Assert.Equal("registrants.idempotency_key_reused", elsewhere.Problem?.Code);
        Assert.Equal(
            "registrants.idempotency_key_invalid",
            (await MoveAsync(group, move, OnDay with { IdempotencyKey = "" })).Problem?.Code
        );
    }

    [Fact]
    public async Task A_version_that_is_expected_must_stand()
    {
        var (group, _, spouse, _) = await HouseholdAsync();

        var version = await VersionAsync(group);
        var stale = await EndAsync(group, spouse, new MembershipEnd(), new GroupCommand { ExpectedVersion = 1 });
        var right = await EndAsync(group, spouse, new MembershipEnd(), new GroupCommand { ExpectedVersion = version });

        Assert.Equal(
            (ProblemKind.PreconditionFailed, (long?)version),
            (stale.Problem!.Kind, stale.Problem.CurrentVersion)
        );
        Assert.True(right.Succeeded);
    }

    [Fact]
    public async Task Reasons_and_days_of_a_change_are_bounded()
    {
        var (group, _, spouse, _) = await HouseholdAsync();

        Assert.Equal("reason", await FieldAsync(new GroupCommand { Reason = new string('x', 501) }));
        Assert.Equal("effectiveOn", await FieldAsync(new GroupCommand { EffectiveOn = new DateOnly(1600, 1, 1) }));
        Assert.Equal("endedOn", await FieldAsync(new GroupCommand { EffectiveOn = new DateOnly(2030, 1, 1) }));

        async Task<string?> FieldAsync(GroupCommand command) =>
            (await EndAsync(group, spouse, new MembershipEnd(), command)).Problem?.Fields.Single().Field;
    }

    [Fact]
    public async Task Memberships_are_read_as_they_are_as_they_were_and_all()
    {
        var (group, person) = await ClubAsync();
        (await AddAsync(Past(group, person, "2010-01-01", "2015-01-01"))).Require();
        (await AddAsync(Member(group, person) with { StartedOn = new DateOnly(2020, 1, 1) })).Require();

        Assert.Equal(2020, Assert.Single(await ListAsync(new MembershipQuery())).StartedOn?.Year);
        Assert.Equal(2010, Assert.Single(await ListAsync(At(2014, 12, 31))).StartedOn?.Year);
        Assert.Empty(await ListAsync(At(2015, 1, 1)));
        Assert.Equal(2, (await ListAsync(new MembershipQuery { All = true })).Count);
        Assert.Equal("groups.query_invalid", (await AskAsync(At(2015, 1, 1) with { All = true })).Problem?.Code);
        // What the record itself shows are the open ones.
        Assert.Single((await ReadAsync(person)).Require().Memberships);

        static MembershipQuery At(int year, int month, int day) => new() { At = new DateOnly(year, month, day) };

        Task<Outcome<Page<MembershipView>>> AskAsync(MembershipQuery query) =>
            Groups.MembershipsAsync(person, query, new PageRequest(), PortCallers.Registrar, Cancellation);

        async Task<IReadOnlyList<MembershipView>> ListAsync(MembershipQuery query) =>
            (await AskAsync(query)).Require().Items;
    }

    [Fact]
    public async Task Members_outside_the_callers_rows_are_left_out_of_lists()
    {
        var (group, head, spouse, child) = await HouseholdAsync();
        var lodger = await Registrants.StoreAsync(
            Persons.Amira() with
            {
                Values = Persons.Values("""{"given_name":"Olav","sex":"male"}"""),
            }
        );
        (await AddAsync(Member(group, lodger.Id, "lodger"))).Require();
        var women = PortCallers.Registrar with
        {
            Rows = new RowScope
            {
                Population = QueryReader.Read("""{"not":{"field":"sex","op":"eq","value":"male"}}""").Require(),
            },
        };

        var members = await Groups.MembershipsAsync(
            group,
            new MembershipQuery(),
            new PageRequest(),
            women,
            Cancellation
        );
        var shown = await Registrants.GetAsync(group, new ReadOptions { Memberships = true }, women, Cancellation);

        Assert.Equal([head, spouse, child], members.Require().Items.Select(m => m.MemberId));
        Assert.Equal([head, spouse, child], shown.Require().Memberships.Select(m => m.MemberId));
    }

    [Fact]
    public async Task Memberships_come_page_by_page_to_the_very_end()
    {
        var (group, head, spouse, child) = await HouseholdAsync();
        var seen = new List<RegistrantId>();
        string? next = null;
        do
        {
            var page = (
                await Groups.MembershipsAsync(
                    group,
                    new MembershipQuery(),
                    new PageRequest(2, next),
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
            seen.AddRange(page.Items.Select(m => m.MemberId));
            next = page.Next;
        } while (next is not null);

        Assert.Equal([head, spouse, child], seen);
        foreach (var wrong in new[] { new PageRequest(0), new PageRequest(501), new PageRequest(5, "x") })
        {
            var answer = await Groups.MembershipsAsync(
                group,
                new MembershipQuery(),
                wrong,
                PortCallers.Registrar,
                Cancellation
            );
            Assert.Equal("paging.invalid", answer.Problem?.Code);
        }
    }

    [Fact]
    public async Task A_person_reads_her_own_memberships_and_sees_who_else_did()
    {
        var (group, head, spouse, _) = await HouseholdAsync();
        var herself = PortCallers.Person(spouse);
        var clerk = PortCallers.Staff("clerk-7", Permissions.ReadRegistrants);
        (await Groups.MembershipsAsync(group, new MembershipQuery(), new PageRequest(), clerk, Cancellation)).Require();

        var own = await Groups.MembershipsAsync(
            spouse,
            new MembershipQuery(),
            new PageRequest(),
            herself,
            Cancellation
        );
        var others = await Groups.MembershipsAsync(
            head,
            new MembershipQuery(),
            new PageRequest(),
            herself,
            Cancellation
        );

        Assert.Equal(group, Assert.Single(own.Require().Items).GroupId);
        Assert.Equal(ProblemKind.NotFound, others.Problem?.Kind);
        var shown = await Ports.Versions.DisclosuresAsync(spouse, new PageRequest(), herself, Cancellation);
        // That it was staff, and no name.
        Assert.Contains(
            shown.Require().Items,
            d => d is { ShownTo: "withheld", ReaderKind: "staff" } && d.Fields.SequenceEqual(["memberships"])
        );
    }

    [Fact]
    public async Task Counts_are_computed_from_the_open_members()
    {
        var (group, head, _, child) = await HouseholdAsync();
        await BornAsync(child, Today.AddYears(-5).AddDays(1), "male");
        var (_, old) = await PairAsync();
        await BornAsync(old, Today.AddYears(-60), "male");
        (await AddAsync(Member(group, old, "parent"))).Require();

        var derived = (await ReadAsync(group)).Require().Derived;

        Assert.Equal(4, derived["group_size"].GetInt32());
        Assert.Equal(1, derived["children_under_5"].GetInt32());
        Assert.Equal(1, derived["children_under_18"].GetInt32());
        Assert.Equal(2, derived["adults_18_59"].GetInt32());
        Assert.Equal(1, derived["elderly_60_plus"].GetInt32());
        Assert.Equal((2, 2), (derived["females"].GetInt32(), derived["males"].GetInt32()));
        Assert.Equal(1m, derived["dependency_ratio"].GetDecimal());
        Assert.Empty((await ReadAsync(head)).Require().Derived);
        (await EndAsync(group, child, new MembershipEnd())).Require();
        Assert.Equal(3, (await ReadAsync(group)).Require().Derived["group_size"].GetInt32());
        Assert.DoesNotContain("group_size", (await ReadAsync(group)).Require().Values.Keys);

        async Task BornAsync(RegistrantId id, DateOnly day, string sex) =>
            (
                await Registrants.UpdateAsync(
                    id,
                    new RegistrantPatch
                    {
                        ExpectedVersion = 1,
                        Values = Persons.Values($$"""{"birth_date":"{{day:yyyy-MM-dd}}","sex":"{{sex}}"}"""),
                    },
                    PortCallers.Registrar,
                    Cancellation
                )
            ).Require();
    }

    [Fact]
    public async Task A_computed_count_is_never_typed_in()
    {
        var (group, _, _, _) = await HouseholdAsync();
        var values = Persons.Values("""{"group_size":12}""");

        var patched = await Registrants.UpdateAsync(
            group,
            new RegistrantPatch { ExpectedVersion = await VersionAsync(group), Values = values },
            PortCallers.Registrar,
            Cancellation
        );
        var created = await Registrants.CreateAsync(
            Persons.Household() with
            {
                Values = values,
            },
            PortCallers.Registrar,
            Cancellation
        );
        var imported = await Registrants.ImportAsync(
            [
                new ImportRow
                {
                    Kind = RegistrantKinds.Group,
                    Values = values,
                    Identifiers = [Persons.NewHousehold()],
                },
            ],
            dryRun: false,
            PortCallers.Registrar,
            Cancellation
        );

        Problem?[] problems = [patched.Problem, created.Problem, imported.Require()[0].Problem];
        Assert.All(problems, p => Assert.Equal(("group_size", "computed"), (p!.Fields[0].Field, p.Fields[0].Code)));
    }

    [Fact]
    public async Task Computed_counts_keep_to_the_callers_fields_and_are_disclosures()
    {
        var (group, _, _, _) = await HouseholdAsync();
        var partner = PortCallers.Partner("counts", ["group_size"], ["HOUSEHOLD_ID"]);

        var view = await Registrants.GetAsync(group, new ReadOptions { Derived = true }, partner, Cancellation);

        Assert.Equal(["group_size"], view.Require().Derived.Keys);
        Assert.Empty(view.Require().Values);
        var shown = await Ports.Versions.DisclosuresAsync(
            group,
            new PageRequest(),
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Contains(shown.Require().Items, d => d.ShownTo == "counts" && d.Fields.SequenceEqual(["group_size"]));
    }

    [Fact]
    public async Task Many_records_are_read_in_one_call_in_the_order_asked()
    {
        var (group, head, spouse, child) = await HouseholdAsync();
        var (_, archived) = await PairAsync();
        await Registrants.ArchiveAsync(archived, 1, "duplicate", PortCallers.Registrar, Cancellation);
        var nobody = RegistrantId.New(TimeProvider.System);
        RegistrantId[] asked = [child, nobody, head, archived, child, group];

        var read = (
            await Registrants.GetManyAsync(
                asked,
                new ReadOptions
                {
                    Fields = ["given_name"],
                    Memberships = true,
                    Derived = true,
                },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();

        Assert.Equal([child, null, head, null, child, group], read.Select(r => r?.Id));
        Assert.Equal("Amira", read[0]!.Text("given_name"));
        Assert.Equal(["given_name"], read[0]!.Values.Keys);
        Assert.Equal([head, spouse, child], read[5]!.Memberships.Select(m => m.MemberId));
        var many = Enumerable.Repeat(child, 1_001).ToList();
        var tooMany = await Registrants.GetManyAsync(many, ReadOptions.Default, PortCallers.Registrar, Cancellation);
        Assert.Equal("registrants.too_many", tooMany.Problem?.Code);
        var partner = PortCallers.Partner("many", ["given_name"], ["UIN"]);
        (await Registrants.GetManyAsync([spouse], ReadOptions.Default, partner, Cancellation)).Require();
        var shown = await Ports.Versions.DisclosuresAsync(
            spouse,
            new PageRequest(),
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Contains(shown.Require().Items, d => d.ShownTo == "many" && d.Fields.SequenceEqual(["given_name"]));
        var self = PortCallers.Person(head);
        var own = await Registrants.GetManyAsync([spouse, head], ReadOptions.Default, self, Cancellation);
        Assert.Equal([null, head], own.Require().Select(r => r?.Id));
    }
}
