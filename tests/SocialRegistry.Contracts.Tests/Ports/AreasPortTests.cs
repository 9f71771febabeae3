using System.Text.Json;
using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

/// <summary>The tree of areas. Every test builds a tree of its own; the class shares a database.</summary>
public abstract partial class AreasPortTests : PortTests
{
    private const string Square = """{"type":"Polygon","coordinates":[[[10,50],[11,50],[11,51],[10,51],[10,50]]]}""";

    private IAreas Areas => Ports.Areas;

    private static Caller Keeper { get; } = PortCallers.Staff("keeper", Permissions.WriteAreas);

    private static Caller Reader { get; } = PortCallers.Staff("reader");

    [Fact]
    public async Task An_area_is_read_back_with_those_above_it()
    {
        var tree = await TreeAsync();

        var village = await GetAsync(tree.Village);

        Assert.Equal(3, village.Level);
        Assert.Equal(tree.District, village.Parent);
        Assert.Equal("Vessby", village.Names["eng"]);
        Assert.Equal("Vessbourg", village.Names["fra"]);
        Assert.Equal(new AreaPoint(50.5, 10.25), village.Point);
        Assert.Equal(1, village.Version);
        Assert.Equal([tree.Country, tree.District], village.Ancestors.Select(a => a.Code));
        Assert.Equal([1, 2], village.Ancestors.Select(a => a.Level));
        Assert.False(village.HasChildren);
        Assert.True((await GetAsync(tree.District)).HasChildren);
    }

    [Fact]
    public async Task Whoever_is_signed_in_reads_and_only_the_permitted_write()
    {
        var tree = await TreeAsync();
        var partner = PortCallers.Partner("programme", [], []);

        Assert.True((await Areas.GetAsync(tree.Village, partner, Cancellation)).Succeeded);
        var refused = await Areas.CreateAsync(Area("X" + Persons.Next(), 1), Reader, Cancellation);
        var closed = await Areas.CloseAsync(
            tree.Village,
            new AreaClosing { ExpectedVersion = 1 },
            Reader,
            Cancellation
        );
        var history = await Areas.ListHistoryAsync(tree.Village, new PageRequest(), Reader, Cancellation);

        Assert.Equal(
            [ProblemKind.Forbidden, ProblemKind.Forbidden, ProblemKind.Forbidden],
            [refused.Problem!.Kind, closed.Problem!.Kind, history.Problem!.Kind]
        );
    }

    [Fact]
    public async Task Areas_are_listed_by_parent_level_text_subtree_and_code()
    {
        var tree = await TreeAsync();

        Assert.Equal([tree.District], await CodesAsync(new AreaSelection { Parent = tree.Country }));
        Assert.Equal([tree.Other, tree.Village], await CodesAsync(new AreaSelection { Parent = tree.District }));
        Assert.Equal(
            [tree.Country, tree.District, tree.Other, tree.Village],
            await CodesAsync(new AreaSelection { Within = tree.Country })
        );
        Assert.Equal([tree.District], await CodesAsync(new AreaSelection { Within = tree.Country, Level = 2 }));
        Assert.Equal([tree.Village], await CodesAsync(new AreaSelection { Within = tree.Country, Text = "VESSBOUR" }));
        Assert.Equal([tree.Other], await CodesAsync(new AreaSelection { Text = tree.Other.ToLowerInvariant() }));
        Assert.Equal([tree.Village], await CodesAsync(new AreaSelection { Codes = [tree.Village, "no-such"] }));
        Assert.Contains(tree.Country, await CodesAsync(new AreaSelection { Top = true, Codes = [tree.Country] }));
        Assert.Empty(await CodesAsync(new AreaSelection { Within = tree.Country, Text = "100%_" }));
    }

    [Fact]
    public async Task A_list_is_paged_to_its_end()
    {
        var tree = await TreeAsync();
        var codes = new List<string>();
        string? after = null;
        do
        {
            var page = await Areas.ListAsync(
                new AreaSelection { Within = tree.Country },
                new PageRequest(1, after),
                Reader,
                Cancellation
            );
            codes.AddRange(page.Require().Items.Select(a => a.Code));
            after = page.Require().Next;
        } while (after is not null);

        Assert.Equal([tree.Country, tree.District, tree.Other, tree.Village], codes);
    }

