using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>Import and export of the two tables.</summary>
public abstract partial class RelationshipsPortTests
{
    [Fact]
    public async Task Rows_of_parents_come_in_once_and_leave_alone_what_they_do_not_name()
    {
        var uin = Persons.NewUin();
        var mother = (
            await Registrants.StoreAsync(Individual("""{"birth_date":"1980-01-01"}""") with { Identifiers = [uin] })
        ).Id;
        var (child, father) = (await BornAsync(2010), await BornAsync(1979));
        ParentsRow[] rows =
        [
            new() { Child = Of(child), Parent1 = PersonReference.Of(uin) },
            new()
            {
                Child = Of(child),
                Parent2 = Of(father),
                IsAdopted = true,
            },
        ];

        var first = await ImportAsync(rows);
        var again = await ImportAsync(rows);

        Assert.Equal(
            [(ImportAction.Created, 1), (ImportAction.Updated, 2)],
            first.Select(o => (o.Require().Action, o.Require().Revision))
        );
        Assert.All(again, o => Assert.Equal((ImportAction.Unchanged, 2), (o.Require().Action, o.Require().Revision)));
        var stored = await ParentsAsync(child);
        Assert.Equal((mother, father, true), (stored.Parent1Id, stored.Parent2Id, stored.IsAdopted));
    }

