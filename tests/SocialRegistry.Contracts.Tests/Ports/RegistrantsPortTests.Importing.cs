using Xunit;

namespace SocialRegistry.Contracts.Tests.Ports;

public abstract partial class RegistrantsPortTests
{
    [Fact]
    public async Task An_import_creates_then_finds_everything_unchanged_then_changes_what_differs()
    {
        var rows = Family(out var household, out var head, out _);

        var first = await ImportAsync(rows);
        var again = await ImportAsync(rows);
        var moved = await ImportAsync([rows[1] with { Values = Persons.Values("""{"area":"S-09"}""") }]);

        Assert.All(first, r => Assert.Equal((ImportAction.Created, 1L), (r.Require().Action, r.Require().Version)));
        Assert.All(again, r => Assert.Equal((ImportAction.Unchanged, 1L), (r.Require().Action, r.Require().Version)));
        Assert.Equal(first.Select(r => r.Require().Id), again.Select(r => r.Require().Id));
        Assert.Equal((ImportAction.Updated, 2L), (moved[0].Require().Action, moved[0].Require().Version));
        var person = (await FindAsync(head))!;
        Assert.Equal(("S-09", "Amira"), (person.Text("area"), person.Text("given_name")));
        var group = await ReadAsync((await FindAsync(household))!.Id, options: new ReadOptions { Memberships = true });
        Assert.Equal(["head", "member"], group.Memberships.SelectMany(m => m.Kinds).Order());
    }

    [Fact]
    public async Task A_bad_row_never_stops_the_others()
    {
        var rows = Family(out _, out var head, out var child).ToList();
        var taken = Persons.NewUin();
        await Registrants.StoreAsync(Persons.Amira(taken));
        rows.Insert(0, Row(Persons.NewUin(), """{"sex":"none"}"""));
        rows.Insert(2, Row(Persons.NewUin(), """{"given_name":"Odd"}""") with { Group = Persons.NewHousehold() });
        rows.Add(Row(Persons.NewUin(), """{"given_name":"Two"}""") with { Identifiers = [Persons.NewUin(), taken] });
        rows.Add(Row(Persons.NewUin(), """{"given_name":"None"}""") with { Identifiers = [] });

        var outcomes = await ImportAsync(rows);

        Assert.Equal(
            [
                "registrants.invalid",
                null,
                "import.group_unknown",
                null,
                null,
                "registrants.identifier_taken",
                "registrants.invalid",
            ],
            outcomes.Select(o => o.Problem?.Code)
        );
        Assert.NotNull(await FindAsync(head));
        Assert.NotNull(await FindAsync(child));
    }

    [Fact]
    public async Task Rows_are_brought_in_whatever_their_order_and_a_repeated_row_changes_nothing()
    {
        var rows = Family(out _, out _, out _);

        var outcomes = await ImportAsync([rows[2], rows[1], rows[0], rows[1]]);

        Assert.Equal(
            [ImportAction.Created, ImportAction.Created, ImportAction.Created, ImportAction.Unchanged],
            outcomes.Select(o => o.Require().Action)
        );
    }

    [Fact]
    public async Task A_group_gets_one_head_by_import()
    {
        var rows = Family(out var household, out _, out _);
        var second = Row(Persons.NewUin(), """{"given_name":"Rival"}""") with
        {
            Group = household,
            MembershipKinds = ["head"],
        };

        var outcomes = await ImportAsync([.. rows, second]);

        Assert.Equal("groups.head_exists", outcomes[3].Problem?.Code);
        Assert.Null(await FindAsync(second.Identifiers[0]));
    }