    [Fact]
    public async Task Questions_that_make_no_sense_are_refused()
    {
        AreaSelection[] queries =
        [
            new() { Parent = "no-such" },
            new() { Within = "no-such" },
            new() { Level = 13 },
            new() { Text = " " },
            new() { Text = new string('x', 101) },
            new() { Parent = "X", Top = true },
            new() { Codes = [.. Enumerable.Range(0, 101).Select(i => "C" + i)] },
        ];
        foreach (var query in queries)
        {
            var refused = await Areas.ListAsync(query, new PageRequest(), Reader, Cancellation);

            Assert.Equal("areas.invalid", refused.Problem?.Code);
        }

        foreach (var page in (PageRequest[])[new(0), new(501), new(10, "not a code")])
        {
            var refused = await Areas.ListAsync(new AreaSelection(), page, Reader, Cancellation);

            Assert.Equal("paging.invalid", refused.Problem?.Code);
        }

        var none = await Areas.GetAsync("no-such", Reader, Cancellation);
        Assert.Equal("areas.not_found", none.Problem?.Code);
    }

    [Theory]
    [InlineData("", 1, "Name", "code")]
    [InlineData("-x", 1, "Name", "code")]
    [InlineData("a b", 1, "Name", "code")]
    [InlineData("a/b", 1, "Name", "code")]
    [InlineData("12345678901234567890123456789012345678901", 1, "Name", "code")]
    [InlineData("GOOD", 0, "Name", "level")]
    [InlineData("GOOD", 13, "Name", "level")]
    [InlineData("GOOD", 1, " ", "names.eng")]
    [InlineData("GOOD", 1, "a\u0007b", "names.eng")]
    public async Task A_faulty_area_is_refused_with_the_field_named(string code, int level, string name, string field)
    {
        var refused = await Areas.CreateAsync(
            new NewArea
            {
                Code = code,
                Level = level,
                Names = new Dictionary<string, string> { ["eng"] = name },
            },
            Keeper,
            Cancellation
        );

        Assert.Equal("areas.invalid", refused.Problem?.Code);
        Assert.Contains(refused.Problem!.Fields, f => f.Field == field);
    }

    [Fact]
    public async Task Other_faults_of_an_area_are_refused_too()
    {
        var code = "F" + Persons.Next();
        (NewArea Area, string Field)[] faulty =
        [
            (Area(code, 1) with { Names = new Dictionary<string, string> { ["fra"] = "Nom" } }, "names.eng"),
            (
                Area(code, 1) with
                {
                    Names = new Dictionary<string, string> { ["eng"] = "A", ["EN"] = "A" },
                },
                "names"
            ),
            (Area(code, 1) with { Point = new AreaPoint(91, 0) }, "point"),
            (Area(code, 1) with { Point = new AreaPoint(0, double.NaN) }, "point"),
            (Area(code, 1) with { ValidFrom = new(2026, 2, 1), ValidTo = new(2026, 1, 1) }, "validTo"),
            (Area(code, 2, "no-such"), "parent"),
            (Area(code, 2, "no such"), "parent"),
        ];
        foreach (var (area, field) in faulty)
        {
            var refused = await Areas.CreateAsync(area, Keeper, Cancellation);

            Assert.Contains(refused.Problem?.Fields ?? [], f => f.Field == field);
        }

        Assert.Equal("areas.not_found", (await Areas.GetAsync(code, Reader, Cancellation)).Problem?.Code);
    }

