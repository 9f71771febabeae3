using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

public abstract partial class AreasPortTests
{
    [Fact]
    public async Task Parents_may_stand_behind_their_children_and_the_same_rows_again_change_nothing()
    {
        var n = Persons.Next();
        AreaRow[] rows =
        [
            Row("V" + n, "D" + n),
            Row("D" + n, "C" + n) with
            {
                Point = new AreaPoint(1, 2),
            },
            Row("C" + n, null) with
            {
                Level = 1,
                ValidFrom = new DateOnly(1990, 1, 1),
            },
        ];

        var first = await ImportAsync(rows);
        var again = await ImportAsync(rows);

        Assert.All(first, o => Assert.Equal(ImportAction.Created, o.Require().Action));
        Assert.Equal(rows.Select(r => r.Code), first.Select(o => o.Require().Code));
        Assert.All(again, o => Assert.Equal((ImportAction.Unchanged, 1L), (o.Require().Action, o.Require().Version)));
        var village = await GetAsync("V" + n);
        Assert.Equal(3, village.Level);
        Assert.Equal(["C" + n, "D" + n], village.Ancestors.Select(a => a.Code));
    }

    [Fact]
    public async Task A_row_changes_what_it_names_and_moves_where_it_says()
    {
        var tree = await TreeAsync();
        var elsewhere = "E" + Persons.Next();

        var outcomes = await ImportAsync([
            new AreaRow
            {
                Code = tree.District,
                Parent = elsewhere,
                Names = new Dictionary<string, string> { ["deu"] = "Kreis" },
            },
            Row(elsewhere, null) with
            {
                Level = 1,
            },
            new AreaRow { Code = tree.Village, ValidTo = new DateOnly(2026, 1, 1) },
        ]);

        Assert.Equal(
            [ImportAction.Updated, ImportAction.Created, ImportAction.Updated],
            outcomes.Select(o => o.Require().Action)
        );
        var village = await GetAsync(tree.Village);
        Assert.Equal([elsewhere, tree.District], village.Ancestors.Select(a => a.Code));
        Assert.Equal("Vessbourg", village.Names["fra"]);
        Assert.Equal(new DateOnly(2026, 1, 1), village.ValidTo);
        Assert.Equal(["deu", "eng"], (await GetAsync(tree.District)).Names.Keys.Order());
    }

    [Fact]
    public async Task A_bad_row_is_refused_by_itself()
    {
        var n = Persons.Next();

        var outcomes = await ImportAsync([
            Row("A" + n, "B" + n),
            Row("B" + n, "A" + n),
            Row("UNDER" + n, "A" + n),
            Row("SELF" + n, "SELF" + n),
            Row("LOST" + n, "no-such"),
            Row("GOOD" + n, null),
            Row("good" + n, null),
            Row("bad code", null),
            new AreaRow { Code = "NAMELESS" + n },
            Row("CHILD" + n, "GOOD" + n) with
            {
                Level = 1,
            },
        ]);

        Assert.Equal(
            [
                "areas.cycle",
                "areas.cycle",
                "areas.invalid",
                "areas.cycle",
                "areas.invalid",
                null,
                "areas.duplicate_row",
                "areas.invalid",
                "areas.invalid",
                "areas.invalid",
            ],
            outcomes.Select(o => o.Problem?.Code)
        );
        Assert.Equal(["parent"], outcomes[4].Problem!.Fields.Select(f => f.Field));
        Assert.Equal(["names.eng"], outcomes[8].Problem!.Fields.Select(f => f.Field));
        Assert.Equal(["level"], outcomes[9].Problem!.Fields.Select(f => f.Field));
        Assert.True((await Areas.GetAsync("GOOD" + n, Reader, Cancellation)).Succeeded);
        Assert.False((await Areas.GetAsync("UNDER" + n, Reader, Cancellation)).Succeeded);
    }

    [Fact]
    public async Task A_row_that_would_close_a_circle_in_the_tree_is_refused()
    {
        var tree = await TreeAsync();

        var outcomes = await ImportAsync([new AreaRow { Code = tree.Country, Parent = tree.Village }]);

        Assert.Equal("areas.cycle", outcomes[0].Problem?.Code);
    }

    [Fact]
    public async Task A_dry_run_tells_the_same_and_stores_nothing()
    {
        var n = Persons.Next();
        AreaRow[] rows = [Row("V" + n, "D" + n), Row("D" + n, null), Row("X" + n, "no-such")];

        var dry = await ImportAsync(rows, dryRun: true);
        var none = await Areas.GetAsync("D" + n, Reader, Cancellation);
        var real = await ImportAsync(rows);

        Assert.Equal("areas.not_found", none.Problem?.Code);
        Assert.Equal(
            real.Select(o => o.Problem?.Code ?? o.Value!.Action.ToString()),
            dry.Select(o => o.Problem?.Code ?? o.Value!.Action.ToString())
        );
    }