    [Fact]
    public async Task A_bad_row_never_stops_the_others_and_a_circle_within_the_rows_is_seen()
    {
        var (a, b, c) = (await UnbornAsync(), await UnbornAsync(), await UnbornAsync());
        var nobody = RegistrantId.New(TimeProvider.System);
        ParentsRow[] rows =
        [
            new() { Child = Of(a), Parent1 = Of(b) },
            new() { Child = Of(b), Parent1 = Of(c) },
            new() { Child = Of(c), Parent2 = Of(a) },
            new() { Child = Of(nobody), Parent1 = Of(a) },
            new() { Child = Of(c), Guardian = Of(a) },
        ];

        var outcomes = await ImportAsync(rows);

        Assert.Equal(
            [null, null, "relationships.cycle", "relationships.person_unknown", null],
            outcomes.Select(o => o.Problem?.Code)
        );
        Assert.Equal("PersonId", outcomes[3].Problem!.Fields.Single().Field);
        Assert.Equal((null, a), ((await ParentsAsync(c)).Parent2Id, (await ParentsAsync(c)).GuardianId));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_and_stores_nothing()
    {
        var (a, b) = await PairAsync();
        var child = await BornAsync(2010);

        var parents = await Relationships.ImportParentsAsync(
            [new ParentsRow { Child = Of(child), Parent1 = Of(a) }],
            dryRun: true,
            PortCallers.Registrar,
            Cancellation
        );
        var spouses = await Relationships.ImportSpousesAsync(
            [new SpouseRow { Person1 = Of(a), Person2 = Of(b) }],
            dryRun: true,
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal(ImportAction.Created, parents.Require()[0].Require().Action);
        Assert.Equal(ImportAction.Created, spouses.Require()[0].Require().Action);
        Assert.Null((await ParentsAsync(child)).Parent1Id);
        Assert.Empty(await SpousesAsync(a));
    }

    [Fact]
    public async Task Rows_of_spouses_come_in_once()
    {
        var (a, b) = await PairAsync();
        SpouseRow[] rows =
        [
            new()
            {
                Person1 = Of(a),
                Person2 = Of(b),
                IsMarried = true,
                MarriedOn = Wedding,
            },
            new()
            {
                Person1 = Of(b),
                Person2 = Of(a),
                IsSeparated = true,
                SeparatedOn = Parting,
            },
            new() { Person1 = Of(a), Person2 = Of(a) },
        ];

        var first = await ImportSpousesAsync(rows);
        var again = await ImportSpousesAsync(rows);

        Assert.Equal([ImportAction.Created, ImportAction.Updated], first.Take(2).Select(o => o.Require().Action));
        Assert.Equal("relationships.self", first[2].Problem?.Code);
        Assert.All(again.Take(2), o => Assert.Equal(ImportAction.Unchanged, o.Require().Action));
        var stored = Assert.Single(await SpousesAsync(a));
        Assert.Equal((a, Wedding, Parting), (stored.Person1Id, stored.MarriedOn, stored.SeparatedOn));
    }

    [Fact]
    public async Task A_thousand_rows_go_in_one_call_and_no_more()
    {
        var people = new List<RegistrantId>();
        for (var i = 0; i < 3; i++)
        {
            people.Add(await UnbornAsync());
        }

        var row = new ParentsRow { Child = Of(people[0]), Parent1 = Of(people[1]) };
        var many = await ImportAsync([.. Enumerable.Repeat(row, 1_000)]);
        var refused = await Relationships.ImportParentsAsync(
            [.. Enumerable.Repeat(row, 1_001)],
            false,
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal(999, many.Count(o => o.Require().Action == ImportAction.Unchanged));
        Assert.Equal("relationships.too_many", refused.Problem?.Code);
    }

    [Fact]
    public async Task The_tables_are_exported_page_by_page_to_their_end()
    {
        var (mother, father) = await PairAsync();
        var children = new HashSet<RegistrantId>();
        for (var i = 0; i < 5; i++)
        {
            var child = await BornAsync(2010);
            (await SetAsync(child, Parents(mother, father))).Require();
            children.Add(child);
        }

        var couple = (await MarryAsync(mother, father)).Require();
        (await MarryAsync(mother, father, Wedding, Parting)).Require();
        var again = (await MarryAsync(mother, father, Parting)).Require();

        var parents = await AllAsync((page, caller) => Relationships.ExportParentsAsync(page, caller, Cancellation));
        var spouses = await AllAsync((page, caller) => Relationships.ExportSpousesAsync(page, caller, Cancellation));

        Assert.Equal(parents.Count, parents.DistinctBy(p => p.ChildId).Count());
        Assert.True(children.IsSubsetOf(parents.Select(p => p.ChildId)));
        Assert.Equal(spouses.Count, spouses.DistinctBy(s => s.Id).Count());
        Assert.Subset(spouses.Select(s => s.Id).ToHashSet(), new HashSet<Guid> { couple.Id, again.Id });
        var bad = await Relationships.ExportParentsAsync(new PageRequest(2, "x"), PortCallers.Registrar, Cancellation);
        Assert.Equal("paging.invalid", bad.Problem?.Code);
        var big = await Relationships.ExportSpousesAsync(new PageRequest(501), PortCallers.Registrar, Cancellation);
        Assert.Equal("paging.invalid", big.Problem?.Code);
    }

    [Theory]
    [InlineData("areas")]
    [InlineData("population")]
    public async Task Who_is_held_to_some_rows_exports_nobody_else(string scope)
    {
        var (area, elsewhere) = ("A-" + Guid.NewGuid().ToString("N")[..20], "B-" + Guid.NewGuid().ToString("N")[..20]);
        async Task<RegistrantId> LivingAsync(string place, int year) =>
            (await Registrants.StoreAsync(Individual($$"""{"birth_date":"{{year}}-06-15","area":"{{place}}"}"""))).Id;
        var (mother, aunt, child) = (
            await LivingAsync(area, 1980),
            await LivingAsync(area, 1985),
            await LivingAsync(area, 2010)
        );
        var (father, guardian, stranger) = (
            await LivingAsync(elsewhere, 1978),
            await LivingAsync(elsewhere, 1975),
            await LivingAsync(elsewhere, 2011)
        );
        (await SetAsync(child, Parents(mother, father) with { Guardian = Of(guardian) })).Require();
        (await SetAsync(stranger, Parents(mother))).Require();
        (await MarryAsync(mother, father, Wedding, Parting)).Require();
        var inside = (await MarryAsync(mother, aunt, Parting)).Require();
        var caller = PortCallers.Registrar with
        {
            Id = "held-" + area,
            Rows =
                scope == "areas"
                    ? new RowScope { Areas = new HashSet<string> { area } }
                    : new RowScope { Population = new AreaQuery(area) },
        };

        var parents = await AllAsync((page, who) => Relationships.ExportParentsAsync(page, who, Cancellation), caller);
        var spouses = await AllAsync((page, who) => Relationships.ExportSpousesAsync(page, who, Cancellation), caller);

        var row = Assert.Single(parents);
        Assert.Equal((child, mother, null, null), (row.ChildId, row.Parent1Id, row.Parent2Id, row.GuardianId));
        Assert.Equal(inside.Id, Assert.Single(spouses).Id);
        foreach (var (id, expected) in new[] { (mother, 2), (father, 0), (guardian, 0), (stranger, 0) })
        {
            var shown = await Ports.Versions.DisclosuresAsync(
                id,
                new PageRequest(),
                PortCallers.Registrar,
                Cancellation
            );
            Assert.Equal(expected, shown.Require().Items.Count(d => d.ShownTo == caller.Id));
        }
    }

    private static async Task<List<T>> AllAsync<T>(
        Func<PageRequest, Caller, Task<Outcome<Page<T>>>> read,
        Caller? caller = null
    )
    {
        var all = new List<T>();
        string? after = null;
        do
        {
            var page = (await read(new PageRequest(2, after), caller ?? PortCallers.Registrar)).Require();
            Assert.True(page.Items.Count <= 2);
            all.AddRange(page.Items);
            after = page.Next;
        } while (after is not null);
        return all;
    }

    private async Task<IReadOnlyList<Outcome<ImportedRelationship>>> ImportAsync(ParentsRow[] rows) =>
        (await Relationships.ImportParentsAsync(rows, false, PortCallers.Registrar, Cancellation)).Require();

    private async Task<IReadOnlyList<Outcome<ImportedRelationship>>> ImportSpousesAsync(SpouseRow[] rows) =>
        (await Relationships.ImportSpousesAsync(rows, false, PortCallers.Registrar, Cancellation)).Require();
}
