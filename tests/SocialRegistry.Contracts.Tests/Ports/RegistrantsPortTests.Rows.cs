using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

public abstract partial class RegistrantsPortTests
{
    /// <summary>Ways to narrow the rows to women of one area.</summary>
    public static TheoryData<string> Scopes => ["areas", "population", "both"];

    [Fact]
    public async Task The_same_request_again_tells_nothing_to_who_has_lost_sight_of_the_record()
    {
        var (area, elsewhere) = (NewArea(), NewArea());
        var caller = Narrow("areas", area) with { Id = "keyed-" + Persons.Next() };
        var request = Persons.Amira() with
        {
            Values = Persons.Values($$"""{"given_name":"Amira","area":"{{area}}"}"""),
            IdempotencyKey = "once",
        };
        var made = (await Registrants.CreateAsync(request, caller, Cancellation)).Require();
        var again = (await Registrants.CreateAsync(request, caller, Cancellation)).Require();
        var patch = new RegistrantPatch
        {
            ExpectedVersion = 1,
            Values = Persons.Values($$"""{"area":"{{elsewhere}}"}"""),
        };
        (await Registrants.UpdateAsync(made.Id, patch, PortCallers.Registrar, Cancellation)).Require();

        var blind = await Registrants.CreateAsync(request, caller, Cancellation);

        Assert.Equal(made.Id, again.Id);
        Assert.Equal("registrants.not_found", blind.Problem?.Code);
    }

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task A_record_outside_the_callers_rows_is_like_no_record_in_every_call(string scope)
    {
        var (area, elsewhere) = (NewArea(), NewArea());
        var uin = Persons.NewUin();
        var outside = await Registrants.StoreAsync(
            Persons.Amira(uin) with
            {
                Values = Persons.Values($$"""{"given_name":"Amira","sex":"male","area":"{{elsewhere}}"}"""),
            }
        );
        var inside = await StoreAsync(area, """{"given_name":"Amira","sex":"female"}""");
        var caller = Narrow(scope, area);
        var nobody = new RegistrantId(Guid.NewGuid());

        foreach (var (known, missing) in new[] { (outside.Id, nobody) })
        {
            foreach (
                var call in (Func<RegistrantId, Task<Problem?>>[])
                    [
                        async id => (await Registrants.GetAsync(id, ReadOptions.Default, caller, Cancellation)).Problem,
                        async id =>
                            (
                                await Registrants.GetAsync(id, new ReadOptions { Version = 1 }, caller, Cancellation)
                            ).Problem,
                        async id =>
                            (
                                await Registrants.UpdateAsync(
                                    id,
                                    new RegistrantPatch { ExpectedVersion = 1, Values = Persons.Values("{}") },
                                    caller,
                                    Cancellation
                                )
                            ).Problem,
                        async id => (await Registrants.ArchiveAsync(id, 1, "gone", caller, Cancellation)).Problem,
                        async id =>
                            (
                                await Ports.Attestations.AttestAsync(
                                    id,
                                    "given_name",
                                    new AttestationStatement { Status = AttestationStatuses.Attested },
                                    caller,
                                    Cancellation
                                )
                            ).Problem,
                        async id => (await Ports.Attestations.ListAsync(id, caller, Cancellation)).Problem,
                        async id =>
                            (await Ports.Versions.ListAsync(id, new PageRequest(), caller, Cancellation)).Problem,
                        async id =>
                            (
                                await Ports.Versions.DisclosuresAsync(id, new PageRequest(), caller, Cancellation)
                            ).Problem,
                        async id => (await Ports.Groups.AddMemberAsync(Edge(id, inside), caller, Cancellation)).Problem,
                        async id =>
                            (
                                await Registrants.ChangeStatusAsync(
                                    id,
                                    new StatusChange
                                    {
                                        ExpectedVersion = 1,
                                        Status = RegistrantStatuses.Inactive,
                                        Reason = "moved away",
                                    },
                                    caller,
                                    Cancellation
                                )
                            ).Problem,
                        async id =>
                            (
                                await Ports.Groups.MembershipsAsync(
                                    id,
                                    new MembershipQuery(),
                                    new PageRequest(),
                                    caller,
                                    Cancellation
                                )
                            ).Problem,
                        async id => (await Ports.Relationships.GetParentsAsync(id, caller, Cancellation)).Problem,
                        async id => (await Ports.Relationships.ListSpousesAsync(id, caller, Cancellation)).Problem,
                        async id => (await Ports.Relationships.ListRelationsAsync(id, caller, Cancellation)).Problem,
                        async id =>
                            (
                                await Ports.Relationships.FindRelativesAsync(
                                    id,
                                    new RelativesQuery(),
                                    caller,
                                    Cancellation
                                )
                            ).Problem,
                        async id => (await Ports.Documents.ListAsync(id, caller, Cancellation)).Problem,
                        async id => (await Ports.Numbers.IssueAsync(id, "SRN", 1, caller, Cancellation)).Problem,
                    ]
            )
            {
                var refused = await call(known);
                Assert.Equal(ProblemKind.NotFound, refused?.Kind);
                var absent = await call(missing);
                Assert.Equal(
                    (absent?.Code, absent?.Kind, absent?.Detail),
                    (refused?.Code, refused?.Kind, refused?.Detail)
                );
            }
        }

        Assert.Null(await FindAsync(uin, caller));
        Assert.NotNull(await FindAsync(uin, PortCallers.Registrar));
        Assert.Equal([inside], await IdsAsync("""{"field":"given_name","op":"eq","value":"Amira"}""", caller));
        Assert.Equal(
            inside,
            (await Registrants.GetAsync(inside, ReadOptions.Default, caller, Cancellation)).Require().Id
        );
        Assert.Equal(
            2,
            (
                await Registrants.UpdateAsync(
                    inside,
                    new RegistrantPatch { ExpectedVersion = 1, Values = Persons.Values("""{"occupation":"2"}""") },
                    caller,
                    Cancellation
                )
            )
                .Require()
                .Version
        );
    }

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task Nobody_makes_a_record_that_it_may_not_know_of(string scope)
    {
        var (area, elsewhere) = (NewArea(), NewArea());
        var caller = Narrow(scope, area);
        NewRegistrant Person(string values, Identifier uin) =>
            new()
            {
                Kind = RegistrantKinds.Individual,
                Values = Persons.Values(values),
                Identifiers = [uin],
            };
        var taken = Persons.NewUin();
        await Registrants.StoreAsync(Person($$"""{"sex":"male","area":"{{elsewhere}}"}""", taken));
        string[] outside = [$$"""{"sex":"male","area":"{{elsewhere}}"}""", """{"sex":"male"}"""];
        var within = $$"""{"sex":"female","area":"{{area}}"}""";

        foreach (var values in outside)
        {
            var refused = await Registrants.CreateAsync(Person(values, Persons.NewUin()), caller, Cancellation);
            Assert.Equal(
                ("registrants.outside_rows", ProblemKind.Forbidden),
                (refused.Problem?.Code, refused.Problem?.Kind)
            );
        }

        Assert.True((await Registrants.CreateAsync(Person(within, Persons.NewUin()), caller, Cancellation)).Succeeded);
        ImportRow Row(string values, Identifier uin) =>
            new()
            {
                Kind = RegistrantKinds.Individual,
                Values = Persons.Values(values),
                Identifiers = [uin],
            };
        var outcomes = (
            await Registrants.ImportAsync(
                [Row(outside[0], Persons.NewUin()), Row(within, Persons.NewUin()), Row(within, taken)],
                false,
                caller,
                Cancellation
            )
        ).Require();
        Assert.Equal(
            ["registrants.outside_rows", null, "registrants.identifier_taken"],
            outcomes.Select(o => o.Problem?.Code)
        );
        Assert.Equal(2, (await IdsAsync($$"""{"area":"{{area}}"}""")).Count);
    }

