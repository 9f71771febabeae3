using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using SocialRegistry.Access.Codes;
using SocialRegistry.Access.Tests.Sessions;
using SocialRegistry.Contracts;
using Xunit;

namespace SocialRegistry.Access.Tests.Codes;

public sealed class CodesOnSqlite(SqliteServer server) : CodeTests(server), IClassFixture<SqliteServer>;

public sealed class CodesOnPostgres(PostgresServer server) : CodeTests(server), IClassFixture<PostgresServer>;

/// <summary>The published vectors.</summary>
public sealed class CodeVectorTests
{
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    // RFC 6238 appendix B, mode SHA1, the last six of eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_RFC_6238(long seconds, string code) =>
        Assert.Equal(code, OneTimeCode.Of(Secret, OneTimeCode.StepOf(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    // RFC 4226 appendix D.
    [Theory]
    [InlineData(0, "755224")]
    [InlineData(1, "287082")]
    [InlineData(9, "520489")]
    public void Codes_are_those_of_RFC_4226(long counter, string code) =>
        Assert.Equal(code, OneTimeCode.Of(Secret, counter));

    // RFC 4648 §10, without padding.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_RFC_4648(string bytes, string text) =>
        Assert.Equal(text, Base32.Encode(Encoding.ASCII.GetBytes(bytes)));

    [Fact]
    public void A_code_counts_one_step_early_and_one_late_and_never_again()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(3_000_000);
        var step = OneTimeCode.StepOf(now);
        for (var offset = -2; offset <= 2; offset++)
        {
            var found = OneTimeCode.Step(Secret, OneTimeCode.Of(Secret, step + offset), now, lastStep: 0);
            Assert.Equal(Math.Abs(offset) <= 1 ? step + offset : null, found);
        }

        Assert.Null(OneTimeCode.Step(Secret, OneTimeCode.Of(Secret, step), now, lastStep: step));
        Assert.Null(OneTimeCode.Step(Secret, "", now, lastStep: 0));
    }
}

/// <summary>A second factor: set up by the person herself, asked at each sign-in, demanded by a role.</summary>
public abstract class CodeTests(AccessServer server) : AccessTests(server)
{
    private const string Path = "/api/v1/session/codes";

    [Fact]
    public async Task Once_set_up_a_sign_in_needs_a_code_that_counts_once()
    {
        var (user, secret, _) = await SetUpAsync();
        using (var without = await SignInAsync(user, null))
        {
            Assert.Equal((HttpStatusCode.Unauthorized, "session.code_required"), await ReadAsync(without));
        }

        using (var wrong = await SignInAsync(user, "000000"))
        {
            Assert.Equal((HttpStatusCode.Unauthorized, "session.code_wrong"), await ReadAsync(wrong));
        }

        Server.Clock.Advance(TimeSpan.FromSeconds(60));
        var code = CodeOf(secret);
        using (var right = await SignInAsync(user, code))
        {
            Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        }

        using var again = await SignInAsync(user, code);
        Assert.Equal((HttpStatusCode.Unauthorized, "session.code_wrong"), await ReadAsync(again));
    }

    [Fact]
    public async Task The_same_code_twice_at_once_opens_one_session()
    {
        var (user, secret, _) = await SetUpAsync();
        Server.Clock.Advance(TimeSpan.FromSeconds(60));
        var code = CodeOf(secret);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => SignInAsync(user, code))));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task A_recovery_code_counts_once_and_codes_go_on()
    {
        var (user, secret, recovery) = await SetUpAsync();
        Assert.Equal(10, recovery.Count);
        using (var first = await SignInAsync(user, recovery[3].ToLowerInvariant()))
        {
            Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        }

        using (var again = await SignInAsync(user, recovery[3]))
        {
            Assert.Equal((HttpStatusCode.Unauthorized, "session.code_wrong"), await ReadAsync(again));
        }

        using (var other = await SignInAsync(user, recovery[4].Replace("-", "", StringComparison.Ordinal)))
        {
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }

        Server.Clock.Advance(TimeSpan.FromSeconds(60));
        using var code = await SignInAsync(user, CodeOf(secret));
        Assert.Equal(HttpStatusCode.OK, code.StatusCode);
    }

