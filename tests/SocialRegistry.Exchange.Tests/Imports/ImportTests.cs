using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Persistence;
using SocialRegistry.Storage;
using Xunit;

namespace SocialRegistry.Exchange.Tests.Imports;

public sealed class SqliteImportTests() : ImportTests(DatabaseProvider.Sqlite);

public sealed class PostgresImportTests() : ImportTests(DatabaseProvider.Postgres);

/// <summary>Import through the routes, into the real core.</summary>
public abstract class ImportTests(DatabaseProvider provider) : IAsyncLifetime
{
    private const string Households = "HOUSEHOLD_ID,group_type,area\nHH-1,household,TV-11-01\nHH-2,2,TV-12-01\n";

    private ExchangeServer server = null!;

    public async ValueTask InitializeAsync() => server = await ExchangeServer.StartAsync(provider);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Persons_and_households_come_in_and_the_same_files_change_nothing()
    {
        const string persons = """
            UIN;Given name;surname;Sex;birth_date;phone_number;address.locality;address[2].locality;is_disabled;HHID;membership_kind
            U-0001;Жанна;Lorimar;F;1987-04-12;+99912345678|+99987654321;Portamara;Velindo;no;hh1;head|recipient
            U-0002;Davenko;Lorimar;male;1984-09-30;;;;Yes;HH-1;spouse
            """;

        var groups = await server.ImportAsync("group", Households);
        var first = await server.ImportAsync("individual", persons);
        var again = await server.ImportAsync("individual", persons);

        AssertCounts(groups, rows: 2, created: 2);
        AssertCounts(first, rows: 2, created: 2);
        AssertCounts(again, rows: 2, unchanged: 2);
        var found = await server.FindAsync(
            new Identifier("UIN", "U0001"),
            new Identifier("UIN", "U0002"),
            new Identifier("HOUSEHOLD_ID", "HH1")
        );
        var person = found[0]!;
        Assert.Equal(1, person.Version);
        Assert.Equal("Жанна", person.Values["given_name"].GetString());
        Assert.Equal("female", person.Values["sex"].GetString());
        Assert.Equal(
            ["+99912345678", "+99987654321"],
            person.Values["phone_number"].EnumerateArray().Select(p => p.GetString())
        );
        Assert.Equal(
            ["Portamara", "Velindo"],
            person.Values["address"].EnumerateArray().Select(a => a.GetProperty("locality").GetString())
        );
        Assert.False(person.Values["is_disabled"].GetBoolean());
        Assert.True(found[1]!.Values["is_disabled"].GetBoolean());
        Assert.False(found[1]!.Values.ContainsKey("phone_number"));
        Assert.Equal(found[2]!.Id, person.Memberships.Single().GroupId);
        Assert.Equal(["head", "recipient"], person.Memberships.Single().Kinds.Order());
        Assert.Equal("2", found[2]!.Values["group_type"].GetString());
    }

    [Fact]
    public async Task A_changed_file_changes_what_differs_and_an_empty_cell_says_nothing()
    {
        await server.ImportAsync("individual", "UIN,given_name,surname\nU001,Ana,Vale\nU002,Bea,Vale\n");

        var job = await server.ImportAsync("individual", "UIN,given_name,surname\nU001,,Torotto\nU002,Bea,Vale\n");

        AssertCounts(job, rows: 2, updated: 1, unchanged: 1);
        var person = (await server.FindAsync(new Identifier("UIN", "U001")))[0]!;
        Assert.Equal(
            ("Ana", "Torotto", 2L),
            (person.Values["given_name"].GetString(), person.Values["surname"].GetString(), person.Version)
        );
    }