    [Fact]
    public async Task Members_outside_the_callers_rows_are_neither_shown_nor_searched_by()
    {
        var (area, elsewhere) = (NewArea(), NewArea());
        var group = await StoreGroupAsync(area, "{}");
        var inside = await StoreAsync(area, """{"sex":"female"}""");
        var outside = await StoreAsync(elsewhere, """{"sex":"male"}""");
        await JoinAsync(group, inside);
        await JoinAsync(group, outside);
        var caller = Narrow("areas", area);
        const string WithMan = """{"anyMember":{"field":"sex","op":"eq","value":"male"}}""";

        var shown = (
            await Registrants.GetAsync(group, new ReadOptions { Memberships = true }, caller, Cancellation)
        ).Require();

        Assert.Equal([inside], shown.Memberships.Select(m => m.MemberId));
        Assert.Equal([group], await IdsAsync(InArea(area, WithMan)));
        Assert.Empty(await IdsAsync(InArea(area, WithMan), caller));
        Assert.Empty(await IdsAsync($$"""{"area":"{{elsewhere}}"}""", caller));
        Assert.Equal(
            Sorted(group, inside),
            await IdsAsync("""{"or":[{"kind":"individual"},{"not":{"kind":"individual"}}]}""", caller)
        );
    }

    [Fact]
    public async Task Figures_are_of_the_whole_household_and_name_nobody_outside_the_rows()
    {
        var (area, elsewhere) = (NewArea(), NewArea());
        var group = await StoreGroupAsync(area, """{"group_type":"2"}""");
        var mother = await StoreAsync(area, """{"sex":"female","birth_date":"1980-01-01"}""");
        var baby = await StoreAsync(elsewhere, """{"sex":"male","birth_date":"2025-01-01","given_name":"Zebulon"}""");
        await JoinAsync(group, mother, "head");
        await JoinAsync(group, baby);
        var caller = Narrow("areas", area) with { Id = "held-" + area };
        var options = new ReadOptions
        {
            Memberships = true,
            Relationships = true,
            Derived = true,
        };

        var shown = (await Registrants.GetAsync(group, options, caller, Cancellation)).Require();
        var all = (await Registrants.GetAsync(group, options, PortCallers.Registrar, Cancellation)).Require();
        var found = (await SearchAsync($$"""{"area":"{{area}}"}""", caller)).Require();
        var figureless = await Registrants.GetAsync(
            group,
            options,
            caller with
            {
                Fields = FieldScope.Of(["group_type", "memberships"]),
            },
            Cancellation
        );

        Assert.Equal([mother], shown.Memberships.Select(m => m.MemberId));
        Assert.Equal(
            (2, 1, 1),
            (
                shown.Derived["group_size"].GetInt32(),
                shown.Derived["children_under_5"].GetInt32(),
                shown.Derived["males"].GetInt32()
            )
        );
        Assert.Equal(
            all.Derived.ToDictionary(d => d.Key, d => d.Value.GetRawText()),
            shown.Derived.ToDictionary(d => d.Key, d => d.Value.GetRawText())
        );
        var text = JsonSerializer.Serialize(shown) + JsonSerializer.Serialize(found);
        Assert.DoesNotContain(baby.ToString(), text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Zebulon", text, StringComparison.Ordinal);
        Assert.DoesNotContain("2025-01-01", text, StringComparison.Ordinal);
        Assert.Empty(figureless.Require().Derived);
        var disclosed = await Ports.Versions.DisclosuresAsync(
            baby,
            new PageRequest(),
            PortCallers.Registrar,
            Cancellation
        );
        Assert.DoesNotContain(disclosed.Require().Items, d => d.ShownTo == caller.Id);
    }

    [Fact]
    public async Task What_is_done_to_a_whole_household_is_left_to_who_may_know_of_all_of_it()
    {
        var (area, elsewhere) = (NewArea(), NewArea());
        var (group, other) = (
            await StoreGroupAsync(area, """{"group_type":"2"}"""),
            await StoreGroupAsync(area, """{"group_type":"2"}""")
        );
        var (mother, aunt) = (
            await StoreAsync(area, """{"sex":"female"}"""),
            await StoreAsync(area, """{"sex":"female"}""")
        );
        var outside = await StoreAsync(elsewhere, "{}");
        foreach (var member in new[] { mother, aunt, outside })
        {
            await JoinAsync(group, member, member == mother ? "head" : "member");
        }

        var caller = Narrow("areas", area);
        Problem?[] refused =
        [
            (
                await Ports.Groups.DissolveAsync(
                    group,
                    new GroupDissolution(),
                    GroupCommand.Plain,
                    caller,
                    Cancellation
                )
            ).Problem,
            (
                await Ports.Groups.MergeAsync(
                    other,
                    new GroupMerge { Other = group, Head = mother },
                    GroupCommand.Plain,
                    caller,
                    Cancellation
                )
            ).Problem,
            (
                await Ports.Groups.ChangeHeadAsync(
                    group,
                    new HeadChange { Head = mother },
                    GroupCommand.Plain,
                    caller,
                    Cancellation
                )
            ).Problem,
            (
                await Ports.Groups.SplitAsync(
                    group,
                    new GroupSplit { Members = [new MemberKinds { Member = mother }], Head = mother },
                    GroupCommand.Plain,
                    caller,
                    Cancellation
                )
            ).Problem,
        ];

        Assert.All(
            refused,
            p => Assert.Equal(("groups.members_outside_rows", ProblemKind.Forbidden), (p?.Code, p?.Kind))
        );
        var left = await Ports.Groups.EndMemberAsync(
            group,
            aunt,
            new MembershipEnd(),
            GroupCommand.Plain,
            caller,
            Cancellation
        );
        Assert.True(left.Succeeded);
        var members = await Ports.Groups.MembershipsAsync(
            group,
            new MembershipQuery(),
            new PageRequest(),
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal(Sorted(mother, outside), Sorted([.. members.Require().Items.Select(m => m.MemberId)]));
    }

    [Fact]
    public async Task A_rule_that_cannot_be_read_admits_nobody()
    {
        var area = NewArea();
        var person = await StoreAsync(area, "{}");
        var caller = PortCallers.Registrar with
        {
            Rows = new RowScope { Population = Query("""{"field":"field_that_is_gone","op":"exists"}""") },
        };

        Assert.Empty(await IdsAsync($$"""{"area":"{{area}}"}""", caller));
        Assert.Equal(
            ProblemKind.NotFound,
            (await Registrants.GetAsync(person, ReadOptions.Default, caller, Cancellation)).Problem?.Kind
        );
    }

    [Fact]
    public async Task A_population_looks_at_members_and_at_fields_that_nobody_searches_by()
    {
        var area = NewArea();
        var group = await StoreGroupAsync(area, """{"poverty_score_type":"pmt"}""");
        var person = await StoreAsync(area, "{}");
        await StoreAsync(area, "{}");
        await JoinAsync(group, person);
        var caller = PortCallers.Registrar with
        {
            Rows = new RowScope
            {
                Population = Query("""{"memberOf":{"field":"poverty_score_type","op":"eq","value":"pmt"}}"""),
            },
        };

        Assert.Equal([person], await IdsAsync($$"""{"area":"{{area}}"}""", caller));
        Assert.True((await Registrants.GetAsync(person, ReadOptions.Default, caller, Cancellation)).Succeeded);
    }

    private static Query Query(string json) => QueryReader.Read(json).Require();

    private static MembershipView Edge(RegistrantId group, RegistrantId member) =>
        new()
        {
            GroupId = group,
            MemberId = member,
            Kinds = [],
        };

    /// <summary>May do everything, with women of the area.</summary>
    private static Caller Narrow(string scope, string area) =>
        PortCallers.Registrar with
        {
            Rows = new RowScope
            {
                Areas = scope is "population" ? null : new HashSet<string> { area },
                Population = scope switch
                {
                    "areas" => null,
                    "both" => Query("""{"field":"sex","op":"eq","value":"female"}"""),
                    _ => Query(InArea(area, """{"not":{"field":"sex","op":"eq","value":"male"}}""")),
                },
            },
        };
}