    [Fact]
    public async Task Who_has_the_password_alone_cannot_guess_codes_for_ever()
    {
        var (user, _, _) = await SetUpAsync();
        for (var i = 0; i < 5; i++)
        {
            // Signing in without a code in between does not make good for a wrong one.
            using var wrong = await SignInAsync(user, i % 2 == 0 ? "00000" + i : null, "203.0.113.201");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var locked = await SignInAsync(user, "000009", "203.0.113.201");
        Assert.Equal(HttpStatusCode.TooManyRequests, locked.StatusCode);
    }

    [Fact]
    public async Task Neither_secret_nor_recovery_codes_stand_in_the_database_or_the_log()
    {
        var (_, secret, recovery) = await SetUpAsync();
        var text = await Rows.OfAllAsync(Server.Database) + Server.Log.Text;
        Assert.DoesNotContain(Convert.ToHexString(secret), text, StringComparison.Ordinal);
        Assert.DoesNotContain(Base32.Encode(secret), text, StringComparison.Ordinal);
        Assert.All(recovery, code => Assert.DoesNotContain(code, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Setting_up_needs_the_password_and_a_first_code()
    {
        var browser = await BrowserAsync(await Server.UserAsync("registrar"));
        using (
            var wrong = await browser.SendAsync(
                HttpMethod.Post,
                Path,
                new JsonObject { ["password"] = "not the password" }
            )
        )
        {
            Assert.Equal((HttpStatusCode.Forbidden, "session.refused"), await ReadAsync(wrong));
        }

        using (
            var early = await browser.SendAsync(
                HttpMethod.Post,
                Path + "/confirm",
                new JsonObject { ["code"] = "123456" }
            )
        )
        {
            Assert.Equal((HttpStatusCode.Conflict, "session.codes_not_begun"), await ReadAsync(early));
        }

        await BeginAsync(browser);
        using (
            var wrong = await browser.SendAsync(
                HttpMethod.Post,
                Path + "/confirm",
                new JsonObject { ["code"] = "1234567" }
            )
        )
        {
            Assert.Equal((HttpStatusCode.Forbidden, "session.code_wrong"), await ReadAsync(wrong));
        }

        using var session = await browser.SendAsync(HttpMethod.Get, "/api/v1/session");
        Assert.False((bool)JsonNode.Parse(await session.Content.ReadAsStringAsync())!["codesSetUp"]!);
    }

    [Fact]
    public async Task Codes_are_ended_with_password_and_code_and_not_replaced_without()
    {
        var (user, secret, _) = await SetUpAsync();
        Server.Clock.Advance(TimeSpan.FromSeconds(60));
        var browser = new Browser(Server);
        using (await browser.SignInAsync(user, AccessServer.Password, code: CodeOf(secret))) { }
        using (
            var again = await browser.SendAsync(
                HttpMethod.Post,
                Path,
                new JsonObject { ["password"] = AccessServer.Password }
            )
        )
        {
            Assert.Equal((HttpStatusCode.Conflict, "session.codes_set_up"), await ReadAsync(again));
        }

        foreach (var (password, code) in ((string, string)[])[("wrong password", "x"), (AccessServer.Password, "x")])
        {
            using var refused = await EndAsync(browser, password, code);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        Server.Clock.Advance(TimeSpan.FromSeconds(60));
        using (var ended = await EndAsync(browser, AccessServer.Password, CodeOf(secret)))
        {
            Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        }

        using var plain = await SignInAsync(user, null);
        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
    }

    [Fact]
    public async Task A_role_can_demand_codes_and_gives_nothing_until_they_are_set_up()
    {
        var admin = await Administrator.SignInAsync(Server);
        var name = "coded-" + Guid.NewGuid().ToString("N")[..8];
        var role = new JsonObject
        {
            ["name"] = name,
            ["title"] = "Careful",
            ["purposes"] = new JsonArray("testing"),
            ["permissions"] = new JsonArray(Permissions.ReadRegistrants),
            ["codeRequired"] = true,
        };
        Assert.Equal(201, (await admin.PostAsync("/roles", role)).Status);
        var browser = await BrowserAsync(await Server.UserAsync(name));
        using (var refused = await browser.SendAsync(HttpMethod.Get, "/probe/read"))
        {
            Assert.Equal((HttpStatusCode.Forbidden, "session.codes_missing"), await ReadAsync(refused));
        }

        await ConfirmAsync(browser, await BeginAsync(browser));
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(HttpMethod.Get, "/probe/read"));
    }

    [Fact]
    public async Task An_administrator_takes_codes_off_whoever_lost_her_device()
    {
        var admin = await Administrator.SignInAsync(Server);
        var (user, _, _) = await SetUpAsync();
        var all = (await admin.GetAsync("/users?size=500")).Body["items"]!.AsArray();
        var id = (string)all.Single(u => (string)u!["user"]! == user)!["id"]!;
        var ended = await admin.DeleteAsync($"/users/{id}/codes");
        Assert.Equal((200, false), (ended.Status, (bool)ended.Body["codesSetUp"]!));
        using var plain = await SignInAsync(user, null);
        Assert.Equal(HttpStatusCode.OK, plain.StatusCode);
    }

    private async Task<(string User, byte[] Secret, List<string> Recovery)> SetUpAsync()
    {
        var user = await Server.UserAsync("registrar");
        var browser = await BrowserAsync(user);
        var secret = await BeginAsync(browser);
        return (user, secret, await ConfirmAsync(browser, secret));
    }

    private async Task<Browser> BrowserAsync(string user)
    {
        var browser = new Browser(Server);
        using var answer = await browser.SignInAsync(user, AccessServer.Password);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return browser;
    }

    private static async Task<byte[]> BeginAsync(Browser browser)
    {
        using var begun = await browser.SendAsync(
            HttpMethod.Post,
            Path,
            new JsonObject { ["password"] = AccessServer.Password }
        );
        Assert.Equal(HttpStatusCode.OK, begun.StatusCode);
        var body = JsonNode.Parse(await begun.Content.ReadAsStringAsync())!;
        var text = (string)body["secret"]!;
        Assert.StartsWith("otpauth://totp/registry.test:user-", (string)body["uri"]!, StringComparison.Ordinal);
        Assert.EndsWith($"?secret={text}&issuer=registry.test", (string)body["uri"]!, StringComparison.Ordinal);
        return Decode(text);
    }

    private async Task<List<string>> ConfirmAsync(Browser browser, byte[] secret)
    {
        using var confirmed = await browser.SendAsync(
            HttpMethod.Post,
            Path + "/confirm",
            new JsonObject { ["code"] = CodeOf(secret) }
        );
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        return
        [
            .. JsonNode.Parse(await confirmed.Content.ReadAsStringAsync())!["recoveryCodes"]!
                .AsArray()
                .Select(code => (string)code!),
        ];
    }

    private static Task<HttpResponseMessage> EndAsync(Browser browser, string password, string code) =>
        browser.SendAsync(HttpMethod.Post, Path + "/end", new JsonObject { ["password"] = password, ["code"] = code });

    private Task<HttpResponseMessage> SignInAsync(string user, string? code, string? address = null) =>
        new Browser(Server, address).SignInAsync(user, AccessServer.Password, code: code);

    private string CodeOf(byte[] secret) => OneTimeCode.Of(secret, OneTimeCode.StepOf(Server.Clock.GetUtcNow()));

    private static async Task<(HttpStatusCode, string)> ReadAsync(HttpResponseMessage answer) =>
        (
            answer.StatusCode,
            ((string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["type"]!).Split(':')[^1]
        );

    private static byte[] Decode(string text)
    {
        var bits = string.Concat(
            text.Select(c =>
                Convert
                    .ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2)
                    .PadLeft(5, '0')
            )
        );
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
