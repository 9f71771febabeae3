using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using Xunit;

namespace SocialRegistry.Access.Tests.Sessions;

public sealed class SessionsOnSqlite(SqliteServer server) : SessionTests(server), IClassFixture<SqliteServer>;

public sealed class SessionsOnPostgres(PostgresServer server) : SessionTests(server), IClassFixture<PostgresServer>;

public abstract class SessionTests(AccessServer server) : AccessTests(server)
{
    private const string Session = "/api/v1/session";

    [Fact]
    public async Task Staff_sign_in_work_and_sign_out()
    {
        var user = await Server.UserAsync("registrar", "attestor");
        var browser = new Browser(Server);
        using var answer = await browser.SignInAsync(user.ToUpperInvariant(), AccessServer.Password);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("; httponly", browser.SetCookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=strict", browser.SetCookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/", browser.SetCookie, StringComparison.OrdinalIgnoreCase);

        using var write = await browser.SendAsync(HttpMethod.Post, "/probe/write");
        var seen = (await write.Content.ReadFromJsonAsync<SeenCaller>())!;
        Assert.Equal(("Staff", user, "probe"), (seen.Kind, seen.Id, seen.Channel));
        Assert.Equal(
            (string[])
                [
                    "attestations:write",
                    "consents:read",
                    "consents:write",
                    "documents:read",
                    "documents:write",
                    "imports:run",
                    "registrants:read",
                    "registrants:write",
                    "requests:review",
                    "requests:write",
                    "versions:read",
                    "versions:write",
                ],
            seen.Permissions
        );
        Assert.Equal(["*"], seen.Fields);

        using var look = await browser.SendAsync(HttpMethod.Get, Session);
        var session = (await look.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal((user, browser.Csrf), ((string)session["user"]!, (string)session["csrf"]!));

        using var signOut = await browser.SendAsync(HttpMethod.Delete, Session);
        Assert.Equal(HttpStatusCode.NoContent, signOut.StatusCode);
        Assert.Contains(
            "expires=Thu, 01 Jan 1970",
            Assert.Single(signOut.Headers.GetValues("Set-Cookie")),
            StringComparison.Ordinal
        );
        using var after = await browser.SendAsync(HttpMethod.Get, "/probe/read");
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
        Assert.Equal(
            "urn:social-registry:problem:access.session_over",
            (string)(await after.Content.ReadFromJsonAsync<JsonObject>())!["type"]!
        );
    }

    [Fact]
    public async Task Over_https_the_cookie_is_secure_and_bound_to_the_host()
    {
        var user = await Server.UserAsync("registrar");
        var browser = new Browser(Server);
        using var answer = await browser.SignInAsync(user, AccessServer.Password, "https://registry.test");
        Assert.StartsWith("__Host-", browser.SetCookie, StringComparison.Ordinal);
        Assert.Contains("; secure", browser.SetCookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", browser.SetCookie, StringComparison.OrdinalIgnoreCase);
        using var read = await browser.SendAsync(HttpMethod.Get, "/probe/read", baseUrl: "https://registry.test");
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }

    [Fact]
    public async Task A_write_needs_the_CSRF_token_of_this_very_session()
    {
        var user = await Server.UserAsync("registrar");
        var (mine, other) = (new Browser(Server), new Browser(Server));
        await mine.SignInAsync(user, AccessServer.Password);
        await other.SignInAsync(user, AccessServer.Password);
        var right = mine.Csrf;
        foreach (var wrong in (string?[])[null, "x", right + "x", other.Csrf])
        {
            mine.Csrf = wrong;
            using var refused = await mine.SendAsync(HttpMethod.Post, "/probe/write");
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Equal(
                "urn:social-registry:problem:session.csrf",
                (string)(await refused.Content.ReadFromJsonAsync<JsonObject>())!["type"]!
            );
            Assert.Equal(HttpStatusCode.Forbidden, await mine.StatusAsync(HttpMethod.Delete, Session));
            Assert.Equal(HttpStatusCode.OK, await mine.StatusAsync(HttpMethod.Get, "/probe/read"));
        }

        mine.Csrf = right;
        Assert.Equal(HttpStatusCode.OK, await mine.StatusAsync(HttpMethod.Post, "/probe/write"));
    }

    [Fact]
    public async Task A_session_ends_when_idle_and_after_its_longest_time()
    {
        var user = await Server.UserAsync("registrar");
        var (idle, busy) = (new Browser(Server), new Browser(Server));
        await idle.SignInAsync(user, AccessServer.Password);
        await busy.SignInAsync(user, AccessServer.Password);
        Server.Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(HttpStatusCode.OK, await busy.StatusAsync(HttpMethod.Get, "/probe/read"));
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await idle.StatusAsync(HttpMethod.Get, "/probe/read"));
        for (var minutes = 15; minutes < 12 * 60; minutes += 10)
        {
            Assert.Equal(HttpStatusCode.OK, await busy.StatusAsync(HttpMethod.Get, "/probe/read"));
            Server.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await busy.StatusAsync(HttpMethod.Get, "/probe/read"));
    }

    [Theory]
    [InlineData("social-registry-session=")]
    [InlineData("social-registry-session=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData(
        "social-registry-session=%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00%00"
    )]
    public async Task A_made_up_cookie_opens_nothing(string cookie)
    {
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await new Browser(Server) { Cookie = cookie }.StatusAsync(HttpMethod.Get, "/probe/read")
        );
    }

