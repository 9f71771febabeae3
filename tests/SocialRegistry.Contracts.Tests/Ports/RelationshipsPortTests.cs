using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The suite of the port <c>IRelationships</c>: parents and guardians.</summary>
public abstract partial class RelationshipsPortTests : PortTests
{
    private IRelationships Relationships => Ports.Relationships;

    [Fact]
    public async Task Parents_and_guardian_are_kept_and_given_back()
    {
        var (child, mother, father) = (await BornAsync(2010), await BornAsync(1980), await BornAsync(1978));
        var guardian = await BornAsync(2000);
        var change = new ParentsChange
        {
            Parent1 = PersonReference.Of(mother),
            Parent2 = PersonReference.Of(father),
            IsAdopted = true,
            Guardian = PersonReference.Of(guardian),
            Since = new DateOnly(2015, 4, 1),
            Reason = "court order",
        };

        var stored = (await SetAsync(child, change)).Require();

        Assert.Equal(
            new ParentsView
            {
                ChildId = child,
                Parent1Id = mother,
                Parent2Id = father,
                IsAdopted = true,
                GuardianId = guardian,
                Since = new DateOnly(2015, 4, 1),
                RecordedAt = stored.RecordedAt,
                Revision = 1,
            },
            stored
        );
        Assert.Equal(stored, await ParentsAsync(child));
        var read = await Registrants.GetAsync(child, ReadOptions.Default, PortCallers.Registrar, Cancellation);
        Assert.Equal(1, read.Require().Version);
    }

    [Fact]
    public async Task Who_has_no_parents_recorded_is_answered_with_revision_0()
    {
        var child = await BornAsync(2010);

        Assert.Equal(new ParentsView { ChildId = child }, await ParentsAsync(child));
    }

    [Fact]
    public async Task A_person_may_be_named_by_an_identifier()
    {
        var uin = Persons.NewUin();
        var mother = (await Registrants.StoreAsync(Persons.Amira(uin))).Id;
        var child = await BornAsync(2010);

        var stored = await SetAsync(child, new ParentsChange { Parent1 = PersonReference.Of(uin) });

        Assert.Equal(mother, stored.Require().Parent1Id);
    }

    [Fact]
    public async Task What_is_left_out_of_a_new_state_is_gone_and_a_repetition_changes_nothing()
    {
        var (child, mother) = (await BornAsync(2010), await BornAsync(1980));
        await SetAsync(child, Parents(mother, await BornAsync(1980)));

        var second = (await SetAsync(child, Parents(mother))).Require();
        var third = (await SetAsync(child, Parents(mother))).Require();

        Assert.Null(second.Parent2Id);
        Assert.Equal((2, 2), (second.Revision, third.Revision));
    }

