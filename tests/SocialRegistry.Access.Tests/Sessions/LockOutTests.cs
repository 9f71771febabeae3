using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Storage;
using Xunit;

namespace SocialRegistry.Access.Tests.Sessions;

public sealed class LockOutOnSqlite(SqliteServer server) : LockOutTests(server), IClassFixture<SqliteServer>;

public sealed class LockOutOnPostgres(PostgresServer server) : LockOutTests(server), IClassFixture<PostgresServer>;

public abstract class LockOutTests(AccessServer server) : AccessTests(server)
{
    private const string Wrong = "certainly not right";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_five_wrong_passwords_a_name_is_locked_whether_anybody_has_it_or_not(bool known)
    {
        var user = known ? await Server.UserAsync("registrar") : "nobody-" + Guid.NewGuid().ToString("N");
        var browser = new Browser(Server, known ? "203.0.113.1" : "203.0.113.2");
        for (var i = 0; i < 5; i++)
        {
            using var refused = await browser.SignInAsync(user, Wrong);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Equal(
                """{"type":"urn:social-registry:problem:session.refused","title":"Unauthenticated","status":401,"detail":"User or password is wrong."}""",
                WithoutTrace(await refused.Content.ReadAsStringAsync())
            );
        }

        await AssertLockedAsync(browser, user, 30);
        // Right or wrong does not matter now, nor does the address.
        await AssertLockedAsync(new Browser(Server, "203.0.113.3"), user, 30, AccessServer.Password);

        Server.Clock.Advance(TimeSpan.FromSeconds(31));
        using (var sixth = await browser.SignInAsync(user, Wrong))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, sixth.StatusCode);
        }

        await AssertLockedAsync(browser, user, 60);
        Server.Clock.Advance(TimeSpan.FromSeconds(61));
        using var right = await browser.SignInAsync(user, AccessServer.Password);
        Assert.Equal(known ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, right.StatusCode);
        if (known)
        {
            using var again = await browser.SignInAsync(user, Wrong);
            Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
            using var free = await browser.SignInAsync(user, AccessServer.Password);
            Assert.Equal(HttpStatusCode.OK, free.StatusCode);
        }
    }

    [Fact]
    public async Task The_longest_lock_is_sixteen_minutes()
    {
        var user = "nobody-" + Guid.NewGuid().ToString("N");
        for (var i = 0; i < 12; i++)
        {
            using var refused = await new Browser(Server, $"203.0.113.{i + 10}").SignInAsync(user, Wrong);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Server.Clock.Advance(
                TimeSpan.FromSeconds(
                    i < 4 ? 0
                    : i < 11 ? 960
                    : 1
                )
            );
        }

        await AssertLockedAsync(new Browser(Server, "203.0.113.30"), user, 959);
    }

    [Fact]
    public async Task Failures_are_forgotten_after_an_hour()
    {
        var user = await Server.UserAsync("registrar");
        var browser = new Browser(Server, "203.0.113.40");
        for (var i = 0; i < 4; i++)
        {
            using var refused = await browser.SignInAsync(user, Wrong);
        }

        Server.Clock.Advance(TimeSpan.FromMinutes(61));
        using var fifth = await browser.SignInAsync(user, Wrong);
        Assert.Equal(HttpStatusCode.Unauthorized, fifth.StatusCode);
        using var right = await browser.SignInAsync(user, AccessServer.Password);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task Guesses_sent_all_at_once_are_no_more_than_guesses_one_by_one()
    {
        var user = await Server.UserAsync("registrar");
        var browser = new Browser(Server, "203.0.113.50");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Task.Run(() => browser.SignInAsync(user, Wrong)))
        );
        Assert.Equal(5, answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task An_address_that_tries_many_names_is_locked_alone()
    {
        var user = await Server.UserAsync("registrar");
        var here = new Browser(Server, "203.0.113.60");
        for (var i = 0; i < 50; i++)
        {
            using var refused = await here.SignInAsync("guess-" + i, Wrong);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        await AssertLockedAsync(here, user, 30, AccessServer.Password);
        using var elsewhere = await new Browser(Server, "203.0.113.61").SignInAsync(user, AccessServer.Password);
        Assert.Equal(HttpStatusCode.OK, elsewhere.StatusCode);
    }

    [Fact]
    public async Task Neither_names_nor_addresses_nor_passwords_are_kept_or_logged()
    {
        using var refused = await new Browser(Server, "203.0.113.70").SignInAsync("typed-my-password-here", Wrong);
        var rows = await Rows.OfAsync(Server.Database, "sign_in_failures");
        Assert.NotEmpty(rows);
        foreach (var secret in (string[])["typed-my-password-here", "203.0.113", Wrong])
        {
            Assert.DoesNotContain(secret, rows, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(secret, Server.Log.Text, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task AssertLockedAsync(Browser browser, string user, int seconds, string password = Wrong)
    {
        using var locked = await browser.SignInAsync(user, password);
        Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(seconds), locked.Headers.RetryAfter!.Delta);
        Assert.Equal(
            "urn:social-registry:problem:session.locked",
            (string)(await locked.Content.ReadFromJsonAsync<JsonObject>())!["type"]!
        );
    }

    private static string WithoutTrace(string problem)
    {
        var node = JsonNode.Parse(problem)!.AsObject();
        node.Remove("traceId");
        return node.ToJsonString();
    }
}
