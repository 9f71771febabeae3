using System.Text.Json.Nodes;
using SocialRegistry.Access.Tests.Sessions;
using SocialRegistry.Contracts;
using SocialRegistry.Storage;
using Xunit;

namespace SocialRegistry.Access.Tests.Users;

public sealed class UsersOnSqlite(SqliteServer server) : UserApiTests(server), IClassFixture<SqliteServer>;

public sealed class UsersOnPostgres(PostgresServer server) : UserApiTests(server), IClassFixture<PostgresServer>;

/// <summary>Accounts as an administrator handles them.</summary>
public abstract class UserApiTests(AccessServer server) : AccessTests(server)
{
    [Fact]
    public async Task A_new_account_signs_in_once_with_its_one_time_password_and_then_with_its_own()
    {
        var admin = await Administrator.SignInAsync(Server);
        var made = await MakeAsync(admin, "registrar");
        Assert.Equal($"/api/v1/users/{made.Id}", made.Answer.Location);
        Assert.NotNull(made.Answer.ETag);
        Assert.True((bool)made.Answer.Body["user"]!["passwordExpired"]!);

        var browser = new Browser(Server);
        using (await browser.SignInAsync(made.User, made.Password)) { }
        Assert.Equal(403, (int)await browser.StatusAsync(HttpMethod.Get, "/probe/read"));
        using var chosen = await browser.SendAsync(
            HttpMethod.Put,
            "/api/v1/session/password",
            new JsonObject { ["password"] = made.Password, ["newPassword"] = "a password of her own" }
        );
        Assert.Equal(204, (int)chosen.StatusCode);
        Assert.Equal(200, (int)await browser.StatusAsync(HttpMethod.Get, "/probe/read"));

        var listed = await AllAsync(admin);
        Assert.Contains(listed, u => (string)u["user"]! == made.User);
        var rows = await Rows.OfAllAsync(Server.Database);
        Assert.DoesNotContain(made.Password, rows, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Password, Server.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_holds_a_hash_or_an_identifier()
    {
        var admin = await Administrator.SignInAsync(Server);
        var made = await MakeAsync(admin, "person", new JsonObject { ["type"] = "UIN", ["value"] = "UIN-774411" });
        var one = await admin.GetAsync("/users/" + made.Id);
        var list = await admin.GetAsync("/users?size=500");
        var log = await admin.GetAsync("/access-changes?size=500");
        Assert.True((bool)one.Body["registrantLinked"]!);
        foreach (var text in (string[])[one.Text, list.Text, log.Text, await Rows.OfAllAsync(Server.Database)])
        {
            Assert.DoesNotContain("774411", text, StringComparison.Ordinal);
        }

        foreach (var text in (string[])[made.Answer.Text, one.Text, list.Text, log.Text])
        {
            Assert.DoesNotContain("hash", text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("AQAAAA", text, StringComparison.Ordinal);
        }
    }

    public static TheoryData<string, string> Faults =>
        new()
        {
            { """{"user":"","roles":["registrar"]}""", "user type" },
            { """{"user":" a","roles":["registrar"]}""", "user pattern" },
            { """{"user":"someone new","roles":[]}""", " required" },
            { """{"user":"someone new","roles":["king"]}""", "roles[0] unknown" },
            { """{"user":"someone new","roles":["registrar","system-administrator"]}""", " roles" },
            { """{"user":"someone new","roles":["person","registrar"]}""", " roles" },
            { """{"user":"someone new","roles":["partner-system"]}""", " roles" },
            { """{"user":"someone new","roles":["registrar"],"areas":["A","A"]}""", "areas[1] duplicate" },
            { """{"user":"someone new","roles":["registrar"],"areas":[""]}""", "areas[0] type" },
            { """{"user":"someone new","roles":["registrar"],"registrant":{"type":"UIN","value":"1"}}""", " roles" },
            {
                """{"user":"someone new","roles":["person"],"registrant":{"type":"ZZZ","value":"1"}}""",
                "registrant.type unknown"
            },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_no_account_may_be_is_refused_with_its_place(string body, string error)
    {
        var admin = await Administrator.SignInAsync(Server);
        var answer = await admin.PostAsync("/users", JsonNode.Parse(body));
        Assert.Equal((400, "access.invalid"), (answer.Status, answer.Code));
        Assert.Contains(error, answer.Errors);
        Assert.DoesNotContain(await AllAsync(admin), u => (string)u["user"]! == "someone new");
    }

    [Fact]
    public async Task A_name_is_never_given_twice()
    {
        var admin = await Administrator.SignInAsync(Server);
        var made = await MakeAsync(admin, "registrar");
        var again = new JsonObject { ["user"] = made.User.ToUpperInvariant(), ["roles"] = new JsonArray("registrar") };
        Assert.Equal("users.taken", (await admin.PostAsync("/users", again)).Code);
        Assert.Equal(200, (await admin.DeleteAsync("/users/" + made.Id, made.Answer.ETag)).Status);
        Assert.Equal("users.taken", (await admin.PostAsync("/users", again)).Code);
    }

    [Fact]
    public async Task Roles_and_areas_change_for_open_sessions_and_a_stale_change_is_refused()
    {
        var admin = await Administrator.SignInAsync(Server);
        var holder = await Administrator.SignInAsync(Server, "registrar");
        var user = await FindAsync(admin, holder.User);
        var body = new JsonObject { ["roles"] = new JsonArray("auditor"), ["areas"] = new JsonArray("SC-01") };
        Assert.Equal(428, (await admin.PutAsync(user.Path, body, null)).Status);
        var changed = await admin.PutAsync(user.Path, body, user.ETag);
        Assert.Equal(200, changed.Status);
        var stale = await admin.PutAsync(user.Path, body, user.ETag);
        Assert.Equal((412, changed.ETag), (stale.Status, stale.ETag));
        var session = (await holder.GetAsync("/session")).Body;
        Assert.Equal(
            ["disclosures:read", "log:read", "versions:read"],
            session["permissions"]!.AsArray().Select(p => (string)p!)
        );

        var log = await admin.GetAsync("/access-changes?targetKind=user&target=" + holder.User);
        Assert.Equal(
            """{"roles":{"old":["registrar"],"new":["auditor"]},"areas":{"old":[],"new":["SC-01"]}}""",
            log.Body["items"]![0]!["changes"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task Nobody_changes_what_she_may_do_herself()
    {
        var admin = await Administrator.SignInAsync(Server);
        var self = await FindAsync(admin, admin.User);
        var body = new JsonObject { ["roles"] = new JsonArray("registrar"), ["areas"] = new JsonArray() };
        var link = new JsonObject { ["type"] = "UIN", ["value"] = "1" };
        foreach (
            var answer in (Answer[])
                [
                    await admin.PutAsync(self.Path, body, self.ETag),
                    await admin.PutAsync(self.Path + "/registrant", link, self.ETag),
                    await admin.PostAsync(self.Path + "/lock"),
                    await admin.PostAsync(self.Path + "/password"),
                    await admin.DeleteAsync(self.Path + "/codes"),
                    await admin.DeleteAsync(self.Path, self.ETag),
                ]
        )
        {
            Assert.Equal((403, "access.own_rights"), (answer.Status, answer.Code));
        }

        Assert.Equal(self.ETag, (await admin.GetAsync(self.Path)).ETag);
    }

    [Fact]
    public async Task A_locked_account_is_out_at_once_and_comes_back()
    {
        var admin = await Administrator.SignInAsync(Server);
        var holder = await Administrator.SignInAsync(Server, "registrar");
        var user = await FindAsync(admin, holder.User);
        Assert.Equal("locked", (string)(await admin.PostAsync(user.Path + "/lock")).Body["status"]!);
        Assert.Equal(401, (await holder.GetAsync("/session")).Status);
        var browser = new Browser(Server);
        using (var refused = await browser.SignInAsync(holder.User, AccessServer.Password))
        {
            Assert.Equal(401, (int)refused.StatusCode);
        }

        Assert.Equal("active", (string)(await admin.PostAsync(user.Path + "/unlock")).Body["status"]!);
        using var again = await browser.SignInAsync(holder.User, AccessServer.Password);
        Assert.Equal(200, (int)again.StatusCode);
    }

    [Fact]
    public async Task Unlocking_also_ends_the_lock_of_wrong_passwords()
    {
        var admin = await Administrator.SignInAsync(Server);
        var made = await MakeAsync(admin, "registrar");
        var browser = new Browser(Server, "203.0.113.77");
        for (var i = 0; i < 6; i++)
        {
            using (await browser.SignInAsync(made.User, "a wrong password " + i)) { }
        }

        using (var locked = await browser.SignInAsync(made.User, made.Password))
        {
            Assert.Equal(429, (int)locked.StatusCode);
        }

        Assert.Equal(200, (await admin.PostAsync($"/users/{made.Id}/unlock")).Status);
        using var free = await browser.SignInAsync(made.User, made.Password);
        Assert.Equal(200, (int)free.StatusCode);
    }

    [Fact]
    public async Task A_reset_password_ends_the_old_one_and_all_sessions()
    {
        var admin = await Administrator.SignInAsync(Server);
        var holder = await Administrator.SignInAsync(Server, "registrar");
        var user = await FindAsync(admin, holder.User);
        var reset = await admin.PostAsync(user.Path + "/password");
        Assert.Equal(401, (await holder.GetAsync("/session")).Status);
        var browser = new Browser(Server);
        using (var old = await browser.SignInAsync(holder.User, AccessServer.Password))
        {
            Assert.Equal(401, (int)old.StatusCode);
        }

        using var once = await browser.SignInAsync(holder.User, (string)reset.Body["oneTimePassword"]!);
        Assert.Equal(200, (int)once.StatusCode);
    }

    [Fact]
    public async Task Sessions_are_ended_without_touching_the_password()
    {
        var admin = await Administrator.SignInAsync(Server);
        var holder = await Administrator.SignInAsync(Server, "registrar");
        var user = await FindAsync(admin, holder.User);
        Assert.Equal(200, (await admin.DeleteAsync(user.Path + "/sessions")).Status);
        Assert.Equal(401, (await holder.GetAsync("/session")).Status);
        using var again = await new Browser(Server).SignInAsync(holder.User, AccessServer.Password);
        Assert.Equal(200, (int)again.StatusCode);
    }

    [Fact]
    public async Task A_deactivated_account_stays_so()
    {
        var admin = await Administrator.SignInAsync(Server);
        var holder = await Administrator.SignInAsync(Server, "registrar");
        var user = await FindAsync(admin, holder.User);
        var gone = await admin.DeleteAsync(user.Path, user.ETag);
        Assert.Equal((200, "deactivated"), (gone.Status, (string)gone.Body["status"]!));
        Assert.Equal(401, (await holder.GetAsync("/session")).Status);
        using (var refused = await new Browser(Server).SignInAsync(holder.User, AccessServer.Password))
        {
            Assert.Equal(401, (int)refused.StatusCode);
        }

        foreach (var path in (string[])["/unlock", "/password", "/lock"])
        {
            Assert.Equal("users.deactivated", (await admin.PostAsync(user.Path + path)).Code);
        }
    }

    [Fact]
    public async Task A_link_belongs_to_an_account_of_a_person_and_its_change_ends_sessions()
    {
        var admin = await Administrator.SignInAsync(Server);
        var link = new JsonObject { ["type"] = "NationalID", ["value"] = "UIN-L" };
        var staff = await MakeAsync(admin, "registrar");
        var refused = await admin.PutAsync($"/users/{staff.Id}/registrant", link, staff.Answer.ETag);
        Assert.Equal((409, "users.not_a_person"), (refused.Status, refused.Code));

        var holder = await Administrator.SignInAsync(Server, "person");
        var user = await FindAsync(admin, holder.User);
        var linked = await admin.PutAsync(user.Path + "/registrant", link, user.ETag);
        Assert.Equal((200, true), (linked.Status, (bool)linked.Body["registrantLinked"]!));
        Assert.Equal(401, (await holder.GetAsync("/session")).Status);

        var id = new RegistrantId(Guid.CreateVersion7());
        Server.Registrants.Known[new Identifier("UIN", "UIN-L")] = id;
        var browser = new Browser(Server);
        using (await browser.SignInAsync(holder.User, AccessServer.Password)) { }
        using var probe = await browser.SendAsync(HttpMethod.Get, "/probe/read");
        Assert.Contains(id.ToString(), await probe.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var toStaff = new JsonObject { ["roles"] = new JsonArray("registrar"), ["areas"] = new JsonArray() };
        Assert.Equal("users.linked", (await admin.PutAsync(user.Path, toStaff, linked.ETag)).Code);
        var wrong = new JsonObject { ["type"] = "ZZZ", ["value"] = "1" };
        var unknown = await admin.PutAsync(user.Path + "/registrant", wrong, linked.ETag);
        Assert.Equal(["type unknown"], unknown.Errors);
        var unlinked = await admin.DeleteAsync(user.Path + "/registrant", linked.ETag);
        Assert.Equal((200, false), (unlinked.Status, (bool)unlinked.Body["registrantLinked"]!));
        Assert.Equal(200, (await admin.PutAsync(user.Path, toStaff, unlinked.ETag)).Status);
    }

    [Fact]
    public async Task Pages_follow_each_other_to_the_end()
    {
        var admin = await Administrator.SignInAsync(Server);
        await MakeAsync(admin, "registrar");
        await MakeAsync(admin, "registrar");
        var all = await AllAsync(admin, 2);
        Assert.Equal(all.Count, all.Select(u => (string)u["id"]!).Distinct().Count());
        Assert.Equal(all.Count, (await AllAsync(admin, 500)).Count);
        Assert.Equal("access.size", (await admin.GetAsync("/users?size=0")).Code);
        Assert.Equal("access.after", (await admin.GetAsync("/users?after=x")).Code);
        Assert.Equal("access.invalid", (await admin.GetAsync("/access-changes?targetKind=king")).Code);
        foreach (var id in (string[])[Guid.NewGuid().ToString("D"), "x", Guid.NewGuid().ToString("N")])
        {
            Assert.Equal("users.not_found", (await admin.GetAsync("/users/" + id)).Code);
            Assert.Equal("users.not_found", (await admin.PostAsync($"/users/{id}/lock")).Code);
        }
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task One_administrator_is_always_left_also_when_they_lock_each_other_at_once(DatabaseProvider provider)
    {
        await using AccessServer own = provider == DatabaseProvider.Sqlite ? new SqliteServer() : new PostgresServer();
        await own.InitializeAsync();
        Assert.SkipWhen(own.Absent is not null, own.Absent ?? "");
        var administrators = new List<Administrator>();
        for (var i = 0; i < 4; i++)
        {
            administrators.Add(await Administrator.SignInAsync(own));
        }

        var others = new List<Found>();
        foreach (var administrator in administrators)
        {
            others.Add(await FindAsync(administrators[0], administrator.User));
        }

        // Each locks the next one: in a ring, everybody is locked by somebody.
        var answers = await Task.WhenAll(
            administrators.Select((a, i) => Task.Run(() => a.PostAsync(others[(i + 1) % 4].Path + "/lock")))
        );

        // Who was locked before its turn is no longer signed in; of those in time the last one was refused.
        Assert.All(answers, answer => Assert.Contains(answer.Status, (int[])[200, 401, 409]));
        Assert.Contains(answers, answer => answer.Status == 200);
        var states = new List<string>();
        foreach (var row in (await Rows.OfAsync(own.Database, "accounts")).Split('\n').Where(r => r.Length > 1))
        {
            states.Add(
                row.Contains("suspended=1 ", StringComparison.Ordinal)
                || row.Contains("suspended=True ", StringComparison.Ordinal)
                    ? "locked"
                    : "active"
            );
        }

        Assert.Contains("active", states);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task The_last_administrator_is_neither_locked_nor_demoted_nor_deactivated(DatabaseProvider provider)
    {
        await using AccessServer own = provider == DatabaseProvider.Sqlite ? new SqliteServer() : new PostgresServer();
        await own.InitializeAsync();
        Assert.SkipWhen(own.Absent is not null, own.Absent ?? "");
        var last = await Administrator.SignInAsync(own);
        var partner = await own.PartnerAsync(p => p["scopes"] = new JsonArray(Permissions.ManageAccess));
        using var client = own.ClientWith(await own.TokenAsync(partner));
        var user = await FindAsync(last, last.User);
        var roles = System.Net.Http.Json.JsonContent.Create(
            new JsonObject { ["roles"] = new JsonArray("registrar"), ["areas"] = new JsonArray() }
        );
        foreach (
            var (method, path, body) in ((HttpMethod, string, HttpContent?)[])
                [(HttpMethod.Post, "/lock", null), (HttpMethod.Put, "", roles), (HttpMethod.Delete, "", null)]
        )
        {
            using var request = new HttpRequestMessage(method, "/api/v1" + user.Path + path) { Content = body };
            request.Headers.TryAddWithoutValidation("If-Match", user.ETag);
            using var answer = await client.SendAsync(request);
            Assert.Equal(409, (int)answer.StatusCode);
            Assert.Contains(
                "access.last_administrator",
                await answer.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }

        Assert.Equal(200, (await last.GetAsync("/users")).Status);
        Assert.Equal("active", (string)(await last.GetAsync(user.Path)).Body["status"]!);
    }

    private sealed record Made(string Id, string User, string Password, Answer Answer);

    private sealed record Found(string Path, string? ETag);

    private static async Task<Made> MakeAsync(Administrator admin, string role, JsonObject? registrant = null)
    {
        var user = "user-" + Guid.NewGuid().ToString("N")[..12];
        var body = new JsonObject { ["user"] = user, ["roles"] = new JsonArray(role) };
        if (registrant is not null)
        {
            body["registrant"] = registrant;
        }

        var answer = await admin.PostAsync("/users", body);
        Assert.Equal(201, answer.Status);
        return new Made((string)answer.Body["user"]!["id"]!, user, (string)answer.Body["oneTimePassword"]!, answer);
    }

    private static async Task<Found> FindAsync(Administrator admin, string user)
    {
        var found = (await AllAsync(admin)).Single(u => (string)u["user"]! == user);
        var path = "/users/" + (string)found["id"]!;
        return new Found(path, (await admin.GetAsync(path)).ETag);
    }

    private static async Task<List<JsonNode>> AllAsync(Administrator admin, int size = 100)
    {
        var all = new List<JsonNode>();
        string? after = null;
        do
        {
            var page = (await admin.GetAsync($"/users?size={size}" + (after is null ? "" : "&after=" + after))).Body;
            all.AddRange(page["items"]!.AsArray().Select(u => u!));
            after = (string?)page["next"];
        } while (after is not null);
        return all;
    }
}