    [Fact]
    public async Task The_system_administrator_reads_no_person()
    {
        var browser = new Browser(Server);
        await browser.SignInAsync(await Server.UserAsync("system-administrator"), AccessServer.Password);
        using var read = await browser.SendAsync(HttpMethod.Get, "/probe/read");
        Assert.Equal(HttpStatusCode.Forbidden, read.StatusCode);
        Assert.Empty(read.Headers.WwwAuthenticate);
        using var list = await browser.SendAsync(HttpMethod.Get, "/api/v1/partners");
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
        using var any = await browser.SendAsync(HttpMethod.Post, "/probe/signed-in");
        var seen = (await any.Content.ReadFromJsonAsync<SeenCaller>())!;
        Assert.Equal(["access:manage"], seen.Permissions);
        Assert.Empty(seen.Fields);
    }

    [Fact]
    public async Task A_role_taken_is_gone_with_the_next_request()
    {
        var entry = AccessServer.UserEntry("demoted", "registrar");
        await Server.BootstrapAsync(new JsonObject { ["users"] = new JsonArray(entry) });
        var browser = new Browser(Server);
        await browser.SignInAsync("demoted", AccessServer.Password);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(HttpMethod.Get, "/probe/read"));

        await Server.BootstrapAsync(
            new JsonObject { ["users"] = new JsonArray(AccessServer.UserEntry("demoted", "auditor")) }
        );
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync(HttpMethod.Get, "/probe/read"));
        await browser.SignInAsync("demoted", AccessServer.Password);
        Assert.Equal(HttpStatusCode.Forbidden, await browser.StatusAsync(HttpMethod.Get, "/probe/read"));
    }

    [Fact]
    public async Task A_person_is_bound_to_her_record_once_it_exists()
    {
        var entry = AccessServer.UserEntry("amina", "person");
        entry["registrant"] = new JsonObject { ["type"] = "nationalid", ["value"] = "UIN-4711-X" };
        await Server.BootstrapAsync(new JsonObject { ["users"] = new JsonArray(entry) });

        var early = new Browser(Server);
        await early.SignInAsync("amina", AccessServer.Password);
        using (var answer = await early.SendAsync(HttpMethod.Get, "/probe/read"))
        {
            Assert.Null((await answer.Content.ReadFromJsonAsync<SeenCaller>())!.Self);
        }

        var id = RegistrantId.New(Server.Clock);
        Server.Registrants.Known[new Identifier("UIN", "UIN-4711-X")] = id;
        var browser = new Browser(Server);
        using var signIn = await browser.SignInAsync("amina", AccessServer.Password);
        Assert.Equal(id.ToString(), (string)(await signIn.Content.ReadFromJsonAsync<JsonObject>())!["registrant"]!);
        Assert.Equal(CallerKind.System, Server.Registrants.LastCaller!.Kind);
        using var read = await browser.SendAsync(HttpMethod.Get, "/probe/read");
        var seen = (await read.Content.ReadFromJsonAsync<SeenCaller>())!;
        Assert.Equal(("Person", id.ToString(), "self-service"), (seen.Kind, seen.Self, seen.Purpose));
        Assert.Empty(seen.Filters);
        Assert.DoesNotContain("registrants:write", seen.Permissions);
    }

    [Fact]
    public async Task A_one_time_code_that_nobody_set_up_is_refused_and_not_passed_over()
    {
        var user = await Server.UserAsync("registrar");
        using var answer = await PostAsync(
            new JsonObject
            {
                ["user"] = user,
                ["password"] = AccessServer.Password,
                ["code"] = "123456",
            }.ToJsonString()
        );
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("urn:social-registry:problem:session.code_not_enrolled", (string)problem["type"]!);
        Assert.Equal(["field", "code", "detail"], problem["errors"]![0]!.AsObject().Select(member => member.Key));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("""{"user":"a"}""", 400)]
    [InlineData("""{"user":"a","password":null}""", 400)]
    [InlineData("""{"user":1,"password":"b"}""", 400)]
    [InlineData("""{"user":"a","password":"b","remember":true}""", 400)]
    [InlineData("""{"user":"a","user":"a","password":"b"}""", 400)]
    [InlineData("""{"user":"a","password":"b" """, 400)]
    [InlineData("[]", 400)]
    [InlineData("", 400)]
    [InlineData("""{"user":"\u0000","password":"b"}""", 401)]
    [InlineData("""{"user":"","password":""}""", 401)]
    public async Task A_bad_body_is_refused(string body, int status)
    {
        using var answer = await PostAsync(body);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_bad_input_and_no_fault_of_ours()
    {
        foreach (var body in (string[])["""{"user":"\ud800","password":"b"}""", """{"user":"a","password":"\udc00"}"""])
        {
            using var answer = await PostAsync(body);
            Assert.True(
                answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized,
                $"{answer.StatusCode}"
            );
        }
    }

    [Fact]
    public async Task Everybody_may_change_the_own_password_which_ends_the_other_sessions()
    {
        var user = await Server.UserAsync("registrar");
        var (mine, other) = (new Browser(Server), new Browser(Server));
        await mine.SignInAsync(user, AccessServer.Password);
        await other.SignInAsync(user, AccessServer.Password);

        foreach (
            var weak in (string[])["short", AccessServer.Password, user, new string('x', 257), "control\u0001character"]
        )
        {
            Assert.Equal(HttpStatusCode.BadRequest, await ChangeAsync(mine, AccessServer.Password, weak));
        }

        Assert.Equal(HttpStatusCode.Forbidden, await ChangeAsync(mine, "not the password", "another good password"));
        Assert.Equal(HttpStatusCode.NoContent, await ChangeAsync(mine, AccessServer.Password, "another good password"));
        Assert.Equal(HttpStatusCode.OK, await mine.StatusAsync(HttpMethod.Get, "/probe/read"));
        Assert.Equal(HttpStatusCode.Unauthorized, await other.StatusAsync(HttpMethod.Get, "/probe/read"));
        using var old = await other.SignInAsync(user, AccessServer.Password);
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        using var fresh = await other.SignInAsync(user, "another good password");
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
    }

    [Fact]
    public async Task A_partner_has_no_session()
    {
        using var client = Server.ClientWith(await Server.TokenAsync(await Server.PartnerAsync()));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(Session)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.DeleteAsync(Session)).StatusCode);
    }

    private static async Task<HttpStatusCode> ChangeAsync(Browser browser, string password, string newPassword)
    {
        using var answer = await browser.SendAsync(
            HttpMethod.Put,
            Session + "/password",
            new JsonObject { ["password"] = password, ["newPassword"] = newPassword }
        );
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> PostAsync(string body)
    {
        using var client = Server.Client("203.0.113.77");
        return await client.PostAsync(Session, new StringContent(body, Encoding.UTF8, "application/json"));
    }
}
