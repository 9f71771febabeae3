using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Exchange.Tests.Imports;

public sealed class SqliteRelationshipImportTests() : RelationshipImportTests(DatabaseProvider.Sqlite);

public sealed class PostgresRelationshipImportTests() : RelationshipImportTests(DatabaseProvider.Postgres);

/// <summary>The seed's two tables in and out through the routes, into the real core.</summary>
public abstract class RelationshipImportTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string People = """
        UIN,given_name,birth_date
        U0001,Ana,1960-01-01
        U0002,Ben,1958-01-01
        U0003,Cid,1985-01-01
        U0004,Dea,1988-01-01
        U0005,Eve,1986-01-01
        """;

    private ExchangeServer server = null!;
    private RegistrantId[] ids = [];

    public async ValueTask InitializeAsync()
    {
        server = await ExchangeServer.StartAsync(provider);
        await server.ImportAsync("individual", People);
        var found = await server.FindAsync([.. Enumerable.Range(1, 5).Select(i => new Identifier("UIN", $"U000{i}"))]);
        ids = [.. found.Select(f => f!.Id)];
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Who_is_held_to_an_area_gets_no_row_and_no_cell_of_anybody_else()
    {
        const string people = """
            UIN,given_name,birth_date,area
            H0001,Ida,1960-01-01,NW-1
            H0002,Jon,1985-01-01,NW-1
            H0003,Kim,1958-01-01,NW-2
            H0004,Lee,1990-01-01,NW-2
            """;
        await server.ImportAsync("individual", people);
        await server.ImportAsync(
            "parents",
            "PersonId,Parent1Id,Parent2Id\nUIN:H0002,UIN:H0001,UIN:H0003\nUIN:H0004,UIN:H0001,\n"
        );
        await server.ImportAsync(
            "spouses",
            "Person1Id,Person2Id,IsMarried,MarriedOn\nUIN:H0001,UIN:H0003,true,1980-05-01\nUIN:H0001,UIN:H0002,true,2009-05-01\n"
        );
        var found = await server.FindAsync([.. Enumerable.Range(1, 4).Select(i => new Identifier("UIN", $"H000{i}"))]);
        var (ida, jon) = (found[0]!.Id, found[1]!.Id);

        using var held = server.Client("exporter-of-NW-1");
        var parents = await held.GetStringAsync("/api/v1/relationships/parents.csv");
        var spouses = await held.GetStringAsync("/api/v1/relationships/spouses.csv");
        using var nowhere = server.Client("exporter-of-NW-9");
        var nobody = await nowhere.GetStringAsync("/api/v1/relationships/parents.csv");

        Assert.Equal([$"{jon},{ida},,false,"], Lines(parents)[1..]);
        var couple = Assert.Single(Lines(spouses)[1..]);
        Assert.Equal([.. new[] { ida.ToString(), jon.ToString() }.Order()], couple.Split(',')[..2].Order());
        Assert.Single(Lines(nobody));

        static string[] Lines(string csv) => csv.Split(["\r\n", "\n"], StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public async Task Both_tables_come_in_by_identifiers_and_go_out_with_the_exact_columns_of_the_seed()
    {
        const string parents = """
            PersonId,Parent1Id,Parent2Id,IsAdopted,GaurdianId
            UIN:U0003,UIN:U0001,UIN:U-0002,,
            UIN:U0004,UIN:U0001,UIN:U0002,yes,UIN:U0005
            """;
        const string spouses = """
            Person1Id,Person2Id,IsMarried,MarriedOn,IsSeperated,SeperatedOn
            UIN:U0001,UIN:U0002,true,1980-05-01,true,1999-09-09
            UIN:U0005,UIN:U0003,1,2010-05-01,0,
            """;

        var first = await server.ImportAsync("parents", parents);
        var second = await server.ImportAsync("spouses", spouses);

        ImportTests.AssertCounts(first, rows: 2, created: 2);
        ImportTests.AssertCounts(second, rows: 2, created: 2);
        ImportTests.AssertCounts(await server.ImportAsync("parents", parents), rows: 2, unchanged: 2);
        ImportTests.AssertCounts(await server.ImportAsync("spouses", spouses), rows: 2, unchanged: 2);
        var parentRows = await ExportAsync("parents");
        var spouseRows = await ExportAsync("spouses");
        Assert.Equal("PersonId,Parent1Id,Parent2Id,IsAdopted,GaurdianId", parentRows[0]);
        Assert.Equal(
            new[] { $"{ids[2]},{ids[0]},{ids[1]},false,", $"{ids[3]},{ids[0]},{ids[1]},true,{ids[4]}" }.Order(
                StringComparer.Ordinal
            ),
            parentRows[1..].Order(StringComparer.Ordinal)
        );
        Assert.Equal("Person1Id,Person2Id,IsMarried,MarriedOn,IsSeperated,SeperatedOn", spouseRows[0]);
        Assert.Equal(
            [$"{ids[0]},{ids[1]},true,1980-05-01,true,1999-09-09", $"{ids[4]},{ids[2]},true,2010-05-01,false,"],
            spouseRows[1..].OrderBy(r => !r.StartsWith(ids[0].ToString(), StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task An_export_imported_again_changes_nothing()
    {
        await server.ImportAsync("parents", "PersonId,Parent1Id,IsAdopted\nUIN:U0003,UIN:U0001,true\n");
        await server.ImportAsync("spouses", "Person1Id,Person2Id\nUIN:U0004,UIN:U0003\n");

        var parents = string.Join("\r\n", await ExportAsync("parents"));
        var spouses = string.Join("\r\n", await ExportAsync("spouses"));

        ImportTests.AssertCounts(await server.ImportAsync("parents", parents), rows: 1, unchanged: 1);
        ImportTests.AssertCounts(await server.ImportAsync("spouses", spouses), rows: 1, unchanged: 1);
    }

    [Fact]
    public async Task Corrected_spellings_other_orders_mappings_and_remarks_are_taken()
    {
        const string file = """
            #note,guardianid,mother,PERSONID,father,hair
            seen,UIN:U0005,UIN:U0001,UIN:U0003,UIN:U0002,brown
            """;

        var job = await server.ImportAsync(
            "parents",
            file,
            ("mapping", """{"mother":"Parent1Id","father":"Parent2Id","hair":""}""")
        );

        ImportTests.AssertCounts(job, rows: 1, created: 1);
        Assert.Equal($"{ids[2]},{ids[0]},{ids[1]},false,{ids[4]}", (await ExportAsync("parents"))[1]);
    }

    [Fact]
    public async Task A_bad_row_is_parked_by_its_code_and_mended_rows_go_in()
    {
        const string file = """
            PersonId,Parent1Id,Parent2Id,IsAdopted,Since
            UIN:U0003,UIN:U0001,,,
            UIN:U0001,UIN:U0003,,,
            UIN:U0004,UIN:1.2E+15,,,
            UIN:U0004,U0001,,maybe,2020-13-01
            UIN:U0099,UIN:U0001,,,
            UIN:U0003,UIN:U0001,UIN:U0002,,
            ,UIN:U0001,,,
            UIN:U0005,UIN:U0003,,,
            UIN:U0005
            """;

        var job = await server.ImportAsync("parents", file);

        ImportTests.AssertCounts(job, rows: 9, created: 1, parked: 8);
        var results = (await server.TextAsync((string)job["result"]!)).Split("\r\n")[1..^1];
        Assert.Equal(
            [
                "",
                "relationships.cycle Parent1Id:cycle",
                "imports.row_invalid Parent1Id:scientific_notation",
                "imports.row_invalid Parent1Id:reference IsAdopted:type Since:type",
                "relationships.person_unknown PersonId:unknown",
                "imports.repeated_in_file identifiers:duplicate",
                "imports.row_invalid PersonId:required",
                // Who imports without reading is not told which value it is.
                "registrants.disagrees",
                "imports.row_unreadable row:cell_count",
            ],
            results.Select(r => r.Split(',')).Select(r => $"{r[4]} {r[5]}".Trim())
        );
        var parked = (await server.TextAsync((string)job["parked"]!)).Split("\r\n");
        Assert.Equal("#row,#line,#problems,PersonId,Parent1Id,Parent2Id,IsAdopted,Since", parked[0]);
        Assert.EndsWith(",UIN:U0001,UIN:U0003,,,", parked[1], StringComparison.Ordinal);
        var again = await server.ImportAsync(
            "parents",
            parked[0] + "\n" + parked[1].Replace("UIN:U0003", "", StringComparison.Ordinal)
        );
        Assert.Equal(0, (int)again["summary"]!["parked"]!);
    }

    [Fact]
    public async Task A_dry_run_stores_nothing()
    {
        var job = await server.ImportAsync(
            "spouses",
            "Person1Id,Person2Id,IsMarried\nUIN:U0001,UIN:U0002,true\n",
            ("dryRun", "true")
        );

        ImportTests.AssertCounts(job, rows: 1, created: 1);
        Assert.Single(await ExportAsync("spouses"));
    }

    [Theory]
    [InlineData("parents", "PersonId,Parent1Id,Uncle\n", "column 3", "unknown")]
    [InlineData("parents", "PersonId,GaurdianId,GuardianId\n", "GaurdianId", "duplicate")]
    [InlineData("parents", "Parent1Id\n", "PersonId", "missing")]
    [InlineData("spouses", "Person1Id,IsMarried\n", "Person2Id", "missing")]
    [InlineData("spouses", "Person1Id,Person2Id,Since\n", "column 3", "unknown")]
    public async Task A_header_that_does_not_fit_is_refused(string kind, string file, string field, string code)
    {
        using var answer = await server.UploadAsync(kind, Encoding.UTF8.GetBytes(file));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.EndsWith("imports.header_invalid", (string)problem["type"]!, StringComparison.Ordinal);
        Assert.Contains(problem["errors"]!.AsArray(), e => (string)e!["field"]! == field && (string)e["code"]! == code);
    }

    [Fact]
    public async Task More_rows_than_one_batch_all_go_in()
    {
        var people = new StringBuilder("UIN,given_name\n");
        var file = new StringBuilder("PersonId,Parent1Id\n");
        for (var i = 0; i < 1_200; i++)
        {
            people.Append($"M{i:D5},X\n");
            file.Append($"UIN:M{i:D5},UIN:U0001\n");
        }

        await server.ImportAsync("individual", people.ToString());
        var job = await server.ImportAsync("parents", file.ToString());

        ImportTests.AssertCounts(job, rows: 1_200, created: 1_200);
        Assert.Equal(1_201, (await ExportAsync("parents")).Length);
    }

    [Fact]
    public async Task An_export_needs_its_permission_and_scope_and_is_logged_for_everybody_named()
    {
        await server.ImportAsync("parents", "PersonId,Parent1Id\nUIN:U0003,UIN:U0001\n");

        using var importer = await server.Client().GetAsync("/api/v1/relationships/parents.csv");
        using var blind = await server.Client("exporter-blind").GetAsync("/api/v1/relationships/parents.csv");
        await ExportAsync("parents");

        Assert.Equal(HttpStatusCode.Forbidden, importer.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, blind.StatusCode);
        var versions = server.App.Services.GetRequiredService<IVersions>();
        foreach (var id in new[] { ids[0], ids[2] })
        {
            var shown = await versions.DisclosuresAsync(
                id,
                new PageRequest(),
                RegistryHost.Staff(),
                CancellationToken.None
            );
            Assert.Contains(shown.Require().Items, d => d is { ShownTo: "exporter", Channel: "export" });
        }
    }

    private async Task<string[]> ExportAsync(string table)
    {
        using var client = server.Client("exporter");
        var text = await client.GetStringAsync($"/api/v1/relationships/{table}.csv");
        return text.Split("\r\n")[..^1];
    }
}