    [Fact]
    public async Task A_code_is_taken_in_any_case_and_a_level_lies_below_its_parents()
    {
        var tree = await TreeAsync();

        var again = await Areas.CreateAsync(Area(tree.Village.ToLowerInvariant(), 1), Keeper, Cancellation);
        var flat = await Areas.CreateAsync(Area("L" + Persons.Next(), 2, tree.District), Keeper, Cancellation);
        var deep = await Areas.ChangeAsync(
            tree.District,
            new AreaChange { ExpectedVersion = 1, Level = 3 },
            Keeper,
            Cancellation
        );

        Assert.Equal("areas.code_taken", again.Problem?.Code);
        Assert.Equal("level", flat.Problem?.Fields[0].Field);
        Assert.Equal("level", deep.Problem?.Fields[0].Field);
    }

    [Fact]
    public async Task A_change_needs_the_version_it_has_seen_and_one_that_changes_nothing_makes_none()
    {
        var tree = await TreeAsync();
        var change = new AreaChange
        {
            ExpectedVersion = 1,
            Names = new Dictionary<string, string?> { ["fra"] = null, ["spa"] = "Vesbia" },
            ValidFrom = new DateOnly(1970, 1, 1),
            WithoutPoint = true,
        };

        var changed = (await Areas.ChangeAsync(tree.Village, change, Keeper, Cancellation)).Require();
        var stale = await Areas.ChangeAsync(tree.Village, change, Keeper, Cancellation);
        var same = await Areas.ChangeAsync(tree.Village, change with { ExpectedVersion = 2 }, Keeper, Cancellation);

        Assert.Equal(2, changed.Version);
        Assert.Equal(["eng", "spa"], changed.Names.Keys.Order());
        Assert.Null(changed.Point);
        Assert.Equal(new DateOnly(1970, 1, 1), changed.ValidFrom);
        Assert.Equal(ProblemKind.PreconditionFailed, stale.Problem?.Kind);
        Assert.Equal(2, stale.Problem?.CurrentVersion);
        Assert.Equal(2, same.Require().Version);
        var nameless = await Areas.ChangeAsync(
            tree.Village,
            new AreaChange
            {
                ExpectedVersion = 2,
                Names = new Dictionary<string, string?> { ["eng"] = null },
            },
            Keeper,
            Cancellation
        );
        Assert.Equal("names.eng", nameless.Problem?.Fields[0].Field);
    }

    [Fact]
    public async Task A_moved_area_takes_all_below_along()
    {
        var tree = await TreeAsync();
        var elsewhere = "E" + Persons.Next();
        await AddAsync(Area(elsewhere, 1));
        // A code that begins like another lies beside it, not within it.
        await AddAsync(Area(elsewhere + "-1", 1));

        var moved = await Areas.MoveAsync(
            tree.District,
            new AreaMove { ExpectedVersion = 1, Parent = elsewhere },
            Keeper,
            Cancellation
        );

        Assert.Equal(elsewhere, moved.Require().Parent);
        Assert.Equal([elsewhere, tree.District], (await GetAsync(tree.Village)).Ancestors.Select(a => a.Code));
        Assert.Equal([tree.Country], await CodesAsync(new AreaSelection { Within = tree.Country }));
        Assert.Equal(
            [tree.District, elsewhere, tree.Other, tree.Village],
            await CodesAsync(new AreaSelection { Within = elsewhere })
        );
        var top = await Areas.MoveAsync(
            tree.District,
            new AreaMove { ExpectedVersion = 2, Level = 1 },
            Keeper,
            Cancellation
        );
        Assert.Null(top.Require().Parent);
        Assert.Equal([tree.District], (await GetAsync(tree.Village)).Ancestors.Select(a => a.Code));
    }

    [Fact]
    public async Task An_area_never_lies_within_itself()
    {
        var tree = await TreeAsync();

        foreach (var parent in (string[])[tree.District, tree.Village])
        {
            var refused = await Areas.MoveAsync(
                tree.District,
                new AreaMove { ExpectedVersion = 1, Parent = parent },
                Keeper,
                Cancellation
            );

            Assert.Equal("areas.cycle", refused.Problem?.Code);
        }

        Assert.Equal(tree.Country, (await GetAsync(tree.District)).Parent);
    }