    [Fact]
    public async Task An_import_needs_the_permission_and_has_its_size()
    {
        var refused = await Areas.ImportAsync([], false, Reader, Cancellation);
        var large = await Areas.ImportAsync(
            [.. Enumerable.Range(0, AreaLimits.MaxRows + 1).Select(i => new AreaRow { Code = "L" + i })],
            false,
            Keeper,
            Cancellation
        );

        Assert.Equal(ProblemKind.Forbidden, refused.Problem?.Kind);
        Assert.Equal("areas.too_many_rows", large.Problem?.Code);
    }

    [Fact]
    public async Task A_person_lives_in_an_area_that_there_is_and_that_holds()
    {
        var tree = await TreeAsync();
        var yesterday = DateOnly.FromDateTime(Ports.Clock.GetUtcNow().UtcDateTime).AddDays(-1);
        await Areas.CloseAsync(
            tree.District,
            new AreaClosing { ExpectedVersion = 1, ValidTo = yesterday },
            Keeper,
            Cancellation
        );

        var unknown = await PersonAsync("no-such");
        var otherCase = await PersonAsync(tree.Country.ToLowerInvariant());
        var closed = await PersonAsync(tree.Village);
        var before = await PersonAsync(tree.Village, yesterday);
        var good = await PersonAsync(tree.Country);

        Assert.Equal("unknown", unknown.Problem?.Fields.Single(f => f.Field == "area").Code);
        Assert.Equal("unknown", otherCase.Problem?.Fields.Single(f => f.Field == "area").Code);
        Assert.Equal("closed", closed.Problem?.Fields.Single(f => f.Field == "area").Code);
        Assert.True(before.Succeeded);
        Assert.True(good.Succeeded);

        // What stands already is not asked again.
        var edited = await Registrants.UpdateAsync(
            before.Value!.Id,
            new RegistrantPatch
            {
                ExpectedVersion = 1,
                Values = Persons.Values($$"""{"area":"{{tree.Village}}","surname":"Okiru"}"""),
            },
            PortCallers.Registrar,
            Cancellation
        );
        var moved = await Registrants.UpdateAsync(
            good.Value!.Id,
            new RegistrantPatch { ExpectedVersion = 1, Values = Persons.Values($$"""{"area":"{{tree.Village}}"}""") },
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal("Okiru", edited.Require().Text("surname"));
        Assert.Equal("closed", moved.Problem?.Fields.Single(f => f.Field == "area").Code);
        var imported = await Registrants.ImportAsync(
            [
                new ImportRow
                {
                    Kind = RegistrantKinds.Individual,
                    Values = Persons.Values("""{"given_name":"Iva","area":"no-such"}"""),
                    Identifiers = [Persons.NewUin()],
                },
            ],
            false,
            PortCallers.Registrar,
            Cancellation
        );
        Assert.Equal("area", imported.Require()[0].Problem?.Fields[0].Field);
    }

    [Fact]
    public async Task Once_a_level_is_named_areas_take_named_levels_only()
    {
        // The suites of a class share a database: all levels that others use are named too.
        foreach (var number in Enumerable.Range(1, 3))
        {
            var named = await Areas.SetLevelAsync(
                new AreaLevelView(number, new Dictionary<string, string> { ["eng"] = "Level " + number }),
                Keeper,
                Cancellation
            );
            Assert.True(named.Succeeded);
        }

        var levels = (await Areas.ListLevelsAsync(Reader, Cancellation)).Require();
        var refused = await Areas.CreateAsync(Area("Z" + Persons.Next(), 4), Keeper, Cancellation);
        var bad = await Areas.SetLevelAsync(
            new AreaLevelView(13, new Dictionary<string, string> { ["eng"] = "Too deep" }),
            Keeper,
            Cancellation
        );

        Assert.Equal([1, 2, 3], levels.Select(l => l.Number));
        Assert.Equal("Level 2", levels[1].Names["eng"]);
        Assert.Equal("level", refused.Problem?.Fields[0].Field);
        Assert.Equal("number", bad.Problem?.Fields[0].Field);
    }

    private Task<Outcome<RegistrantView>> PersonAsync(string area, DateOnly? effectiveOn = null) =>
        Registrants.CreateAsync(
            new NewRegistrant
            {
                Kind = RegistrantKinds.Individual,
                Values = Persons.Values($$"""{"given_name":"Iva","area":"{{area}}"}"""),
                EffectiveOn = effectiveOn,
            },
            PortCallers.Registrar,
            Cancellation
        );

    private static AreaRow Row(string code, string? parent) =>
        new()
        {
            Code = code,
            Parent = parent,
            Names = new Dictionary<string, string> { ["eng"] = "Area " + code },
        };

    private async Task<IReadOnlyList<Outcome<ImportedArea>>> ImportAsync(
        IReadOnlyList<AreaRow> rows,
        bool dryRun = false
    ) => (await Areas.ImportAsync(rows, dryRun, Keeper, Cancellation)).Require();
}
