using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Imports;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Exchange.Tests.Imports;

public sealed class SqliteAreaImportTests() : AreaImportTests(DatabaseProvider.Sqlite);

public sealed class PostgresAreaImportTests() : AreaImportTests(DatabaseProvider.Postgres);

/// <summary>Files of areas through the routes, into the real core.</summary>
public abstract class AreaImportTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Country = """
        code;Parent;level;name;name:fra;latitude;longitude;valid_from;valid_to;#remark
        N-01-004;N-01;3;Vessby;Vessbourg;50.5;-10.25;1990-01-01;;a village
        N-01;NW;;Nordmark;;;;;2030-12-31;
        NW;;1;Norwind;Norvent;;;;;

        """;

    private ExchangeServer server = null!;

    public async ValueTask InitializeAsync() => server = await ExchangeServer.StartAsync(provider);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_tree_comes_in_whatever_the_order_of_its_rows_and_the_same_file_changes_nothing()
    {
        var dry = await server.ImportAsync("areas", Country, ("dryRun", "true"));
        var nothing = await GetAsync("NW");
        var first = await server.ImportAsync("areas", Country);
        var again = await server.ImportAsync("areas", Country);

        ImportTests.AssertCounts(dry, rows: 3, created: 3);
        Assert.Null(nothing);
        ImportTests.AssertCounts(first, rows: 3, created: 3);
        ImportTests.AssertCounts(again, rows: 3, unchanged: 3);
        var village = (await GetAsync("N-01-004"))!;
        Assert.Equal(["NW", "N-01"], village.Ancestors.Select(a => a.Code));
        Assert.Equal("Vessbourg", village.Names["fra"]);
        Assert.Equal(new AreaPoint(50.5, -10.25), village.Point);
        Assert.Equal(new DateOnly(1990, 1, 1), village.ValidFrom);
        Assert.Equal(2, village.Ancestors[1].Level);
        Assert.Equal(new DateOnly(2030, 12, 31), (await GetAsync("N-01"))!.ValidTo);
    }

    [Fact]
    public async Task Bad_rows_are_parked_with_their_reason_and_can_be_mended()
    {
        const string csv = """
            code,parent,level,name,latitude,longitude,valid_from
            A,,1,Alpha,,,
            a,,1,Again,,,
            B,C,,Beta,,,
            C,B,,Gamma,,,
            D,B,,Below the circle,,,
            E,E,,Itself,,,
            F,nowhere,,Lost,,,
            G,A,two,Level,,,
            H,A,,Half a point,1.5,,
            I,A,,Day,,,01.02.2020
            J,A,1,Not below,,,
            not a code,A,,Name,,,
            K,A,,,,,
            L,A,,Good,,,
            """;

        var job = await server.ImportAsync("areas", csv);

        ImportTests.AssertCounts(job, rows: 14, created: 2, parked: 12);
        var lines = (await server.TextAsync((string)job["result"]!)).Split(
            "\r\n",
            StringSplitOptions.RemoveEmptyEntries
        );
        var codes = lines.Skip(1).Select(l => l.Split(',')).ToDictionary(l => int.Parse(l[0]), l => l[4] + " " + l[5]);
        Assert.Equal("imports.repeated_in_file code:duplicate", codes[2]);
        Assert.Equal("areas.cycle ", codes[3]);
        Assert.Equal("areas.cycle ", codes[4]);
        Assert.Equal("areas.invalid parent:unknown", codes[5]);
        Assert.Equal("areas.cycle ", codes[6]);
        Assert.Equal("areas.invalid parent:unknown", codes[7]);
        Assert.Equal("imports.row_invalid level:type", codes[8]);
        Assert.Equal("imports.row_invalid latitude:missing", codes[9]);
        Assert.Equal("imports.row_invalid valid_from:type", codes[10]);
        Assert.Equal("areas.invalid level:order", codes[11]);
        Assert.Equal("areas.invalid code:pattern", codes[12]);
        Assert.Equal("areas.invalid names.eng:required", codes[13]);
        var parked = await server.TextAsync((string)job["parked"]!);
        var mended = await server.ImportAsync("areas", parked.Replace(",C,,Beta", ",,1,Beta"));
        ImportTests.AssertCounts(mended, rows: 12, created: 3, parked: 9);
        Assert.Equal(["B"], (await GetAsync("D"))!.Ancestors.Select(a => a.Code));
    }

    [Fact]
    public async Task A_dry_run_of_many_rows_knows_the_areas_above_that_came_before()
    {
        var csv = new StringBuilder("code,parent,name\n");
        for (var i = 1; i <= CsvImport.BatchRows + 50; i++)
        {
            csv.Append($"V{i:D4},D,Village {i}\n");
        }

        csv.Append("D,R,District\nR,,Region\n");

        var dry = await server.ImportAsync("areas", csv.ToString(), ("dryRun", "true"));
        var real = await server.ImportAsync("areas", csv.ToString());

        ImportTests.AssertCounts(dry, rows: CsvImport.BatchRows + 52, created: CsvImport.BatchRows + 52);
        ImportTests.AssertCounts(real, rows: CsvImport.BatchRows + 52, created: CsvImport.BatchRows + 52);
    }

    [Theory]
    [InlineData("parent,name\nA,B\n", "code")]
    [InlineData("code,name,size\nA,B,3\n", "column 3")]
    [InlineData("code,name,name:eng\nA,B,C\n", "name:eng")]
    [InlineData("code,latitude\nA,1\n", "latitude")]
    [InlineData("code,name:french\nA,B\n", "column 2")]
    public async Task A_header_that_does_not_fit_is_refused_at_once(string csv, string field)
    {
        using var refused = await server.UploadAsync("areas", Encoding.UTF8.GetBytes(csv));

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!;
        Assert.Contains(problem["errors"]!.AsArray(), e => (string)e!["field"]! == field);
    }

    [Fact]
    public async Task Other_column_names_are_mapped()
    {
        var job = await server.ImportAsync(
            "areas",
            "Kode;Navn;Notat\nX;Eks;ikke for oss\n",
            ("mapping", """{"Kode":"code","Navn":"name","Notat":""}""")
        );

        ImportTests.AssertCounts(job, rows: 1, created: 1);
    }

    [Fact]
    public async Task Who_may_import_persons_may_not_thereby_change_the_tree()
    {
        using var refused = await server.UploadAsync("areas", Encoding.UTF8.GetBytes(Country), "clerk");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private async Task<AreaView?> GetAsync(string code) =>
        (
            await server
                .App.Services.GetRequiredService<IAreas>()
                .GetAsync(code, RegistryHost.Staff(), CancellationToken.None)
        ).Value;
}