    [Fact]
    public async Task Two_that_would_swallow_each_other_at_once_end_with_one_refused()
    {
        var (first, second) = ("P" + Persons.Next(), "P" + Persons.Next());
        await AddAsync(Area(first, 1));
        await AddAsync(Area(second, 1));

        var moves = await Task.WhenAll(
            Areas.MoveAsync(
                first,
                new AreaMove
                {
                    ExpectedVersion = 1,
                    Parent = second,
                    Level = 2,
                },
                Keeper,
                Cancellation
            ),
            Areas.MoveAsync(
                second,
                new AreaMove
                {
                    ExpectedVersion = 1,
                    Parent = first,
                    Level = 3,
                },
                Keeper,
                Cancellation
            )
        );

        Assert.Single(moves, m => m.Succeeded);
        Assert.Equal("areas.cycle", Assert.Single(moves, m => !m.Succeeded).Problem?.Code);
    }

    [Fact]
    public async Task A_closed_area_names_its_successor_and_can_be_opened_again()
    {
        var tree = await TreeAsync();

        var closed = await Areas.CloseAsync(
            tree.Village,
            new AreaClosing
            {
                ExpectedVersion = 1,
                ValidTo = new DateOnly(2026, 5, 31),
                ReplacedBy = tree.Other,
            },
            Keeper,
            Cancellation
        );
        var unknown = await Areas.CloseAsync(
            tree.Village,
            new AreaClosing
            {
                ExpectedVersion = 2,
                ValidTo = new DateOnly(2026, 5, 31),
                ReplacedBy = "no-such",
            },
            Keeper,
            Cancellation
        );

        Assert.Equal(new DateOnly(2026, 5, 31), closed.Require().ValidTo);
        Assert.Equal(tree.Other, closed.Require().ReplacedBy);
        Assert.Equal("replacedBy", unknown.Problem?.Fields[0].Field);
        Assert.DoesNotContain(
            tree.Village,
            await CodesAsync(new AreaSelection { Within = tree.Country, ValidOn = new DateOnly(2026, 6, 1) })
        );
        Assert.Contains(
            tree.Village,
            await CodesAsync(new AreaSelection { Within = tree.Country, ValidOn = new DateOnly(2026, 5, 31) })
        );
        var opened = await Areas.CloseAsync(
            tree.Village,
            new AreaClosing { ExpectedVersion = 2 },
            Keeper,
            Cancellation
        );
        Assert.Null(opened.Require().ValidTo);
        Assert.Null(opened.Require().ReplacedBy);
    }