    [Fact]
    public async Task A_dry_run_tells_what_would_be_and_changes_nothing()
    {
        var rows = Family(out var household, out var head, out _);
        var before = Persons.NewUin();
        await Registrants.StoreAsync(Persons.Amira(before));

        var outcomes = (
            await Registrants.ImportAsync(
                [.. rows, Row(before, """{"surname":"Vinter"}"""), Row(Persons.NewUin(), """{"sex":7}""")],
                dryRun: true,
                PortCallers.Registrar,
                Cancellation
            )
        ).Require();

        Assert.Equal(
            [ImportAction.Created, ImportAction.Created, ImportAction.Created, ImportAction.Updated],
            outcomes.Take(4).Select(o => o.Require().Action)
        );
        Assert.Equal("registrants.invalid", outcomes[4].Problem?.Code);
        Assert.Null(await FindAsync(head));
        Assert.Null(await FindAsync(household));
        Assert.Equal("Solbakk", (await FindAsync(before))!.Text("surname"));
    }

    [Fact]
    public async Task Imports_of_the_same_rows_at_the_same_time_make_each_record_once()
    {
        var rows = Enumerable
            .Range(0, 20)
            .Select(i => Row(Persons.NewUin(), $$"""{"given_name":"Twin {{i}}"}"""))
            .ToList();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => ImportAsync(rows))));

        Assert.Equal(rows.Count, outcomes.SelectMany(o => o).Count(o => o.Require().Action == ImportAction.Created));
        Assert.Equal(rows.Count, outcomes.SelectMany(o => o).Select(o => o.Require().Id).Distinct().Count());
    }

    [Fact]
    public async Task An_import_adds_identifiers_and_takes_none_away()
    {
        var (uin, brn) = (Persons.NewUin(), new Identifier("BRN", "B" + Persons.Next()));
        await ImportAsync([Row(uin, """{"given_name":"Amira"}""")]);

        var outcomes = await ImportAsync([Row(uin, "{}") with { Identifiers = [uin, brn] }, Row(brn, "{}")]);

        Assert.Equal([ImportAction.Updated, ImportAction.Unchanged], outcomes.Select(o => o.Require().Action));
        Assert.Equal([uin, brn], (await FindAsync(brn))!.Identifiers);
    }

    [Fact]
    public async Task An_import_needs_its_permission_and_takes_a_thousand_rows()
    {
        var row = Row(Persons.NewUin(), "{}");
        var writer = PortCallers.Staff("clerk", Permissions.WriteRegistrants);

        var denied = await Registrants.ImportAsync([row], false, writer, Cancellation);
        var tooMany = await Registrants.ImportAsync(
            [.. Enumerable.Repeat(row, 1_001)],
            false,
            PortCallers.Registrar,
            Cancellation
        );

        Assert.Equal(ProblemKind.Forbidden, denied.Problem?.Kind);
        Assert.Equal("import.too_many", tooMany.Problem?.Code);
    }

    private static ImportRow Row(Identifier identifier, string values) =>
        new()
        {
            Kind = RegistrantKinds.Individual,
            Values = Persons.Values(values),
            Identifiers = [identifier],
        };

    private static IReadOnlyList<ImportRow> Family(out Identifier household, out Identifier head, out Identifier child)
    {
        (household, head, child) = (Persons.NewHousehold(), Persons.NewUin(), Persons.NewUin());
        return
        [
            new ImportRow
            {
                Kind = RegistrantKinds.Group,
                Values = Persons.Values("""{"group_type":"2","poverty_score":12.50}"""),
                Identifiers = [household],
            },
            Row(head, """{"given_name":"Amira","birth_date":"1984-03-02","is_disabled":false}""") with
            {
                Group = household,
                MembershipKinds = ["head"],
            },
            Row(child, """{"given_name":"Tomas","birth_date":"2015-08-11","phone_number":["+9991234567"]}""") with
            {
                Group = household,
            },
        ];
    }

    private async Task<IReadOnlyList<Outcome<ImportedRegistrant>>> ImportAsync(IReadOnlyList<ImportRow> rows) =>
        (await Registrants.ImportAsync(rows, dryRun: false, PortCallers.Registrar, Cancellation)).Require();
}
