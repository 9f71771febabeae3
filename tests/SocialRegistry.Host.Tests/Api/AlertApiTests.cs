using System.Net;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Host.Demo;

namespace SocialRegistry.Host.Tests.Api;

/// <summary>Readings past one's rights, their alerts, and what the doors write down, through the front door.</summary>
public sealed class AlertApiTests(AlertApiTests.Server server) : IClassFixture<AlertApiTests.Server>
{
    private const string Alerts = "/api/v1/alerts";
    private static int counter = 7100;

    [Fact]
    public async Task An_emergency_reader_opens_one_record_and_an_officer_looks_at_it()
    {
        var (_, person) = await PersonAsync();
        using var reader = await server.Registry.UserAsync("ella", Server.Password);
        using var officer = await server.Registry.UserAsync("olga", Server.Password);

        using var ordinary = await reader.GetAsync(person);
        using var opened = await reader.SendAsync(
            HttpMethod.Post,
            person + "/break-glass",
            """{"reason":"found unconscious at the clinic","fields":["surname","UIN"]}"""
        );
        var record = await opened.ObjectAsync();

        Assert.Equal(HttpStatusCode.Forbidden, ordinary.StatusCode);
        Assert.Equal(HttpStatusCode.OK, opened.StatusCode);
        Assert.Equal("Tolvane", (string?)record["values"]!["surname"]);
        Assert.Single(record["values"]!.AsObject());
        Assert.Single(record["identifiers"]!.AsArray());
        var id = person[(person.LastIndexOf('/') + 1)..];
        var list = await GetAsync(officer, Alerts + "?state=open&kind=break-glass&size=500");
        var alert = list["items"]!.AsArray().Single(a => (string?)a!["registrant"] == id)!;
        Assert.Equal(
            ("ella", "staff", "found unconscious at the clinic"),
            ((string)alert["reader"]!, (string)alert["readerKind"]!, (string)alert["reason"]!)
        );
        Assert.Equal(["surname", "identifiers"], alert["fields"]!.AsArray().Select(f => (string)f!));
        var review = $"{Alerts}/{(string)alert["id"]!}/review";
        using var reviewed = await officer.SendAsync(HttpMethod.Post, review, """{"note":"called the clinic"}""");
        using var twice = await officer.SendAsync(HttpMethod.Post, review, """{"note":"once more"}""");
        var done = await reviewed.ObjectAsync();
        Assert.Equal(
            (HttpStatusCode.OK, "reviewed", "olga", "called the clinic"),
            (reviewed.StatusCode, (string)done["state"]!, (string)done["reviewedBy"]!, (string)done["note"]!)
        );
        await RefusedAsync(twice, 409, "alerts.reviewed");
        using var auditor = await server.Registry.SignedInAsync();
        var shown = (await GetAsync(auditor, person + "/disclosures"))["items"]!.AsArray();
        var glass = shown.Single(d => (bool)d!["breakGlass"]!)!;
        Assert.Equal(("ella", "emergency"), ((string)glass["shownTo"]!, (string)glass["purpose"]!));
        Assert.DoesNotContain("unconscious", shown.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{}""", 400, null)]
    [InlineData("""{"reason":""}""", 400, null)]
    [InlineData("""{"reason":"two\nlines"}""", 400, "glass.invalid")]
    [InlineData("""{"reason":"x","fields":[]}""", 400, null)]
    [InlineData("""{"reason":"x","fields":["shoe_size"]}""", 400, "registrants.field_unknown")]
    [InlineData("""{"reason":"x","fields":["memberships"]}""", 400, "glass.invalid")]
    [InlineData("""{"reason":"x","minutes":15}""", 400, "request.json_invalid")]
    [InlineData("""{"reason":"x","reason":"y"}""", 400, "request.json_invalid")]
    public async Task A_reading_that_cannot_be_taken_is_refused(string body, int status, string? code)
    {
        var (_, person) = await PersonAsync();
        using var reader = await server.Registry.UserAsync("ella", Server.Password);

        using var answer = await reader.SendAsync(HttpMethod.Post, person + "/break-glass", body);

        await RefusedAsync(answer, status, code);
    }

    [Fact]
    public async Task Who_may_not_is_refused_and_what_is_unknown_is_too()
    {
        var (_, person) = await PersonAsync();
        using var partner = await server.Registry.SignedInAsync();
        using var reader = await server.Registry.UserAsync("ella", Server.Password);
        using var officer = await server.Registry.UserAsync("olga", Server.Password);
        const string Body = """{"reason":"emergency"}""";
        const string Note = """{"note":"seen"}""";
        var nobody = "019e0000-0000-7000-8000-000000000000";

        foreach (
            var (client, method, path, body, status, code) in new (HttpClient, string, string, string?, int, string?)[]
            {
                (server.Registry.Http, "POST", person + "/break-glass", Body, 401, null),
                (partner, "POST", person + "/break-glass", Body, 403, "glass.staff_only"),
                (officer, "POST", person + "/break-glass", Body, 403, null),
                (reader, "POST", $"/api/v1/registrants/{nobody}/break-glass", Body, 404, "registrants.not_found"),
                (reader, "POST", "/api/v1/registrants/x/break-glass", Body, 404, "registrants.not_found"),
                (reader, "POST", person + "/break-glass?reason=x", Body, 400, "request.query_unknown"),
                (server.Registry.Http, "GET", Alerts, null, 401, null),
                (partner, "GET", Alerts, null, 403, "access.forbidden"),
                (reader, "GET", Alerts, null, 403, null),
                (reader, "POST", $"{Alerts}/{nobody}/review", Note, 403, null),
                (officer, "GET", Alerts + "?state=closed", null, 400, "alerts.filter_invalid"),
                (officer, "GET", Alerts + "?kind=theft", null, 400, "alerts.filter_invalid"),
                (officer, "GET", Alerts + "?reader=ella", null, 400, "request.query_unknown"),
                (officer, "GET", Alerts + "?size=501", null, 400, null),
                (officer, "GET", Alerts + "?after=yesterday", null, 400, "paging.invalid"),
                (officer, "POST", $"{Alerts}/{nobody}/review", Note, 404, "alerts.not_found"),
                (officer, "POST", $"{Alerts}/x/review", Note, 404, "alerts.not_found"),
                (officer, "POST", $"{Alerts}/{nobody}/review", """{"note":"x","state":"closed"}""", 400, null),
                (officer, "POST", $"{Alerts}/{nobody}/review", """{"note":" "}""", 400, null),
            }
        )
        {
            using var answer = await client.SendAsync(new HttpMethod(method), path, body);
            await RefusedAsync(answer, status, code);
        }
    }

    /// <summary>Our own API, a DCI search and a credential: each says who, for whom, by which door, why, on which ground and what.</summary>
    [Fact]
    public async Task Every_door_of_a_partner_leaves_who_whose_why_on_which_ground_and_what()
    {
        var (uin, person) = await PersonAsync();
        using var partner = await server.Registry.SignedInAsync();
        using var narrow = await server.Registry.SignedInAsync(RunningRegistry.Narrow, "registry.search");
        var before = (await GetAsync(partner, person + "/disclosures?size=500"))["items"]!.AsArray().Count;
        foreach (var field in (string[])["given_name", "surname", "sex", "birth_date"])
        {
            using var attested = await partner.SendAsync(
                HttpMethod.Put,
                $"{person}/attestations/{field}",
                """{"status":"ATTESTED","method":"document"}"""
            );
            Assert.Equal(HttpStatusCode.OK, attested.StatusCode);
        }

        using var read = await partner.GetAsync(person + "?fields=surname");
        using var found = await narrow.SendAsync(
            HttpMethod.Post,
            "/registry/sync/search",
            DciSearch.Request(RunningRegistry.Narrow, new Identifier("UIN", uin)).ToJsonString()
        );
        using var offered = await partner.SendAsync(
            HttpMethod.Post,
            "/api/v1/credential-offers",
            $$"""{"registrant":"{{person[(person.LastIndexOf('/') + 1)..]}}","configurations":["SocialRegistryPerson_dc+sd-jwt"],"txCode":true}"""
        );
        var offer = await offered.ObjectAsync();
        using var wallet = new TestWallet(new HttpClient { Timeout = TimeSpan.FromSeconds(30) });
        await wallet.AcceptAsync((string)offer["offer_uri"]!, (string)offer["tx_code"]!, CancellationToken.None);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (read.StatusCode, found.StatusCode));
        var rows = (await GetAsync(partner, person + "/disclosures?size=500"))["items"]!.AsArray();
        // What was there before, that look itself, and one row for each of the four showings.
        Assert.Equal(before + 5, rows.Count);
        JsonNode Row(string channel, string reader) =>
            Assert.Single(rows.Take(4), r => (string?)r!["channel"] == channel && (string?)r["shownTo"] == reader)!;
        string Told(JsonNode row) =>
            string.Join(
                " | ",
                row["readerKind"],
                row["institution"],
                row["purpose"],
                row["legalGround"],
                string.Join(' ', row["fields"]!.AsArray().Select(f => (string)f!).Order())
            );
        Assert.Equal(
            "partner | Ministry of Everything | testing | act-7 | surname",
            Told(Row("api", RunningRegistry.Everything))
        );
        Assert.Equal(
            "partner | Narrow Agency | testing | act-8 | birth_date given_name",
            Told(Row("dci", RunningRegistry.Narrow))
        );
        Assert.Equal(
            "partner | Ministry of Everything | credential issuance | act-7 | attestations birth_date given_name sex surname",
            Told(Row("credentials", RunningRegistry.Everything))
        );
        // Whom the values go to is the holder's wallet.
        var issued = Told(Row("credentials", "wallet"));
        Assert.StartsWith("system | default | credential issuance | ", issued, StringComparison.Ordinal);
        Assert.Contains("surname", issued, StringComparison.Ordinal);
    }

    private async Task<(string Uin, string Path)> PersonAsync()
    {
        using var partner = await server.Registry.SignedInAsync();
        var uin = $"536048{Interlocked.Increment(ref counter)}";
        using var entered = await partner.SendAsync(
            HttpMethod.Post,
            "/api/v1/registrants",
            $$"""
            {"kind":"individual","values":{"given_name":"Amara","surname":"Tolvane","sex":"female","birth_date":"1991-04-17"},
             "identifiers":[{"type":"UIN","value":"{{uin}}"}]}
            """
        );
        Assert.Equal(HttpStatusCode.Created, entered.StatusCode);
        return (uin, entered.Headers.Location!.ToString());
    }

    private static async Task<JsonObject> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        Assert.True(answer.IsSuccessStatusCode, $"{path} {answer.StatusCode}");
        return await answer.ObjectAsync();
    }

    private static async Task RefusedAsync(HttpResponseMessage answer, int status, string? code)
    {
        Assert.Equal(
            (status, answer.RequestMessage!.RequestUri),
            ((int)answer.StatusCode, answer.RequestMessage.RequestUri)
        );
        if (code is not null)
        {
            Assert.EndsWith(":" + code, (string)(await answer.ObjectAsync())["type"]!, StringComparison.Ordinal);
        }
    }

    public sealed class Server : IAsyncLifetime
    {
        public const string Password = "a-password-of-the-tests-0123456789";

        public RunningRegistry Registry { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Registry = await RunningRegistry.StartAsync(
                users: [User("ella", "emergency-reader"), User("olga", "privacy-officer")]
            );

        public ValueTask DisposeAsync() => Registry.DisposeAsync();

        private static JsonObject User(string name, string role) =>
            new()
            {
                ["user"] = name,
                ["password"] = Password,
                ["roles"] = new JsonArray(role),
            };
    }
}
