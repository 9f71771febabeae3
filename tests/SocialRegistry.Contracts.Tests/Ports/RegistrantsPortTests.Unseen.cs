using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Rules hold also over what a caller may not read; the answer tells nothing of it, and each comparison is a disclosure.</summary>
public abstract partial class RegistrantsPortTests
{
    private const string Disagrees = "registrants.disagrees";

    public static TheoryData<string> Blindness => ["lacking", "masked", "write-only"];

    [Theory]
    [MemberData(nameof(Blindness))]
    public async Task A_hidden_day_of_birth_is_not_found_by_trying(string how)
    {
        var caller = Blind(how);
        var (older, younger) = (await BornAsync("1984-03-02"), await BornAsync("1986-07-01"));
        var club = (await Registrants.StoreAsync(Persons.Club())).Id;
        Func<Task<Problem?>>[] tries =
        [
            async () => (await MarryAsync(older, younger, new DateOnly(1984, 3, 1), caller)).Problem,
            async () =>
                (
                    await Ports.Relationships.SetParentsAsync(
                        younger,
                        new ParentsChange { Parent1 = PersonReference.Of(older) },
                        caller,
                        Cancellation
                    )
                ).Problem,
            async () =>
                (
                    await Ports.Groups.AddMemberAsync(
                        Edge(club, older) with
                        {
                            StartedOn = new DateOnly(1984, 3, 1),
                        },
                        caller,
                        Cancellation
                    )
                ).Problem,
            async () => (await DieAsync(older, new DateOnly(1984, 3, 1), caller)).Problem,
            async () => (await DieAsync(older, new DateOnly(1984, 3, 1), caller, dryRun: true)).Problem,
            async () =>
                (
                    await Registrants.UpdateAsync(
                        older,
                        new RegistrantPatch
                        {
                            ExpectedVersion = 1,
                            Values = Persons.Values("""{"death_date":"1984-03-01"}"""),
                        },
                        caller,
                        Cancellation
                    )
                ).Problem,
        ];

        foreach (var (index, attempt) in tries.Index())
        {
            var problem = await attempt();
            Assert.True(Disagrees == problem?.Code, $"{index} {problem?.Code}");
            Assert.Equal(ProblemKind.Conflict, problem!.Kind);
            Assert.Empty(problem.Fields);
            Assert.DoesNotContain("birth", problem.Detail, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(index + 1, await ComparedAsync(older, caller, "birth_date:rule"));
        }

        var view = (
            await Registrants.GetAsync(
                older,
                new ReadOptions { Memberships = true, Relationships = true },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
        Assert.Equal((1, RegistrantStatuses.Active, 0), (view.Version, view.Status, view.Memberships.Count));
        Assert.Empty(view.Relationships!.Spouses);
        // What is accepted tells something too.
        (await MarryAsync(older, younger, new DateOnly(2010, 1, 1), caller)).Require();
        Assert.Equal(tries.Length + 1, await ComparedAsync(older, caller, "birth_date:rule"));
        // Who may read it is told.
        var told = await MarryAsync(older, younger, new DateOnly(1984, 3, 1), PortCallers.Registrar);
        Assert.Equal("relationships.married_before_birth", told.Problem?.Code);
    }

    [Fact]
    public async Task A_hidden_day_of_death_is_not_found_by_trying()
    {
        var caller = PortCallers.Registrar with
        {
            Id = "blind-" + Persons.Next(),
            Fields = FieldScope.Of(["given_name"]),
        };
        async Task<RegistrantId> StoreOneAsync(string values) =>
            (await Registrants.StoreAsync(Persons.Amira() with { Values = Persons.Values(values) })).Id;
        var dated = await StoreOneAsync("""{"given_name":"A","death_date":"2020-05-01"}""");
        var undated = await StoreOneAsync("""{"given_name":"A"}""");

        Problem?[] refused =
        [
            (await DieAsync(dated, new DateOnly(2020, 5, 2), caller)).Problem,
            (await DieAsync(undated, new DateOnly(2020, 5, 2), caller)).Problem,
            (await DieAsync(undated, null, caller)).Problem,
        ];

        Assert.All(refused, p => Assert.Equal((Disagrees, 0), (p?.Code, p?.Fields.Count)));
        Assert.Equal(1, await ComparedAsync(dated, caller, "death_date:rule"));
        Assert.Equal(2, await ComparedAsync(undated, caller, "death_date:rule"));
        (await DieAsync(dated, new DateOnly(2020, 5, 1), caller)).Require();
        Assert.Equal(2, await ComparedAsync(dated, caller, "death_date:rule"));
    }

    [Fact]
    public async Task A_patch_of_part_of_a_hidden_value_tells_nothing_of_the_rest()
    {
        var caller = PortCallers.Registrar with { Fields = FieldScope.Of(["given_name"]) };
        var answers = new List<string>();
        foreach (var values in new[] { """{"stated_age":{"age":40,"as_of":"2020-01-01"}}""", "{}" })
        {
            var person = await Registrants.StoreAsync(Persons.Amira() with { Values = Persons.Values(values) });
            var refused = await Registrants.UpdateAsync(
                person.Id,
                new RegistrantPatch
                {
                    ExpectedVersion = 1,
                    Values = Persons.Values("""{"stated_age":{"as_of":"2021-01-01"}}"""),
                },
                caller,
                Cancellation
            );
            answers.Add(JsonSerializer.Serialize(refused.Problem));
            Assert.Equal("scope", Assert.Single(refused.Problem!.Fields).Code);
        }

        Assert.Equal(answers[0], answers[1]);
    }

    [Fact]
    public async Task A_couple_or_a_parent_beyond_the_rows_is_not_confirmed()
    {
        var (area, elsewhere) = (NewArea(), NewArea());
        var (inside, outside) = (await StoreAsync(area, "{}"), await StoreAsync(elsewhere, "{}"));
        var caller = Narrow("areas", area);
        (await MarryAsync(inside, outside, new DateOnly(2010, 1, 1), PortCallers.Registrar)).Require();
        (
            await Ports.Relationships.SetParentsAsync(
                inside,
                new ParentsChange { Parent1 = PersonReference.Of(outside) },
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();
        foreach (var other in new[] { outside, new RegistrantId(Guid.NewGuid()) })
        {
            var couples = await Ports.Relationships.ImportSpousesAsync(
                [
                    new SpouseRow
                    {
                        Person1 = PersonReference.Of(inside),
                        Person2 = PersonReference.Of(other),
                        IsMarried = true,
                        MarriedOn = new DateOnly(2010, 1, 1),
                    },
                ],
                false,
                caller,
                Cancellation
            );
            var parents = await Ports.Relationships.ImportParentsAsync(
                [new ParentsRow { Child = PersonReference.Of(inside), Parent1 = PersonReference.Of(other) }],
                false,
                caller,
                Cancellation
            );
            var stale = await Ports.Relationships.SetSpousesAsync(
                new SpouseChange
                {
                    Person1 = PersonReference.Of(inside),
                    Person2 = PersonReference.Of(other),
                    IsMarried = true,
                    MarriedOn = new DateOnly(2010, 1, 1),
                    ExpectedRevision = 7,
                },
                caller,
                Cancellation
            );
            Assert.Equal("relationships.person_unknown", couples.Require()[0].Problem?.Code);
            Assert.Equal("relationships.person_unknown", parents.Require()[0].Problem?.Code);
            Assert.Equal("relationships.person_unknown", stale.Problem?.Code);
        }
    }

    private static Caller Blind(string how) =>
        how switch
        {
            "lacking" => PortCallers.Registrar with
            {
                Fields = FieldScope.Of(["given_name", "death_date", "memberships", "relationships"]),
            },
            "masked" => PortCallers.Registrar with { Masked = FieldScope.Of(["birth_date"]) },
            _ => PortCallers.Staff("", Permissions.WriteRegistrants),
        } with
        {
            Id = "blind-" + Persons.Next(),
        };

    private async Task<RegistrantId> BornAsync(string day) =>
        (
            await Registrants.StoreAsync(
                Persons.Amira() with
                {
                    Values = Persons.Values($$"""{"given_name":"Amira","birth_date":"{{day}}"}"""),
                }
            )
        ).Id;

    private Task<Outcome<SpouseView>> MarryAsync(RegistrantId one, RegistrantId two, DateOnly day, Caller caller) =>
        Ports.Relationships.SetSpousesAsync(
            new SpouseChange
            {
                Person1 = PersonReference.Of(one),
                Person2 = PersonReference.Of(two),
                IsMarried = true,
                MarriedOn = day,
            },
            caller,
            Cancellation
        );

    private Task<Outcome<RegistrantView>> DieAsync(RegistrantId id, DateOnly? on, Caller caller, bool dryRun = false) =>
        Registrants.ChangeStatusAsync(
            id,
            Change(1, RegistrantStatuses.Deceased) with
            {
                On = on,
                DryRun = dryRun,
            },
            caller,
            Cancellation
        );

    /// <summary>How often the log tells that this field was compared for the caller.</summary>
    private async Task<int> ComparedAsync(RegistrantId id, Caller caller, string field)
    {
        var page = await Ports.Versions.DisclosuresAsync(id, new PageRequest(500), PortCallers.Registrar, Cancellation);
        return page.Require().Items.Count(d => d.ShownTo == caller.Id && d.Fields.Contains(field));
    }
}