    [Fact]
    public async Task Parents_taken_away_are_gone_and_the_revision_goes_on()
    {
        var (child, mother) = (await BornAsync(2010), await BornAsync(1980));
        await SetAsync(child, Parents(mother));

        (await Relationships.RemoveParentsAsync(child, Seen(1), PortCallers.Registrar, Cancellation)).Require();
        var again = await Relationships.RemoveParentsAsync(
            child,
            WriteConditions.None,
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Null((await ParentsAsync(child)).Parent1Id);
        Assert.Equal("relationships.no_parents", again.Problem?.Code);
        Assert.Equal(3, (await SetAsync(child, Parents(mother))).Require().Revision);
    }

    [Fact]
    public async Task A_revision_that_no_longer_stands_is_refused()
    {
        var (child, mother) = (await BornAsync(2010), await BornAsync(1980));
        await SetAsync(child, Parents(mother) with { ExpectedRevision = 0 });

        var problem = (await SetAsync(child, Parents() with { ExpectedRevision = 0 })).Problem;
        var removal = await Relationships.RemoveParentsAsync(child, Seen(7), PortCallers.Registrar, Cancellation);

        Assert.Equal(("relationships.changed_since", 1), (problem?.Code, problem?.CurrentVersion));
        Assert.Equal(ProblemKind.PreconditionFailed, removal.Problem?.Kind);
        Assert.Equal(mother, (await ParentsAsync(child)).Parent1Id);
    }

    [Fact]
    public async Task Nobody_is_her_own_parent_or_guardian_and_two_parents_are_two()
    {
        var (child, mother) = (await BornAsync(2010), await BornAsync(1980));
        var own = new ParentsChange { Guardian = PersonReference.Of(child) };

        await RefusedAsync(child, Parents(child), "relationships.self", "Parent1Id");
        await RefusedAsync(child, Parents(mother, child), "relationships.self", "Parent2Id");
        await RefusedAsync(child, own, "relationships.self", "GaurdianId");
        await RefusedAsync(child, Parents(mother, mother), "relationships.same_parent_twice", "Parent2Id");
    }

    [Fact]
    public async Task Nobody_is_her_own_ancestor_however_long_the_way()
    {
        var line = new List<RegistrantId>();
        for (var i = 0; i < 14; i++)
        {
            line.Add(await UnbornAsync());
        }

        for (var i = 1; i < line.Count; i++)
        {
            (await SetAsync(line[i], i % 2 == 0 ? Parents(line[i - 1]) : Parents(null, line[i - 1]))).Require();
        }

        await RefusedAsync(line[0], Parents(line[^1]), "relationships.cycle", "Parent1Id");
        await RefusedAsync(line[0], Parents(null, line[1]), "relationships.cycle", "Parent2Id");
        (await SetAsync(line[^1], Parents(line[0], line[^2]))).Require();
    }

    [Theory]
    [InlineData("1980-06-15", "1992-06-14", false)]
    [InlineData("1980-06-15", "1992-06-15", true)]
    [InlineData("1930-06-15", "2001-06-14", true)]
    [InlineData("1930-06-15", "2001-06-15", false)]
    [InlineData("2000-01-01", "1980-01-01", false)]
    public async Task A_parent_is_12_to_70_years_older(string parentBorn, string childBorn, bool taken)
    {
        var (child, parent) = (await BornAsync(childBorn), await BornAsync(parentBorn));

        var problem = (await SetAsync(child, Parents(null, parent))).Problem;

        Assert.Equal(taken ? null : "relationships.parent_age", problem?.Code);
        Assert.Equal(taken ? null : "Parent2Id", problem?.Fields.Single().Field);
        Assert.Equal(taken ? parent : null, (await ParentsAsync(child)).Parent2Id);
    }

    [Fact]
    public async Task Birth_dates_that_are_not_known_pass_and_a_guardian_has_no_age()
    {
        var (child, young) = (await BornAsync(1990), await BornAsync(1991));

        (await SetAsync(child, Parents(await UnbornAsync()))).Require();
        (await SetAsync(await UnbornAsync(), Parents(child))).Require();
        (await SetAsync(child, new ParentsChange { Guardian = PersonReference.Of(young) })).Require();
    }

    [Fact]
    public async Task Only_individuals_that_stand_are_named()
    {
        var child = await BornAsync(2010);
        var group = (await Registrants.StoreAsync(Persons.Household())).Id;
        var gone = await BornAsync(1980);
        await ArchiveAsync(gone);
        var nobody = RegistrantId.New(TimeProvider.System);
        var both = new PersonReference { Id = gone, Identifier = Persons.NewUin() };
        var unknownType = PersonReference.Of(new Identifier("NO_SUCH", "1"));

        await RefusedAsync(child, Parents(group), "relationships.not_an_individual", "Parent1Id");
        await RefusedAsync(child, Parents(gone), "relationships.person_unknown", "Parent1Id");
        await RefusedAsync(child, Parents(nobody), "relationships.person_unknown", "Parent1Id");
        await RefusedAsync(
            child,
            new ParentsChange { Parent2 = PersonReference.Of(Persons.NewUin()) },
            "relationships.person_unknown",
            "Parent2Id"
        );
        await RefusedAsync(
            child,
            new ParentsChange { Guardian = both },
            "relationships.reference_invalid",
            "GaurdianId"
        );
        await RefusedAsync(
            child,
            new ParentsChange { Guardian = unknownType },
            "relationships.reference_invalid",
            "GaurdianId"
        );
        await RefusedAsync(
            child,
            new ParentsChange { Guardian = new PersonReference() },
            "relationships.reference_invalid",
            "GaurdianId"
        );
        Assert.Equal(ProblemKind.NotFound, (await SetAsync(nobody, Parents(child))).Problem?.Kind);
        Assert.Equal(ProblemKind.NotFound, (await SetAsync(gone, Parents())).Problem?.Kind);
        Assert.Equal("relationships.not_an_individual", (await SetAsync(group, Parents(child))).Problem?.Code);
    }

    [Fact]
    public async Task Days_and_reasons_have_bounds()
    {
        var child = await BornAsync(2010);

        await RefusedAsync(
            child,
            new ParentsChange { Since = new DateOnly(1500, 1, 1), IsAdopted = true },
            "relationships.date_out_of_range",
            "Since"
        );
        await RefusedAsync(
            child,
            new ParentsChange { Reason = new string('x', 501) },
            "relationships.reason_too_long",
            "Reason"
        );
    }

    [Fact]
    public async Task An_archived_parent_is_not_shown()
    {
        var (child, mother, father) = (await BornAsync(2010), await BornAsync(1980), await BornAsync(1980));
        await SetAsync(child, Parents(mother, father));

        await ArchiveAsync(mother);

        var shown = await ParentsAsync(child);
        Assert.Equal((null, father), (shown.Parent1Id, shown.Parent2Id));
    }

    [Fact]
    public async Task Of_two_writers_that_would_close_a_circle_together_one_is_refused()
    {
        for (var round = 0; round < 5; round++)
        {
            // B descends from C and D from A: A below B and C below D together make a circle.
            var (a, b, c, d) = (await UnbornAsync(), await UnbornAsync(), await UnbornAsync(), await UnbornAsync());
            (await SetAsync(b, Parents(c))).Require();
            (await SetAsync(d, Parents(a))).Require();

            var outcomes = await Task.WhenAll(
                Task.Run(() => SetAsync(a, Parents(b))),
                Task.Run(() => SetAsync(c, Parents(null, d)))
            );

            Assert.Single(outcomes, o => o.Succeeded);
            Assert.Equal("relationships.cycle", outcomes.Single(o => !o.Succeeded).Problem!.Code);
        }
    }

    [Fact]
    public async Task Of_many_writers_in_a_ring_at_least_one_is_refused_and_no_circle_is_left()
    {
        const int size = 6;
        var ring = new List<RegistrantId>();
        for (var i = 0; i < size; i++)
        {
            ring.Add(await UnbornAsync());
        }

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, size).Select(i => Task.Run(() => SetAsync(ring[i], Parents(ring[(i + 1) % size]))))
        );

