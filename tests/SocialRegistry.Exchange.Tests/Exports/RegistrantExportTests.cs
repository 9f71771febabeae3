using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Storage;
using Xunit;

namespace SocialRegistry.Exchange.Tests.Exports;

public sealed class SqliteRegistrantExportTests() : RegistrantExportTests(DatabaseProvider.Sqlite);

public sealed class PostgresRegistrantExportTests() : RegistrantExportTests(DatabaseProvider.Postgres);

/// <summary>Persons and groups out and in again, through the routes and the real core.</summary>
public abstract class RegistrantExportTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Path = "/api/v1/exports/registrants.csv?kind=";

    private const string Groups = """
        HOUSEHOLD_ID,group_type,area,poverty_score
        H-1,2,NW-1,41.5
        H-2,2,NW-2,
        """;

    private const string People = """"
        UIN,given_name,surname,birth_date,sex,is_disabled,phone_number,address[1].address_line_1,address[1].locality,address[2].address_line_1,area,household,membership_kind
        U0001,"Ana, the ""elder""",'=Sum,1960-01-01,female,false,+99912345678|+99912345679,"Mill Lane, 4",Vessby,Road 2,NW-1,H-1,head|recipient
        U0002,Ben,,1958,male,true,,,,,NW-2,H-1,
        U0003,Ćid,Øst,,,,,,,,NW-2,,
        """";

    private ExchangeServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await ExchangeServer.StartAsync(provider);
        foreach (var (kind, csv) in new[] { ("group", Groups), ("individual", People) })
        {
            var job = await server.ImportAsync(kind, csv);
            Assert.True((int)job["summary"]!["parked"]! == 0, await server.TextAsync((string)job["result"]!));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_goes_out_comes_in_again_with_the_same_values()
    {
        using var exporter = server.Client("exporter");
        var groups = await exporter.GetStringAsync(Path + "group");
        var people = await exporter.GetStringAsync(Path + "individual&items=2");

        await using var other = await ExchangeServer.StartAsync(provider);
        foreach (var (kind, csv) in new[] { ("group", groups), ("individual", people) })
        {
            var job = await other.ImportAsync(kind, csv);
            Assert.True((int)job["summary"]!["parked"]! == 0, job.ToJsonString());
        }

        Identifier[] all =
        [
            new("HOUSEHOLD_ID", "H-1"),
            new("HOUSEHOLD_ID", "H-2"),
            .. Enumerable.Range(1, 3).Select(i => new Identifier("UIN", $"U000{i}")),
        ];
        var (before, after) = (await server.FindAsync(all), await other.FindAsync(all));
        foreach (var (one, two) in before.Zip(after))
        {
            Assert.Equal(Text(one!), Text(two!));
        }

        Assert.Equal(["head", "recipient"], after[2]!.Memberships.Single().Kinds.Order());
        Assert.Equal(after[0]!.Id, after[3]!.Memberships.Single().GroupId);
        Assert.Equal(Lines(groups).Order(), Lines(await OfAsync(other, "group")).Order());
    }

    [Fact]
    public async Task Columns_rows_and_cells_are_those_of_the_caller_and_every_showing_is_logged()
    {
        using var exporter = server.Client("exporter");
        using var held = server.Client("exporter-of-NW-1");
        using var blind = server.Client("exporter-blind");

        var some = await exporter.GetStringAsync(Path + "individual&fields=UIN,given_name,phone_number");
        var near = await held.GetStringAsync(Path + "individual&fields=UIN,household");
        var none = await blind.GetStringAsync(Path + "individual");
        var ana = (await server.FindAsync(new Identifier("UIN", "U0001")))[0]!;
        var shown = (
            await server
                .App.Services.GetRequiredService<IVersions>()
                .DisclosuresAsync(ana.Id, new PageRequest(), SocialRegistry.Testing.RegistryHost.Staff(), default)
        ).Require();

        Assert.Equal("UIN,given_name,phone_number,#not_exported", Lines(some)[0]);
        Assert.Contains("U0001,\"Ana, the \"\"elder\"\"\",\"'+99912345678|+99912345679\",", Lines(some));
        Assert.Equal(["UIN,household,membership_kind,#not_exported", "U0001,H-1,\"head|recipient\","], Lines(near));
        Assert.Equal("#not_exported", Lines(none)[0]);
        var entry = Assert.Single(
            shown.Items,
            d => d.ShownTo == "exporter" && d.Fields.Contains("phone_number") && d.Channel == "export"
        );
        Assert.DoesNotContain("surname", entry.Fields);
    }

    [Fact]
    public async Task What_no_column_holds_is_named()
    {
        using var exporter = server.Client("exporter");

        var csv = await exporter.GetStringAsync(Path + "individual&fields=UIN,address&items=1");

        Assert.StartsWith("UIN,address[1].", Lines(csv)[0], StringComparison.Ordinal);
        Assert.EndsWith(
            ",address",
            Lines(csv).Single(l => l.StartsWith("U0001,", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            ",",
            Lines(csv).Single(l => l.StartsWith("U0002,", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("individual&shoe=1")]
    [InlineData("shoes")]
    [InlineData("individual&items=0")]
    [InlineData("individual&items=21")]
    [InlineData("individual&fields=shoe_size")]
    public async Task A_wrong_question_is_refused_before_anything_leaves(string query)
    {
        using var exporter = server.Client("exporter");

        using var answer = await exporter.GetAsync(Path + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Who_may_not_export_gets_nothing()
    {
        using var reader = server.Client("reader");
        using var nobody = server.Client(null);

        using var forbidden = await reader.GetAsync(Path + "individual");
        using var unknown = await nobody.GetAsync(Path + "individual");

        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
    }

    [Fact]
    public async Task More_than_one_page_goes_out_whole_and_in_order()
    {
        var many = new StringBuilder("UIN,given_name\n");
        for (var i = 0; i < 1_100; i++)
        {
            many.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{i:D5},Mia\n");
        }

        await server.ImportAsync("individual", many.ToString());
        using var exporter = server.Client("exporter");

        var lines = Lines(await exporter.GetStringAsync(Path + "individual&fields=UIN,given_name"));

        Assert.Equal(1 + 3 + 1_100, lines.Length);
        Assert.Equal(lines.Length, lines.Distinct().Count());
    }

    private static async Task<string> OfAsync(ExchangeServer server, string kind)
    {
        using var client = server.Client("exporter");
        return await client.GetStringAsync(Path + kind);
    }

    private static string[] Lines(string csv) => csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static string Text(RegistrantView view) =>
        JsonSerializer.Serialize(view.Values.OrderBy(v => v.Key, StringComparer.Ordinal))
        + JsonSerializer.Serialize(view.Identifiers);
}