    [Fact]
    public async Task Bad_rows_are_parked_with_their_reasons_and_the_good_ones_go_in()
    {
        const string csv = """
            UIN,given_name,birth_date,sex,is_disabled,email,household
            U001,Ana,1990-02-30,female,no,,
            U002,Bea,1990-02-03,hembra,no,,
            U003,Cia,1990-02-03,female,perhaps,,
            1.23E+15,Dia,1990-02-03,female,no,,
            ,Eva,1990-02-03,female,no,,
            U006,Fay,1990-02-03,female,no,not-an-address,
            U007,Gia,1990-02-03,female,no,,HH-404
            U008,Hea,1990-02-03,female
            "U009"x,Ida,1990-02-03,female,no,,
            U010,Joa,1990-02-03,female,no,j@mail.example,
            """;

        var job = await server.ImportAsync("individual", csv);

        AssertCounts(job, rows: 10, created: 1, parked: 9);
        var results = Lines(await server.TextAsync((string)job["result"]!));
        Assert.Equal("row,line,outcome,version,code,fields,detail", results[0]);
        Assert.Equal(11, results.Count);
        Assert.StartsWith("1,2,parked,,imports.row_invalid,birth_date:type,", results[1], StringComparison.Ordinal);
        Assert.Contains(",sex:code,", results[2], StringComparison.Ordinal);
        Assert.Contains(",is_disabled:type,", results[3], StringComparison.Ordinal);
        Assert.Contains(",UIN:scientific_notation,", results[4], StringComparison.Ordinal);
        Assert.Contains(",identifiers:required,", results[5], StringComparison.Ordinal);
        Assert.Contains(",registrants.invalid,email[0]:pattern,", results[6], StringComparison.Ordinal);
        Assert.StartsWith("7,8,parked,,import.group_unknown,group:unknown,", results[7], StringComparison.Ordinal);
        Assert.Contains(",imports.row_unreadable,row:cell_count,", results[8], StringComparison.Ordinal);
        Assert.Contains(",row:quote_misplaced,", results[9], StringComparison.Ordinal);
        Assert.StartsWith("10,11,created,1,,,", results[10], StringComparison.Ordinal);
        string[] values = ["U001", "Ana", "hembra", "perhaps", "not-an-address", "1990", "HH-404"];
        Assert.All(
            values,
            value => Assert.All(results, line => Assert.DoesNotContain(value, line, StringComparison.Ordinal))
        );
        Assert.All(
            values,
            value => Assert.All(server.Logs.Lines, line => Assert.DoesNotContain(value, line, StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Parked_rows_are_mended_and_imported_again_as_they_are()
    {
        var job = await server.ImportAsync(
            "individual",
            "UIN,given_name,phone_number,birth_date\nU001,=Ana(),+99912345678,12.04.1987\nU002,Bea,,1990-01-01\n"
        );
        using var client = server.Client();

        var parked = await server.TextAsync((string)job["parked"]!);
        Assert.Equal(
            "#row,#line,#problems,UIN,given_name,phone_number,birth_date\r\n"
                + "1,2,imports.row_invalid birth_date:type,U001,'=Ana(),'+99912345678,12.04.1987\r\n",
            parked
        );
        var unmended = await server.ImportAsync("individual", parked);
        var mended = await server.ImportAsync(
            "individual",
            parked.Replace("12.04.1987", "1987-04-12", StringComparison.Ordinal)
        );

        AssertCounts(unmended, rows: 1, parked: 1);
        Assert.Equal(
            parked.Replace("1,2,", "1,2,", StringComparison.Ordinal),
            await server.TextAsync((string)unmended["parked"]!)
        );
        AssertCounts(mended, rows: 1, created: 1);
        var person = (await server.FindAsync(new Identifier("UIN", "U001")))[0]!;
        Assert.Equal("=Ana()", person.Values["given_name"].GetString());
        Assert.Equal("+99912345678", person.Values["phone_number"][0].GetString());
        Assert.Contains(
            server.Logs.Lines,
            line =>
                line.StartsWith("3006 ", StringComparison.Ordinal)
                && line.Contains("importer", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_file_a_spreadsheet_saved_as_UTF_16_with_semicolons_and_quotes_comes_in()
    {
        byte[] csv =
        [
            .. Encoding.BigEndianUnicode.GetPreamble(),
            .. Encoding.BigEndianUnicode.GetBytes(
                "UIN;given_name;place_of_birth\r\nU001;\"Анна \"\"А.\"\"\";\"Portamara; the\r\nold town\"\r\n"
            ),
        ];

        AssertCounts(await server.ImportAsync("individual", csv), rows: 1, created: 1);
        var person = (await server.FindAsync(new Identifier("UIN", "U001")))[0]!;
        Assert.Equal("Анна \"А.\"", person.Values["given_name"].GetString());
        Assert.Equal("Portamara; the\r\nold town", person.Values["place_of_birth"].GetString());
    }

    [Fact]
    public async Task A_cell_of_ten_megabytes_parks_its_row_and_nothing_else()
    {
        var csv = $"UIN,given_name\nU001,Ana\nU002,\"{new string('x', 10 * 1024 * 1024)}\"\nU003,Cia\n";

        var job = await server.ImportAsync("individual", csv);

        AssertCounts(job, rows: 3, created: 2, parked: 1);
        Assert.Contains(
            "2,3,parked,,imports.row_unreadable,row:cell_too_long,",
            await server.TextAsync((string)job["result"]!),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_second_row_with_the_same_identifier_and_other_content_is_parked()
    {
        const string csv = "UIN,given_name\nU-001,Ana\nU002,Bea\nu001,Other\nU-001,Ana\n";

        var job = await server.ImportAsync("individual", csv);

        AssertCounts(job, rows: 4, created: 2, unchanged: 1, parked: 1);
        Assert.Contains(
            "3,4,parked,,imports.repeated_in_file,identifiers:duplicate,",
            await server.TextAsync((string)job["result"]!),
            StringComparison.Ordinal
        );
        var person = (await server.FindAsync(new Identifier("UIN", "U001")))[0]!;
        Assert.Equal(("Ana", 1L), (person.Values["given_name"].GetString(), person.Version));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_happen_and_stores_nothing()
    {
        var job = await server.ImportAsync("individual", "UIN,given_name\nU001,Ana\n,Bea\n", ("dryRun", "true"));

        AssertCounts(job, rows: 2, created: 1, parked: 1);
        Assert.True((bool)job["dryRun"]!);
        Assert.Null((await server.FindAsync(new Identifier("UIN", "U001")))[0]);
        AssertCounts(await server.ImportAsync("individual", "UIN,given_name\nU001,Ana\n"), rows: 1, created: 1);
    }

    [Fact]
    public async Task A_mapping_names_foreign_columns_and_leaves_out_what_is_not_wanted()
    {
        var job = await server.ImportAsync(
            "individual",
            "Nr;Vorname;Notiz\nU001;Ana;secret\n",
            ("mapping", """{"Nr":"UIN","Vorname":"given_name","Notiz":""}""")
        );

        AssertCounts(job, rows: 1, created: 1);
        var person = (await server.FindAsync(new Identifier("UIN", "U001")))[0]!;
        Assert.Equal(["given_name"], person.Values.Keys);
    }

    [Theory]
    [InlineData("", "imports.file_empty")]
    [InlineData("\n\n", "imports.file_empty")]
    [InlineData("given_name,surname\nAna,Vale\n", "imports.header_invalid", "UIN", "missing")]
    [InlineData("UIN,given_nam\nU001,Ana\n", "imports.header_invalid", "given_nam", "unknown", "'given_name'")]
    [InlineData("UIN,given_name,Given name\nU001,Ana,Ana\n", "imports.header_invalid", "given_name", "duplicate")]
    [InlineData("UIN,given_name,\nU001,Ana,x\n", "imports.header_invalid", "column 3", "unknown")]
    [InlineData("UIN,phone_number,phone_number[2]\nU001,,\n", "imports.header_invalid", "phone_number", "duplicate")]
    [InlineData("UIN,address\nU001,x\n", "imports.header_invalid", "address", "unknown")]
    [InlineData(
        "UIN,address.localty\nU001,x\n",
        "imports.header_invalid",
        "address.localty",
        "unknown",
        "'address.locality'"
    )]
    [InlineData("UIN,\"given_name\nU001,Ana\n", "imports.header_invalid", "header", "quote_open")]
    [InlineData("\0\u0001\0\u0002PK,x\n", "imports.file_not_text")]
    public async Task A_header_that_does_not_fit_is_refused_before_anything_is_kept(
        string csv,
        string code,
        string? field = null,
        string? problem = null,
        string? hint = null
    )
    {
        using var answer = await server.UploadAsync("individual", Encoding.UTF8.GetBytes(csv));

        var body = await ProblemAsync(answer, HttpStatusCode.BadRequest, code);
        if (field is not null)
        {
            Assert.Contains(
                "birth_date",
                code == "imports.header_invalid" && problem != "quote_open" ? (string)body["detail"]! : "birth_date",
                StringComparison.Ordinal
            );
            var error = body["errors"]!.AsArray().First(e => (string)e!["code"]! == problem)!;
            Assert.StartsWith(field, (string)error["field"]!, StringComparison.Ordinal);
            Assert.Contains(hint ?? "", (string)error["detail"]!, StringComparison.Ordinal);
        }

        Assert.Equal((0, 0), await KeptAsync());
    }

    [Fact]
    public async Task The_data_of_a_file_without_header_are_not_repeated()
    {
        using var answer = await server.UploadAsync(
            "individual",
            "U0012345,Ana,Lorimar\nU0012346,Bea,Lorimar\n"u8.ToArray()
        );

        var body = await ProblemAsync(answer, HttpStatusCode.BadRequest, "imports.header_invalid");
        Assert.DoesNotContain("Lorimar", body.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("U0012345", body.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind", "person", "imports.kind_unknown")]
    [InlineData("mapping", "{\"UIN\":\"a\",\"UIN\":\"b\"}", "imports.mapping_invalid")]
    [InlineData("mapping", "{\"UIN\":{\"a\":{\"b\":{}}}}", "imports.mapping_invalid")]
    [InlineData("mapping", "[]", "imports.mapping_invalid")]
    [InlineData("mapping", "{\"Nowhere\":\"UIN\"}", "imports.header_invalid")]
    [InlineData("mode", "replace", "imports.mode_unknown")]
    [InlineData("dryRun", "perhaps", "imports.dry_run_invalid")]
    [InlineData("colour", "red", "imports.part_unknown")]
    public async Task A_part_that_is_wrong_is_refused_and_the_file_is_not_kept(string name, string value, string code)
    {
        using var answer = await server.UploadAsync(
            "individual",
            "UIN,given_name\nU001,Ana\n"u8.ToArray(),
            "importer",
            (name, value)
        );

        await ProblemAsync(answer, HttpStatusCode.BadRequest, code);
        Assert.Equal((0, 0), await KeptAsync());
    }

    [Theory]
    [InlineData("multipart/form-data", "x")]
    [InlineData(
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nindividual\r\n--b--"
    )]
    [InlineData(
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nUIN,given_name\r\nU001,A"
    )]
    public async Task A_body_that_is_no_upload_or_breaks_off_is_refused_and_nothing_is_kept(string type, string body)
    {
        using var client = server.Client();
        using var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await client.PostAsync("/api/v1/imports", content);

        await ProblemAsync(answer, HttpStatusCode.BadRequest, "imports.file_missing");
        Assert.Equal((0, 0), await KeptAsync());
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused()
    {
        using var client = server.Client();
        using var content = new StringContent("{}", Encoding.UTF8, "application/json");

        using var answer = await client.PostAsync("/api/v1/imports", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Fact]
    public async Task Only_who_may_import_gets_in_and_only_who_ordered_a_job_sees_it()
    {
        var job = await server.ImportAsync("individual", "UIN,given_name\nU001,Ana\n,Bea\n");
        var path = $"/api/v1/jobs/{job["id"]}";
        foreach (var suffix in (string[])["", "/result", "/parked"])
        {
            using var other = server.Client("somebody-else");
            using var reader = server.Client("reader");
            using var nobody = server.Client(null);
            using var hidden = await other.GetAsync(path + suffix);
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
            using var forbidden = await reader.GetAsync(path + suffix);
            Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
            using var unknown = await nobody.GetAsync(path + suffix);
            Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
            using var own = server.Client();
            using var none = await own.GetAsync($"/api/v1/jobs/{Guid.NewGuid()}{suffix}");
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
            using var malformed = await own.GetAsync("/api/v1/jobs/..%2F1" + suffix);
            Assert.Equal(HttpStatusCode.NotFound, malformed.StatusCode);
        }

        using var refused = await server.UploadAsync("individual", "UIN\nU001\n"u8.ToArray(), "reader");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task What_waits_in_the_database_is_protected_and_the_upload_goes_with_the_job()
    {
        const string csv = "UIN,given_name\nU0012345,Marilandra\n,Davenkolo\n";
        await server.RunAsync(settings: ("Exchange:RunJobs", "false"));
        using var accepted = await server.UploadAsync("individual", Encoding.UTF8.GetBytes(csv));
        var job = await server.WaitAsync(accepted.Headers.Location!.ToString());

        Assert.Equal("completed", (string)job["state"]!);
        var content = await ContentAsync();
        Assert.NotEmpty(content);
        Assert.All(content, part => Assert.DoesNotContain("Marilandra"u8.ToArray(), part));
        Assert.All(content, part => Assert.DoesNotContain("Davenkolo"u8.ToArray(), part));
        Assert.Equal(["parked", "result"], (await KindsAsync()).Order());
    }

    [Fact]
    public async Task A_file_above_the_limit_is_refused_and_nothing_is_kept()
    {
        await server.RunAsync(settings: ("Exchange:MaxUploadBytes", "1000000"));

        using var answer = await server.UploadAsync(
            "individual",
            Encoding.UTF8.GetBytes("UIN,given_name\n" + string.Concat(Enumerable.Repeat("U001,Ana\n", 120_000)))
        );

        await ProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge, "imports.file_too_large");
        Assert.Equal((0, 0), await KeptAsync());
    }

    [Fact]
    public async Task An_ended_job_is_removed_with_all_that_belongs_to_it()
    {
        var job = await server.ImportAsync("individual", "UIN,given_name\nU001,Ana\n,Bea\n");
        // At one go, and then a little: the timers of the server would tick for every few seconds of the days.
        server.Clock.AdjustTime(server.Clock.GetUtcNow().AddDays(31));
        server.Clock.Advance(TimeSpan.FromHours(2));
        using var client = server.Client();
        var gone = false;
        for (var i = 0; i < 200 && !gone; i++)
        {
            using var answer = await client.GetAsync($"/api/v1/jobs/{job["id"]}");
            gone = answer.StatusCode == HttpStatusCode.NotFound && await KeptAsync() == (0, 0);
            await Task.Delay(25);
        }

        Assert.True(gone);
    }

    private static List<string> Lines(string text) => [.. text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];

    internal static void AssertCounts(
        JsonObject job,
        long rows,
        long created = 0,
        long updated = 0,
        long unchanged = 0,
        long parked = 0
    )
    {
        Assert.Equal("completed", (string)job["state"]!);
        var summary = job["summary"]!;
        Assert.Equal(
            (rows, created, updated, unchanged, parked),
            (
                (long)summary["rows"]!,
                (long)summary["created"]!,
                (long)summary["updated"]!,
                (long)summary["unchanged"]!,
                (long)summary["parked"]!
            )
        );
        Assert.Equal((long)job["progress"]!["total"]!, (long)job["progress"]!["done"]!);
    }

    private static async Task<JsonObject> ProblemAsync(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode} {text}");
        var body = JsonNode.Parse(text)!.AsObject();
        Assert.Equal("urn:social-registry:problem:" + code, (string)body["type"]!);
        return body;
    }

    private async Task<(int Jobs, int Parts)> KeptAsync()
    {
        await using var db = await ContextAsync();
        return (await db.Set<Jobs.Job>().CountAsync(), await db.Set<Jobs.JobPart>().CountAsync());
    }

    private async Task<List<string>> KindsAsync()
    {
        await using var db = await ContextAsync();
        return await db.Set<Jobs.JobPart>().Select(p => p.Kind).Distinct().ToListAsync();
    }

    /// <summary>All that stands in the parts, and in the whole file where the database is one.</summary>
    private async Task<List<byte[]>> ContentAsync()
    {
        await using var db = await ContextAsync();
        var parts = await db.Set<Jobs.JobPart>().Select(p => p.Content).ToListAsync();
        if (provider == DatabaseProvider.Sqlite)
        {
            var file = new SqliteConnectionStringBuilder(server.Database.ConnectionString).DataSource;
            foreach (var path in (string[])[file, file + "-wal"])
            {
                await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                var bytes = new byte[stream.Length];
                await stream.ReadExactlyAsync(bytes);
                parts.Add(bytes);
            }
        }

        return parts;
    }

    private Task<ExchangeDbContext> ContextAsync() =>
        server
            .App.Services.GetRequiredService<IDbContextFactory<ExchangeDbContext>>()
            .CreateDbContextAsync(CancellationToken.None);
}