        Assert.Single(outcomes, o => !o.Succeeded);
        Assert.Equal("relationships.cycle", outcomes.Single(o => !o.Succeeded).Problem!.Code);
    }

    [Fact]
    public async Task Many_children_of_one_mother_at_once_are_all_kept()
    {
        var mother = await BornAsync(1980);
        var children = new List<RegistrantId>();
        for (var i = 0; i < 8; i++)
        {
            children.Add(await BornAsync(2005));
        }

        var outcomes = await Task.WhenAll(children.Select(c => Task.Run(() => SetAsync(c, Parents(mother)))));

        Assert.All(outcomes, o => Assert.True(o.Succeeded, o.Problem?.Code));
        var found = await RelativesAsync(mother, RelativeKinds.Child);
        Assert.Equal(children.Select(c => c.Value).Order(), found.Select(f => f.Id.Value).Order());
    }

    [Fact]
    public async Task Each_call_needs_its_permission_and_the_word_in_the_scope()
    {
        var (child, mother) = (await BornAsync(2010), await BornAsync(1980));
        await SetAsync(child, Parents(mother));
        var reader = PortCallers.Staff("reader", Permissions.ReadRegistrants);
        var narrow = PortCallers.Registrar with { Fields = FieldScope.Of(["given_name"]) };
        var without = PortCallers.Partner("p", ["given_name"], ["UIN"]);
        var partner = PortCallers.Partner("p", ["related_person"], ["UIN"]);

        Assert.Equal(ProblemKind.Forbidden, (await SetAsync(child, Parents(), reader)).Problem?.Kind);
        Assert.Equal("relationships.not_in_scope", (await SetAsync(child, Parents(), narrow)).Problem?.Code);
        Assert.Equal("relationships.not_in_scope", (await GetAsync(child, without)).Problem?.Code);
        Assert.Equal(mother, (await GetAsync(child, partner)).Require().Parent1Id);
        Assert.Equal(ProblemKind.Forbidden, (await GetAsync(child, partner with { Purpose = null })).Problem?.Kind);
        Assert.Equal(
            ProblemKind.Forbidden,
            (await Relationships.ExportParentsAsync(new PageRequest(), reader, Cancellation)).Problem?.Kind
        );
        Assert.Equal(
            ProblemKind.Forbidden,
            (await Relationships.ImportParentsAsync([], false, reader, Cancellation)).Problem?.Kind
        );
    }

    [Fact]
    public async Task Who_may_not_filter_by_an_identifier_finds_nobody_by_it()
    {
        var uin = Persons.NewUin();
        await Registrants.StoreAsync(Persons.Amira(uin));
        var child = await BornAsync(2010);
        var blind = PortCallers.Registrar with { Filters = FieldScope.None };

        var problem = (await SetAsync(child, new ParentsChange { Parent1 = PersonReference.Of(uin) }, blind)).Problem;

        Assert.Equal("relationships.person_unknown", problem?.Code);
    }

    [Fact]
    public async Task A_person_sees_her_own_relationships_only_and_changes_none()
    {
        var (child, mother) = (await BornAsync(2010), await BornAsync(1980));
        await SetAsync(child, Parents(mother));
        var herself = PortCallers.Person(child) with { Permissions = Permissions.All };

        Assert.Equal(mother, (await GetAsync(child, herself)).Require().Parent1Id);
        Assert.Equal(ProblemKind.NotFound, (await GetAsync(mother, herself)).Problem?.Kind);
        Assert.Equal(ProblemKind.Forbidden, (await SetAsync(child, Parents(), herself)).Problem?.Kind);
        var others = await Relationships.FindAsync([child, mother], herself, Cancellation);
        Assert.Equal([true, false], others.Require().Select(o => o is not null));
    }

    [Fact]
    public async Task Everybody_named_is_a_disclosure()
    {
        var (child, mother, grandmother) = (await BornAsync(2010), await BornAsync(1985), await BornAsync(1960));
        await SetAsync(child, Parents(mother));
        await SetAsync(mother, Parents(grandmother));
        var partner = PortCallers.Partner("kin-" + child, ["relationships"], []);

        await Relationships.FindRelativesAsync(
            child,
            new RelativesQuery { Kinds = [RelativeKinds.Grandparent] },
            partner,
            Cancellation
        );

        foreach (var id in new[] { child, mother, grandmother })
        {
            var page = await Ports.Versions.DisclosuresAsync(
                id,
                new PageRequest(),
                PortCallers.Registrar,
                Cancellation
            );
            var shown = Assert.Single(page.Require().Items, d => d.ShownTo == partner.Id);
            Assert.Equal(["relationships"], shown.Fields);
            Assert.Equal("cash-transfer", shown.Purpose);
        }
    }

    private Task<Outcome<ParentsView>> SetAsync(RegistrantId child, ParentsChange change, Caller? caller = null) =>
        Relationships.SetParentsAsync(child, change, caller ?? PortCallers.Registrar, Cancellation);

    private Task<Outcome<ParentsView>> GetAsync(RegistrantId child, Caller caller) =>
        Relationships.GetParentsAsync(child, caller, Cancellation);

    private async Task<ParentsView> ParentsAsync(RegistrantId child) =>
        (await GetAsync(child, PortCallers.Registrar)).Require();

    private async Task RefusedAsync(RegistrantId child, ParentsChange change, string code, string field)
    {
        var before = await ParentsAsync(child);
        var problem = (await SetAsync(child, change)).Problem;
        Assert.Equal((code, field), (problem?.Code, problem?.Fields.Single().Field));
        Assert.Equal(before, await ParentsAsync(child));
    }

    private async Task<IReadOnlyList<RelativeView>> RelativesAsync(RegistrantId person, params string[] kinds) =>
        (
            await Relationships.FindRelativesAsync(
                person,
                new RelativesQuery { Kinds = kinds },
                PortCallers.Registrar,
                Cancellation
            )
        )
            .Require()
            .Items;

    private static WriteConditions Seen(long revision) => new() { ExpectedVersion = revision };

    private static ParentsChange Parents(RegistrantId? first = null, RegistrantId? second = null) =>
        new()
        {
            Parent1 = first is { } one ? PersonReference.Of(one) : null,
            Parent2 = second is { } two ? PersonReference.Of(two) : null,
        };

    private Task<RegistrantId> BornAsync(int year) => BornAsync($"{year}-06-15");

    private async Task<RegistrantId> BornAsync(string day) =>
        (await Registrants.StoreAsync(Individual($$"""{"given_name":"Ada","birth_date":"{{day}}"}"""))).Id;

    /// <summary>Somebody whose birth date is not known.</summary>
    private async Task<RegistrantId> UnbornAsync() =>
        (await Registrants.StoreAsync(Individual("""{"given_name":"Ada"}"""))).Id;

    private static NewRegistrant Individual(string values) =>
        new()
        {
            Kind = RegistrantKinds.Individual,
            Values = Persons.Values(values),
            Identifiers = [Persons.NewUin()],
        };

    private async Task ArchiveAsync(RegistrantId id) =>
        (await Registrants.ArchiveAsync(id, 1, "entered_in_error", PortCallers.Registrar, Cancellation)).Require();
}
