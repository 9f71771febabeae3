using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Access;

namespace SocialRegistry.Host.Tests.Api;

/// <summary>Consents, erasure, "who saw my data" and "all my data" through the front door: a person signed in for herself, and privacy officers.</summary>
public sealed class PersonalDataApiTests : IAsyncLifetime
{
    private const string Password = "A-long-pass-phrase-of-the-tests-7";
    private const string Uin = "7431998877";

    private RunningRegistry? running;

    private RunningRegistry Running => running!;

    public async ValueTask InitializeAsync() =>
        running = await RunningRegistry.StartAsync(
            settings: new Dictionary<string, string?> { ["Registry:Erasures:Allowed"] = "true" }
        );

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (running is not null)
        {
            await running.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_person_gives_a_consent_sees_who_saw_her_takes_her_data_and_is_erased_by_two()
    {
        using var partner = await Running.SignedInAsync();
        using var created = await partner.SendAsync(
            HttpMethod.Post,
            "/api/v1/registrants",
            $$"""
            {"kind":"individual","values":{"given_name":"Amira <b>","surname":"Solbakk","birth_date":"1984-03-02"},
             "identifiers":[{"type":"UIN","value":"{{Uin}}"}]}
            """
        );
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var id = (string)(await created.ObjectAsync())["id"]!;
        var root = "/api/v1/registrants/" + id;
        await AddUsersAsync();
        using var her = await SignInAsync("amira");
        using var officer = await SignInAsync("officer");
        using var second = await SignInAsync("second");

        await ConsentsAsync(her, partner, root, id);
        await ReportAsync(her, partner, root);
        await ExportAsync(her, officer, partner, root, id);
        await CorrectionAsync(her, root, id);
        await ErasureAsync(officer, second, her, root, id);
    }

    private static async Task ConsentsAsync(HttpClient her, HttpClient partner, string root, string id)
    {
        const string Terms =
            """{"purposes":["testing"],"fields":["surname"],"recipients":["narrow"],"collectionMethod":"web-form"}""";
        using var bad = await her.SendAsync(HttpMethod.Post, root + "/consents", Terms.Replace("surname", "no_such"));
        using var unknown = await her.SendAsync(HttpMethod.Post, root + "/consents", """{"purpose":"x"}""");
        using var byPartner = await partner.SendAsync(HttpMethod.Post, root + "/consents", Terms);
        using var given = await her.SendAsync(HttpMethod.Post, root + "/consents", Terms);
        var consent = await given.ObjectAsync();
        using var receipt = await her.GetAsync($"{root}/consents/{consent["id"]}/receipt");
        using var list = await her.GetAsync(root + "/consents");
        using var revoked = await her.SendAsync(HttpMethod.Post, $"{root}/consents/{consent["id"]}/revoke");
        using var nowhere = await her.GetAsync($"{root}/consents/{Guid.NewGuid():D}");

        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, byPartner.StatusCode);
        Assert.Equal(HttpStatusCode.Created, given.StatusCode);
        Assert.Equal((id, "given"), ((string?)consent["registrantId"], (string?)consent["state"]));
        Assert.Equal(id, (string?)(await receipt.ObjectAsync())["receipt"]!["record_header"]!["pii_principal_id"]);
        Assert.Single((await list.Content.ReadFromJsonAsync<JsonArray>())!);
        Assert.Equal("withdrawn", (string?)(await revoked.ObjectAsync())["state"]);
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    private static async Task ReportAsync(HttpClient her, HttpClient partner, string root)
    {
        using var read = await partner.GetAsync(root);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        var report = root + "/disclosures/report";
        using var json = await her.GetAsync(report + "?language=fr");
        using var page = await her.GetAsync(report + ".html?language=ara");
        using var table = await her.GetAsync(report + ".csv");
        using var wrongDay = await her.GetAsync(report + "?from=yesterday");
        using var wrongLanguage = await her.GetAsync(report + "?language=french");
        using var byPartner = await partner.GetAsync(report);

        var groups = (await json.ObjectAsync())["groups"]!.AsArray();
        var ofPartner = Assert.Single(groups, g => (string?)g!["readerKind"] == "partner")!;
        Assert.Equal("testing", (string?)ofPartner["purpose"]);
        Assert.Contains(ofPartner["fields"]!.AsArray(), f => (string?)f!["id"] == "birth_date");
        var text = await page.Content.ReadAsStringAsync();
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.Equal("text/csv", table.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(
            "month,institution,reader_kind,",
            await table.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.BadRequest, wrongDay.StatusCode);
        Assert.Contains("\"from\"", await wrongDay.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, wrongLanguage.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, byPartner.StatusCode);
    }

    private static async Task ExportAsync(
        HttpClient her,
        HttpClient officer,
        HttpClient partner,
        string root,
        string id
    )
    {
        using var json = await her.GetAsync(root + "/export");
        using var page = await her.GetAsync(root + "/export.html?language=es");
        using var onBehalf = await officer.GetAsync(root + "/export");
        using var byPartner = await partner.GetAsync(root + "/export");
        using var another = await her.GetAsync($"/api/v1/registrants/{Guid.NewGuid():D}/export");
        using var wrong = await her.GetAsync(root + "/export?language=x");

        var data = await json.ObjectAsync();
        Assert.Equal(id, (string?)data["record"]!["id"]);
        Assert.Equal(
            [
                "format",
                "record",
                "attestations",
                "consents",
                "documents",
                "requests",
                "versions",
                "changes",
                "disclosures",
            ],
            data.Select(m => m.Key)
        );
        Assert.Single(data["versions"]!.AsArray());
        Assert.Single(data["consents"]!.AsArray());
        var text = await page.Content.ReadAsStringAsync();
        Assert.Contains("Amira &lt;b&gt;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Amira <b>", text, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, onBehalf.StatusCode);
        Assert.Contains("Solbakk", await onBehalf.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, byPartner.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, another.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    /// <summary>She asks for corrections of her own record only, of fields that the catalogue opens to her.</summary>
    private static async Task CorrectionAsync(HttpClient her, string root, string id)
    {
        static string Body(string subject) =>
            $$$"""{"type":"edit_fields","subject":"{{{subject}}}","payload":{"values":{"surname":"Sol"}},"reason":"a slip","submit":true}""";
        using var closed = await her.SendAsync(HttpMethod.Post, "/api/v1/change-requests", Body(id));
        using var ofAnother = await her.SendAsync(
            HttpMethod.Post,
            "/api/v1/change-requests",
            Body(Guid.NewGuid().ToString("D"))
        );
        using var read = await her.GetAsync(root);

        Assert.Equal(HttpStatusCode.Forbidden, closed.StatusCode);
        Assert.Contains("not_self_service", await closed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.Created, ofAnother.StatusCode);
        Assert.Equal("Solbakk", (string?)(await read.ObjectAsync())["values"]!["surname"]);
    }

    private static async Task ErasureAsync(
        HttpClient officer,
        HttpClient second,
        HttpClient her,
        string root,
        string id
    )
    {
        const string Why = """{"ground":"act-7","reason":"she asked for it"}""";
        using var none = await officer.GetAsync(root + "/erasure");
        using var bad = await officer.SendAsync(
            HttpMethod.Post,
            root + "/erasure",
            """{"ground":"because of her","reason":"x"}"""
        );
        using var byHerself = await her.SendAsync(HttpMethod.Post, root + "/erasure", Why);
        using var asked = await officer.SendAsync(HttpMethod.Post, root + "/erasure", Why);
        using var own = await officer.SendAsync(HttpMethod.Post, root + "/erasure/confirm");
        using var done = await second.SendAsync(HttpMethod.Post, root + "/erasure/confirm");
        using var read = await officer.GetAsync(root);
        using var export = await officer.GetAsync(root + "/export");
        using var report = await officer.GetAsync(root + "/disclosures/report");
        using var stone = await officer.GetAsync(root + "/erasure");

        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, byHerself.StatusCode);
        Assert.Equal("requested", (string?)(await asked.ObjectAsync())["state"]);
        Assert.Equal(HttpStatusCode.Forbidden, own.StatusCode);
        var erased = await done.ObjectAsync();
        Assert.Equal((id, "erased"), ((string?)erased["registrantId"], (string?)erased["state"]));
        Assert.Equal(HttpStatusCode.Gone, read.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, export.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, report.StatusCode);
        Assert.Equal("erased", (string?)(await stone.ObjectAsync())["state"]);
    }

    private async Task AddUsersAsync()
    {
        var file = new JsonObject
        {
            ["users"] = new JsonArray(
                User("officer", "privacy-officer"),
                User("second", "privacy-officer"),
                User("amira", "person", Uin)
            ),
        };
        var setup = Running.App.Services.GetRequiredService<IAccessSetup>();
        var applied = await setup.ApplyAsync(
            Encoding.UTF8.GetBytes(file.ToJsonString()),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(3, applied.Require().UsersAdded);
    }

    private static JsonObject User(string name, string role, string? uin = null)
    {
        var user = new JsonObject
        {
            ["user"] = name,
            ["password"] = Password,
            ["roles"] = new JsonArray(role),
        };
        if (uin is not null)
        {
            user["registrant"] = new JsonObject { ["type"] = "UIN", ["value"] = uin };
        }

        return user;
    }

    private async Task<HttpClient> SignInAsync(string user)
    {
        var body = new JsonObject { ["user"] = user, ["password"] = Password };
        using var answer = await Running.Http.SendAsync(HttpMethod.Post, "/api/v1/session", body.ToJsonString());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var session = await answer.ObjectAsync();
        var client = new HttpClient { BaseAddress = Running.Http.BaseAddress, Timeout = Running.Http.Timeout };
        var cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        client.DefaultRequestHeaders.Add("X-CSRF-Token", (string)session["csrf"]!);
        return client;
    }
}
