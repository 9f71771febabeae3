using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Access.Tests.Sessions;
using SocialRegistry.Contracts;
using Xunit;

namespace SocialRegistry.Access.Tests.Setup;

public sealed class BootstrapOnSqlite(SqliteServer server) : BootstrapTests(server), IClassFixture<SqliteServer>;

public sealed class BootstrapOnPostgres(PostgresServer server) : BootstrapTests(server), IClassFixture<PostgresServer>;

public abstract class BootstrapTests(AccessServer server) : AccessTests(server)
{
    [Fact]
    public async Task Applying_a_file_twice_changes_nothing()
    {
        var file = Full("twice");
        Assert.Equal(new AppliedBootstrap(1, 0, 2, 0), await Server.BootstrapAsync(file));
        var before = await Rows.OfAllAsync(Server.Database);
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(new AppliedBootstrap(0, 0, 0, 0), await Server.BootstrapAsync(file));
        Assert.Equal(before, await Rows.OfAllAsync(Server.Database));
    }

    [Fact]
    public async Task What_differs_is_changed_and_nothing_else()
    {
        await Server.BootstrapAsync(Full("differs"));
        var changed = Full("differs");
        changed["partners"]![0]!["secret"] = "another-secret-0123456789";
        changed["users"]![1]!["registrant"]!["value"] = "UIN-0002";
        Assert.Equal(new AppliedBootstrap(0, 1, 0, 1), await Server.BootstrapAsync(changed));
        using var client = Server.Client("203.0.113.90");
        foreach (
            var (secret, status) in ((string, HttpStatusCode)[])
                [
                    ("another-secret-0123456789", HttpStatusCode.OK),
                    (AccessServer.PartnerSecret, HttpStatusCode.Unauthorized),
                ]
        )
        {
            using var answer = await client.PostAsync(
                "/oauth2/client/token",
                new FormUrlEncodedContent(
                    new Dictionary<string, string>
                    {
                        ["grant_type"] = "client_credentials",
                        ["client_id"] = "differs-partner",
                        ["client_secret"] = secret,
                    }
                )
            );
            Assert.Equal(status, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_password_the_user_chose_stays_when_the_file_comes_again()
    {
        var file = Full("own");
        await Server.BootstrapAsync(file);
        var browser = new Browser(Server);
        await browser.SignInAsync("own-registrar", AccessServer.Password);
        using var changed = await browser.SendAsync(
            HttpMethod.Put,
            "/api/v1/session/password",
            new JsonObject { ["password"] = AccessServer.Password, ["newPassword"] = "one of my very own" }
        );
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal(new AppliedBootstrap(0, 0, 0, 0), await Server.BootstrapAsync(file));
        using var signIn = await browser.SignInAsync("own-registrar", "one of my very own");
        Assert.Equal(HttpStatusCode.OK, signIn.StatusCode);

        file["users"]![0]!["password"] = "a new one from the file";
        Assert.Equal(new AppliedBootstrap(0, 0, 0, 1), await Server.BootstrapAsync(file));
        using var given = await browser.SignInAsync("own-registrar", "a new one from the file");
        Assert.Equal(HttpStatusCode.OK, given.StatusCode);
    }

    [Fact]
    public async Task Neither_secrets_nor_identifiers_stand_in_the_database_or_the_log()
    {
        await Server.BootstrapAsync(Full("clear"));
        var rows = await Rows.OfAllAsync(Server.Database);
        Assert.Contains("clear-partner", rows, StringComparison.Ordinal);
        foreach (var secret in (string[])[AccessServer.PartnerSecret, AccessServer.Password, "UIN-0001"])
        {
            foreach (
                var form in (string[])
                    [
                        secret,
                        Convert.ToHexString(Encoding.UTF8.GetBytes(secret)),
                        Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)),
                    ]
            )
            {
                Assert.DoesNotContain(form, rows, StringComparison.Ordinal);
                Assert.DoesNotContain(form, Server.Log.Text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_file_that_begins_with_a_byte_order_mark_is_read()
    {
        byte[] file = [0xEF, 0xBB, 0xBF, .. JsonSerializer.SerializeToUtf8Bytes(Full("bom"))];
        Assert.True((await Server.Setup.ApplyAsync(file, CancellationToken.None)).Succeeded);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(
        """{"$schema":"x","partners":[],"users":null,"fields":[],"codeLists":[],"areas":[],"credentialTypes":[],"attestationPolicies":[],"govstack":{},"identityProviders":[],"options":{}}"""
    )]
    public async Task Empty_sections_are_fine(string file)
    {
        Assert.Equal(
            new AppliedBootstrap(0, 0, 0, 0),
            (await Server.Setup.ApplyAsync(Encoding.UTF8.GetBytes(file), CancellationToken.None)).Require()
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"partners":[],}""")]
    [InlineData("""{"partners":[],"partners":[]}""")]
    [InlineData("""{"partners":[{"id":"a","id":"b"}]}""")]
    [InlineData("/* no */ {}")]
    public async Task What_is_not_strict_JSON_is_refused(string file)
    {
        var outcome = await Server.Setup.ApplyAsync(Encoding.UTF8.GetBytes(file), CancellationToken.None);
        Assert.Equal("bootstrap.json_invalid", outcome.Problem!.Code);
    }

    [Fact]
    public async Task Deep_large_and_badly_encoded_files_are_refused()
    {
        foreach (
            var (file, code) in ((byte[], string)[])
                [
                    (Encoding.UTF8.GetBytes(new string('[', 1000) + new string(']', 1000)), "bootstrap.json_invalid"),
                    ([.. "{\"$schema\":\""u8, 0xFF, .. "\"}"u8], "bootstrap.json_invalid"),
                    (Encoding.Unicode.GetBytes("{}"), "bootstrap.json_invalid"),
                    (new byte[IAccessSetup.MaxBytes + 1], "bootstrap.too_large"),
                ]
        )
        {
            var outcome = await Server.Setup.ApplyAsync(file, CancellationToken.None);
            Assert.Equal(code, outcome.Problem!.Code);
        }
    }

    public static TheoryData<string, string, string> WrongPlaces =>
        new()
        {
            { "[]", "$", "type" },
            { """{"partner":[]}""", "$.partner", "unknown" },
            { """{"partners":{}}""", "$.partners", "type" },
            { """{"partners":[7]}""", "$.partners[0]", "type" },
            { Partner("""{"scopes":[],"secret":"0123456789abcdef"}"""), "$.partners[0].id", "required" },
            { Partner("""{"id":"","scopes":[],"secret":"0123456789abcdef"}"""), "$.partners[0].id", "type" },
            { Partner("""{"id":"a b","scopes":[],"secret":"0123456789abcdef"}"""), "$.partners[0].id", "pattern" },
            { Partner("""{"id":"\ud800","scopes":[],"secret":"0123456789abcdef"}"""), "$.partners[0].id", "type" },
            { Partner("""{"id":"a","secret":"0123456789abcdef"}"""), "$.partners[0].scopes", "required" },
            { Partner("""{"id":"a","scopes":[]}"""), "$.partners[0]", "required" },
            { Partner("""{"id":"a","scopes":[],"secret":"0123456789abcde"}"""), "$.partners[0].secret", "length" },
            { Partner("""{"id":"a","scopes":[],"secret":7}"""), "$.partners[0].secret", "type" },
            { Good(""" "scopes":["registrants:read","everything"] """), "$.partners[0].scopes[1]", "unknown" },
            { Good(""" "scopes":["registrants:read","registrants:read"] """), "$.partners[0].scopes[1]", "duplicate" },
            { Good(""" "scopes":"registrants:read" """), "$.partners[0].scopes", "type" },
            {
                Good(""" "scopes":[],"attributes":["given_name","shoe_size"] """),
                "$.partners[0].attributes[1]",
                "unknown"
            },
            { Good(""" "scopes":[],"attributes":["place"] """), "$.partners[0].attributes[0]", "unknown" },
            { Good(""" "scopes":[],"attributes":["*"] """), "$.partners[0].attributes[0]", "unknown" },
            { Good(""" "scopes":[],"attributes":"given_name" """), "$.partners[0].attributes", "unknown" },
            { Good(""" "scopes":[],"filters":[1] """), "$.partners[0].filters[0]", "type" },
            {
                Good(""" "scopes":[],"population":{"field":"shoe_size","op":"eq","value":1} """),
                "$.partners[0].population.field",
                "unknown"
            },
            {
                Good(""" "scopes":[],"population":{"everybody":true} """),
                "$.partners[0].population.everybody",
                "unknown"
            },
            { Good(""" "scopes":[],"population":"all" """), "$.partners[0].population", "type" },
            {
                Good(""" "scopes":[],"population":{"field":"birth_date","op":"ge","value":"soon"} """),
                "$.partners[0].population.value",
                "type"
            },
            { Good(""" "scopes":[],"signature":"maybe" """), "$.partners[0].signature", "unknown" },
            { Good(""" "scopes":[],"signature":"required" """), "$.partners[0]", "keys" },
            { Good(""" "scopes":[],"dialect":"dci" """), "$.partners[0].dialect", "unknown" },
            { Good(""" "scopes":[],"purposes":["a b"] """), "$.partners[0].purposes[0]", "pattern" },
            {
                Good(""" "scopes":[],"callbackHosts":["https://x.test"] """),
                "$.partners[0].callbackHosts[0]",
                "pattern"
            },
            { Good(""" "scopes":[],"callbackHosts":["u@x.test"] """), "$.partners[0].callbackHosts[0]", "pattern" },
            { Good(""" "scopes":[],"callbackHosts":["x.test/path"] """), "$.partners[0].callbackHosts[0]", "pattern" },
            { Good(""" "scopes":[],"rateLimit":5 """), "$.partners[0].rateLimit", "unknown" },
            { Good(""" "scopes":[],"jwks":{"keys":[]} """), "$.partners[0].jwks", "type" },
            {
                Good(""" "scopes":[],"jwks":{"keys":[{"kty":"oct","k":"c2VjcmV0"}]} """),
                "$.partners[0].jwks.keys[0]",
                "key"
            },
            {
                Good(""" "scopes":[],"jwks":{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]} """),
                "$.partners[0].jwks.keys[0]",
                "key"
            },
            {
                """{"partners":[{"id":"a","scopes":[],"secret":"0123456789abcdef"},{"id":"a","scopes":[],"secret":"0123456789abcdef"}]}""",
                "$.partners[1].id",
                "duplicate"
            },
            { User("""{"password":"a long enough password","roles":["registrar"]}"""), "$.users[0].user", "required" },
            {
                User("""{"user":" a","password":"a long enough password","roles":["registrar"]}"""),
                "$.users[0].user",
                "pattern"
            },
            { User("""{"user":"a","roles":["registrar"]}"""), "$.users[0].password", "required" },
            { User("""{"user":"a","password":"short","roles":["registrar"]}"""), "$.users[0].password", "length" },
            {
                User("""{"user":"maria.santos","password":"Maria.Santos","roles":["registrar"]}"""),
                "$.users[0].password",
                "length"
            },
            { User("""{"user":"a","password":"a long enough password"}"""), "$.users[0].roles", "required" },
            { User("""{"user":"a","password":"a long enough password","roles":[]}"""), "$.users[0]", "required" },
            {
                User("""{"user":"a","password":"a long enough password","roles":["king"]}"""),
                "$.users[0].roles[0]",
                "unknown"
            },
            {
                User(
                    """{"user":"a","password":"a long enough password","roles":["system-administrator","registrar"]}"""
                ),
                "$.users[0]",
                "roles"
            },
            {
                User("""{"user":"a","password":"a long enough password","roles":["person","registrar"]}"""),
                "$.users[0]",
                "roles"
            },
            {
                User("""{"user":"a","password":"a long enough password","roles":["registrar"],"areas":["X","X"]}"""),
                "$.users[0].areas[1]",
                "duplicate"
            },
            {
                User("""{"user":"a","password":"a long enough password","roles":["registrar"],"areas":"X"}"""),
                "$.users[0].areas",
                "type"
            },
            {
                User("""{"user":"a","password":"a long enough password","roles":["partner-system"]}"""),
                "$.users[0]",
                "roles"
            },
            {
                User(
                    """{"user":"a","password":"a long enough password","roles":["registrar"],"registrant":{"type":"UIN","value":"1"}}"""
                ),
                "$.users[0]",
                "roles"
            },
            {
                User(
                    """{"user":"a","password":"a long enough password","roles":["person"],"registrant":{"type":"ZZZ","value":"1"}}"""
                ),
                "$.users[0].registrant.type",
                "unknown"
            },
            {
                User(
                    """{"user":"a","password":"a long enough password","roles":["person"],"registrant":{"type":"UIN"}}"""
                ),
                "$.users[0].registrant.value",
                "required"
            },
            {
                User("""{"user":"a","password":"a long enough password","roles":["person"],"registrant":"UIN"}"""),
                "$.users[0].registrant",
                "type"
            },
            {
                """{"users":[{"user":"a","password":"a long enough password","roles":["person"]},{"user":"A","password":"a long enough password","roles":["person"]}]}""",
                "$.users[1].user",
                "duplicate"
            },
            { """{"credentialTypes":[1]}""", "$.credentialTypes", "unsupported" },
            { """{"attestationPolicies":[1]}""", "$.attestationPolicies", "unsupported" },
            { """{"govstack":{"clients":[]}}""", "$.govstack", "unsupported" },
            { """{"identityProviders":[1]}""", "$.identityProviders", "unsupported" },
            { """{"options":{"strict":true}}""", "$.options", "unsupported" },
        };

    [Theory]
    [MemberData(nameof(WrongPlaces))]
    public async Task A_wrong_place_is_named_and_nothing_is_written(string file, string path, string code)
    {
        // Something right stands beside it: it must not be applied either.
        var node = JsonNode.Parse(file);
        if (node is JsonObject root && root["partners"] is null)
        {
            root["partners"] = new JsonArray(AccessServer.PartnerEntry("beside"));
        }

        var bytes =
            node is JsonObject && !file.Contains("\\ud800", StringComparison.Ordinal)
                ? JsonSerializer.SerializeToUtf8Bytes(node)
                : Encoding.UTF8.GetBytes(file);
        var before = await Rows.OfAllAsync(Server.Database);
        var outcome = await Server.Setup.ApplyAsync(bytes, CancellationToken.None);
        Assert.False(outcome.Succeeded);
        Assert.Equal("bootstrap.invalid", outcome.Problem.Code);
        Assert.Contains(outcome.Problem.Fields, field => (field.Field, field.Code) == (path, code));
        Assert.Equal(before, await Rows.OfAllAsync(Server.Database));
    }

    [Fact]
    public async Task All_wrong_places_are_named_at_once_and_no_value_with_them()
    {
        const string File = """
            {"partners":[{"id":"a","scopes":["sesame-scope"],"secret":"sesame"},{"id":"b","scopes":[],"secret":"sesame","dialect":"sesame-dialect"}]}
            """;
        var outcome = await Server.Setup.ApplyAsync(Encoding.UTF8.GetBytes(File), CancellationToken.None);
        Assert.Equal(
            ["$.partners[0].scopes[0]", "$.partners[0].secret", "$.partners[1].dialect", "$.partners[1].secret"],
            outcome.Problem!.Fields.Select(field => field.Field).Order(StringComparer.Ordinal)
        );
        Assert.DoesNotContain("sesame", JsonSerializer.Serialize(outcome.Problem), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_port_shows_a_partner_without_its_secret_and_not_when_suspended()
    {
        await Server.BootstrapAsync(Full("port"));
        var partners = (IPartners)Server.Services.GetService(typeof(IPartners))!;
        var view = (await partners.FindAsync("port-partner", CancellationToken.None))!;
        Assert.Equal(["registrants:read", "registry.search"], view.Scopes.Order());
        Assert.Equal((true, "optional", "dci-2025-12"), (view.Attributes.IsAll, view.Signature, view.Dialect));
        Assert.Equal(["eligibility"], view.Purposes);
        Assert.Null(await partners.FindAsync("nobody", CancellationToken.None));
    }

    private static JsonObject Full(string prefix)
    {
        var person = AccessServer.UserEntry(prefix + "-person", "person");
        person["registrant"] = new JsonObject { ["type"] = "UIN", ["value"] = "UIN-0001" };
        return new JsonObject
        {
            ["$schema"] = "../schemas/bootstrap.schema.json",
            ["partners"] = new JsonArray(AccessServer.PartnerEntry(prefix + "-partner")),
            ["users"] = new JsonArray(AccessServer.UserEntry(prefix + "-registrar", "registrar"), person),
        };
    }

    private static string Partner(string entry) => $$"""{"partners":[{{entry}}]}""";

    private static string Good(string members) => Partner($$"""{"id":"a","secret":"0123456789abcdef",{{members}}}""");

    private static string User(string entry) => $$"""{"users":[{{entry}}]}""";
}