    [Fact]
    public async Task A_boundary_is_kept_and_taken_away()
    {
        var tree = await TreeAsync();

        var set = await Areas.SetBoundaryAsync(tree.Village, 1, Persons.Json(Square), Keeper, Cancellation);
        var read = (await Areas.GetBoundaryAsync(tree.Village, Reader, Cancellation)).Require();
        var removed = await Areas.SetBoundaryAsync(tree.Village, 2, null, Keeper, Cancellation);
        var none = await Areas.GetBoundaryAsync(tree.Village, Reader, Cancellation);

        Assert.True(set.Require().HasBoundary);
        Assert.True(JsonElement.DeepEquals(Persons.Json(Square), read.GeoJson));
        Assert.Equal(2, read.Version);
        Assert.False(removed.Require().HasBoundary);
        Assert.Equal("areas.no_boundary", none.Problem?.Code);
    }

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[10,50]}""", "boundary.type")]
    [InlineData("""{"type":"Polygon"}""", "boundary.coordinates")]
    [InlineData("""{"type":"Polygon","coordinates":[]}""", "boundary.coordinates")]
    [InlineData("""{"type":"Polygon","coordinates":[[[10,50],[11,50],[10,50]]]}""", "boundary.coordinates[0]")]
    [InlineData("""{"type":"Polygon","coordinates":[[[10,50],[11,50],[11,51],[10,51]]]}""", "boundary.coordinates[0]")]
    [InlineData(
        """{"type":"Polygon","coordinates":[[[181,50],[11,50],[11,51],[181,50]]]}""",
        "boundary.coordinates[0][0]"
    )]
    [InlineData(
        """{"type":"Polygon","coordinates":[[[10,50],[11,91],[11,51],[10,50]]]}""",
        "boundary.coordinates[0][1]"
    )]
    [InlineData(
        """{"type":"Polygon","coordinates":[[[10,50],[11,"50"],[11,51],[10,50]]]}""",
        "boundary.coordinates[0][1]"
    )]
    [InlineData(
        """{"type":"MultiPolygon","coordinates":[[[10,50],[11,50],[11,51],[10,50]]]}""",
        "boundary.coordinates[0][0][0]"
    )]
    [InlineData("""{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,1]]],"crs":{}}""", "boundary")]
    [InlineData("""{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,1]]],"bbox":[1]}""", "boundary.bbox")]
    [InlineData("[]", "boundary")]
    public async Task A_faulty_boundary_is_refused_with_its_place(string boundary, string field)
    {
        var tree = await TreeAsync();

        var refused = await Areas.SetBoundaryAsync(tree.Village, 1, Persons.Json(boundary), Keeper, Cancellation);

        Assert.Equal(field, refused.Problem?.Fields[0].Field);
        Assert.Equal(1, (await GetAsync(tree.Village)).Version);
    }

    [Fact]
    public async Task A_boundary_has_its_size()
    {
        var ring = string.Join(",", Enumerable.Repeat("[10.00000001,50.00000001]", 50_000));
        var large = $$"""{"type":"Polygon","coordinates":[[{{ring}}]]}""";

        var refused = await Areas.CreateAsync(
            Area("B" + Persons.Next(), 1) with
            {
                Boundary = Persons.Json(large),
            },
            Keeper,
            Cancellation
        );

        Assert.Equal("too_large", refused.Problem?.Fields[0].Code);
    }

    [Fact]
    public async Task Each_change_stands_in_the_history()
    {
        var tree = await TreeAsync();
        await Areas.CloseAsync(
            tree.Village,
            new AreaClosing { ExpectedVersion = 1, ValidTo = new DateOnly(2026, 5, 31) },
            Keeper,
            Cancellation
        );

        var page = (await Areas.ListHistoryAsync(tree.Village, new PageRequest(1), Keeper, Cancellation)).Require();
        var rest = (
            await Areas.ListHistoryAsync(tree.Village, new PageRequest(10, page.Next), Keeper, Cancellation)
        ).Require();

        var last = Assert.Single(page.Items);
        Assert.Equal(("closed", "keeper", 2L), (last.Operation, last.By, last.Version));
        Assert.Equal("2026-05-31", last.State.GetProperty("validTo").GetString());
        Assert.Equal("created", Assert.Single(rest.Items).Operation);
        Assert.Null(rest.Next);
    }

    private async Task<Tree> TreeAsync()
    {
        var number = Persons.Next();
        var tree = new Tree("C" + number, "D" + number, "V" + number, "U" + number);
        await AddAsync(Area(tree.Country, 1));
        await AddAsync(Area(tree.District, 2, tree.Country));
        await AddAsync(Area(tree.Other, 3, tree.District));
        await AddAsync(
            Area(tree.Village, 3, tree.District) with
            {
                Names = new Dictionary<string, string> { ["eng"] = "Vessby", ["fra"] = "Vessbourg" },
                Point = new AreaPoint(50.5, 10.25),
            }
        );
        return tree;
    }

    private static NewArea Area(string code, int level, string? parent = null) =>
        new()
        {
            Code = code,
            Level = level,
            Parent = parent,
            Names = new Dictionary<string, string> { ["eng"] = "Area " + code },
        };

    private async Task AddAsync(NewArea area) => (await Areas.CreateAsync(area, Keeper, Cancellation)).Require();

    private async Task<AreaView> GetAsync(string code) => (await Areas.GetAsync(code, Reader, Cancellation)).Require();

    private async Task<IEnumerable<string>> CodesAsync(AreaSelection query) =>
        (await Areas.ListAsync(query, new PageRequest(500), Reader, Cancellation)).Require().Items.Select(a => a.Code);

    private sealed record Tree(string Country, string District, string Village, string Other);
}
