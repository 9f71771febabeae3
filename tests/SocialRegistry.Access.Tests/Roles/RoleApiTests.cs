using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Access.Roles;
using SocialRegistry.Access.Tests.Sessions;
using SocialRegistry.Contracts;
using Xunit;

namespace SocialRegistry.Access.Tests.Roles;

public sealed class RolesOnSqlite(SqliteServer server) : RoleApiTests(server), IClassFixture<SqliteServer>;

public sealed class RolesOnPostgres(PostgresServer server) : RoleApiTests(server), IClassFixture<PostgresServer>;

/// <summary>Roles are the deployment's own data, within rules that nobody changes.</summary>
public abstract class RoleApiTests(AccessServer server) : AccessTests(server)
{
    private static int count;

    [Fact]
    public async Task The_starting_roles_stand_and_their_permissions_exist()
    {
        var admin = await Administrator.SignInAsync(Server);
        var roles = (await admin.GetAsync("/roles")).Body["items"]!.AsArray();
        foreach (
            var name in (string[])
                [
                    "registrar",
                    "data-editor",
                    "attestor",
                    "supervisor",
                    "enumerator",
                    "person",
                    "partner-system",
                    "privacy-officer",
                    "schema-designer",
                    "system-administrator",
                    "key-custodian",
                    "issuer-officer",
                    "auditor",
                ]
        )
        {
            var role = roles.Single(r => (string)r!["name"]! == name)!;
            Assert.NotEmpty(role["permissions"]!.AsArray());
            Assert.All(role["permissions"]!.AsArray(), p => Assert.Contains((string)p!, Permissions.All));
        }
    }

    [Fact]
    public void No_starting_role_breaks_the_rules() =>
        Assert.All(StartingRoles.All.Values, role => Assert.Null(RoleRules.Fault(role)));

    [Fact]
    public void The_administrators_role_reads_no_person()
    {
        var administrator = StartingRoles.All["system-administrator"];
        Assert.All(administrator.Permissions, p => Assert.Contains(p, Permissions.Impersonal));
        Assert.Equal(ClassSights.None, administrator.Classes);
    }

    [Fact]
    public async Task Every_permission_is_described()
    {
        var admin = await Administrator.SignInAsync(Server);
        var listed = (await admin.GetAsync("/permissions")).Body["items"]!.AsArray();
        Assert.Equal(Permissions.All.Order(StringComparer.Ordinal), listed.Select(p => (string)p!["id"]!));
        Assert.All(listed, p => Assert.NotEqual((string)p!["id"]!, (string)p["description"]!));
        Assert.Equal(
            Permissions.Impersonal.Order(StringComparer.Ordinal),
            listed.Where(p => !(bool)p!["readsPersons"]!).Select(p => (string)p!["id"]!)
        );
    }

    [Fact]
    public async Task A_role_is_made_held_changed_and_counts_with_the_next_request()
    {
        var admin = await Administrator.SignInAsync(Server);
        var name = Name();
        var made = await admin.PostAsync("/roles", Role(name, Permissions.ReadRegistrants));
        Assert.Equal((201, "\"1\"", "/api/v1/roles/" + name), (made.Status, made.ETag, made.Location));

        var holder = await Administrator.SignInAsync(Server, name);
        Assert.Equal(200, await ProbeAsync(holder, "/probe/read"));

        var less = Role(name, Permissions.WriteRegistrants, whole: true);
        var changed = await admin.PutAsync("/roles/" + name, less, made.ETag);
        Assert.Equal((200, "\"2\""), (changed.Status, changed.ETag));
        Assert.Equal(403, await ProbeAsync(holder, "/probe/read"));

        var log = (await admin.GetAsync($"/access-changes?targetKind=role&target={name}")).Body["items"]!.AsArray();
        Assert.Equal(["roles.changed", "roles.created"], log.Select(e => (string)e!["action"]!));
        Assert.Equal((admin.User, "staff"), ((string)log[0]!["actor"]!, (string)log[0]!["actorKind"]!));
        Assert.Equal(
            """{"permissions":{"old":["registrants:read"],"new":["registrants:write"]}}""",
            log[0]!["changes"]!.ToJsonString()
        );
    }

    public static TheoryData<string, string> Faults =>
        new()
        {
            { """ "permissions":["access:manage","registrants:read"],"classes":{} """, "permissions separation" },
            { """ "permissions":["access:manage","registry.search"],"classes":{} """, "permissions separation" },
            { """ "permissions":["access:manage"],"classes":{"personal":"masked"} """, "classes separation" },
            {
                """ "permissions":["access:manage"],"classes":{},"fields":{"given_name":"clear"} """,
                "classes separation"
            },
            { """ "permissions":["everything"] """, "permissions[0] unknown" },
            { """ "permissions":["registrants:read","registrants:read"] """, "permissions[1] duplicate" },
            { """ "permissions":[],"classes":{"personal":"half"} """, "classes.personal unknown" },
            { """ "permissions":[],"fields":{"shoe_size":"clear"} """, "fields unknown" },
            { """ "permissions":[],"fields":{"name":"clear"} """, "fields unknown" },
            { """ "permissions":[],"fields":{"UIN":"clear","NationalID":"none"} """, "fields.NationalID duplicate" },
            { """ "permissions":[],"purposes":["two words"] """, "purposes[0] pattern" },
            { """ "permissions":[],"purposes":[] """, "purposes required" },
            { """ "permissions":[],"title":"" """, "title type" },
            { """ "permissions":[],"population":{"field":"shoe_size","op":"exists"} """, "population.field unknown" },
            { """ "permissions":[],"population":{"all":true} """, "population.all unknown" },
            { """ "permissions":["imports:run"],"kind":"person" """, "permissions person" },
            { """ "permissions":[],"kind":"king" """, "kind unknown" },
            { """ "permissions":["registry.search"],"kind":"partner" """, "kind partner" },
            { """ "permissions":[],"name":"Registrar" """, "name pattern" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_no_role_may_be_is_refused_with_its_place(string members, string error)
    {
        var admin = await Administrator.SignInAsync(Server);
        var role = Role(Name());
        foreach (var (name, value) in JsonNode.Parse("{" + members + "}")!.AsObject())
        {
            role[name] = value?.DeepClone();
        }

        var answer = await admin.PostAsync("/roles", role);
        Assert.Equal((400, "access.invalid"), (answer.Status, answer.Code));
        Assert.Contains(error, answer.Errors);
        Assert.Equal(404, (await admin.GetAsync("/roles/" + (string)role["name"]!)).Status);
    }

    [Theory]
    [InlineData("""{"name":"x","title":"x","permissions":[],"purposes":["x"],"rights":[]}""")]
    [InlineData("""{"name":"x","title":"x"}""")]
    [InlineData("""{"name":"x","title":"x","permissions":[],"permissions":[]}""")]
    [InlineData("""[]""")]
    public async Task A_body_of_another_shape_is_refused(string body)
    {
        using var client = Server.ClientWith(
            await Server.TokenAsync(
                await Server.PartnerAsync(p => p["scopes"] = new JsonArray(Permissions.ManageAccess))
            )
        );
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync("/api/v1/roles", content);
        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_change_names_what_it_has_seen()
    {
        var admin = await Administrator.SignInAsync(Server);
        var name = Name();
        await admin.PostAsync("/roles", Role(name));
        var body = Role(name, Permissions.ReadVersions, whole: true);
        Assert.Equal("access.if_match_required", (await admin.PutAsync("/roles/" + name, body, null)).Code);
        foreach (var wrong in (string[])["*", "W/\"1\"", "\"1\", \"2\"", "1"])
        {
            Assert.Equal("access.if_match_invalid", (await admin.PutAsync("/roles/" + name, body, wrong)).Code);
        }

        var stale = await admin.PutAsync("/roles/" + name, body, "\"7\"");
        Assert.Equal((412, "access.changed_since", "\"1\""), (stale.Status, stale.Code, stale.ETag));
        Assert.Equal("roles.taken", (await admin.PostAsync("/roles", Role(name))).Code);
        Assert.Equal(404, (await admin.PutAsync("/roles/nobody", body, "\"1\"")).Status);
    }

    [Fact]
    public async Task Only_a_role_that_nobody_holds_is_retired_and_its_name_stays_taken()
    {
        var admin = await Administrator.SignInAsync(Server);
        var name = Name();
        await admin.PostAsync("/roles", Role(name));
        var user = await Server.UserAsync(name);
        Assert.Equal("roles.in_use", (await admin.DeleteAsync("/roles/" + name, "\"1\"")).Code);

        await Server.BootstrapAsync(
            new JsonObject { ["users"] = new JsonArray(AccessServer.UserEntry(user, "registrar")) }
        );
        var retired = await admin.DeleteAsync("/roles/" + name, "\"1\"");
        Assert.Equal((200, true), (retired.Status, (bool)retired.Body["retired"]!));
        Assert.Equal("roles.taken", (await admin.PostAsync("/roles", Role(name))).Code);
        Assert.Equal("roles.retired", (await admin.DeleteAsync("/roles/" + name, "\"2\"")).Code);
        var asked = new JsonObject { ["user"] = Name(), ["roles"] = new JsonArray(name) };
        Assert.Contains("roles[0] unknown", (await admin.PostAsync("/users", asked)).Errors);
    }

    [Fact]
    public async Task Roles_the_program_needs_stay()
    {
        var admin = await Administrator.SignInAsync(Server);
        var other = Name();
        await admin.PostAsync("/roles", Role(other, Permissions.ManageAccess));
        var second = await Administrator.SignInAsync(Server, other);
        foreach (var name in (string[])["person", "partner-system", "system-administrator"])
        {
            var etag = (await second.GetAsync("/roles/" + name)).ETag;
            Assert.Equal("roles.needed", (await second.DeleteAsync("/roles/" + name, etag)).Code);
        }

        var role = await second.GetAsync("/roles/system-administrator");
        var less = Role("", Permissions.WriteFields, whole: true);
        Assert.Equal("roles.needed", (await second.PutAsync("/roles/system-administrator", less, role.ETag)).Code);
    }

    [Fact]
    public async Task Nobody_changes_a_role_that_she_holds()
    {
        var admin = await Administrator.SignInAsync(Server);
        var role = await admin.GetAsync("/roles/system-administrator");
        var more = Role("", whole: true);
        more["permissions"] = new JsonArray(Permissions.ManageAccess, Permissions.ManageKeys);
        var answer = await admin.PutAsync("/roles/system-administrator", more, role.ETag);
        Assert.Equal((403, "access.own_rights"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_role_does_not_come_to_read_persons_beside_one_that_manages_access()
    {
        var admin = await Administrator.SignInAsync(Server);
        var name = Name();
        await admin.PostAsync("/roles", Role(name, Permissions.WriteFields));
        var both = new JsonObject { ["user"] = Name(), ["roles"] = new JsonArray(name, "system-administrator") };
        Assert.Equal(201, (await admin.PostAsync("/users", both)).Status);

        var reading = Role(name, Permissions.ReadRegistrants, whole: true);
        var answer = await admin.PutAsync("/roles/" + name, reading, "\"1\"");
        Assert.Equal((409, "roles.breaks_holders"), (answer.Status, answer.Code));
        Assert.Equal("\"1\"", (await admin.GetAsync("/roles/" + name)).ETag);
    }

    [Fact]
    public async Task Starting_roles_are_stored_once_and_then_the_deployments_own()
    {
        var admin = await Administrator.SignInAsync(Server);
        var role = await admin.GetAsync("/roles/issuer-officer");
        var changed = Role("", Permissions.ReadRegistrants, whole: true);
        Assert.Equal(200, (await admin.PutAsync("/roles/issuer-officer", changed, role.ETag)).Status);
        await Server.BootstrapAsync([]);
        await Server.Setup.EnsureAdministratorAsync(CancellationToken.None);
        var after = (await admin.GetAsync("/roles/issuer-officer")).Body;
        Assert.Equal(["registrants:read"], after["permissions"]!.AsArray().Select(p => (string)p!));
    }

    [Fact]
    public async Task Classes_and_fields_become_what_is_shown_masked_and_filtered_by()
    {
        var admin = await Administrator.SignInAsync(Server);
        var name = Name();
        var role = Role(name, Permissions.ReadRegistrants);
        role["classes"] = JsonNode.Parse("""{"internal":"clear","personal":"masked","sensitive":"none"}""");
        role["fields"] = JsonNode.Parse("""{"given_name":"clear","home_place":"none","NationalID":"clear"}""");
        Assert.Equal(201, (await admin.PostAsync("/roles", role)).Status);
        var seen = await SeenAsync(name);
        string[] beside = ["area", "group_head_info", "identifiers", "member_list", "memberships"];
        string[] clear = [.. beside, "UIN", "birth_date", "given_name", "related_person", "relationships"];
        string[] masked = ["birth_place", "phone_number", "surname"];
        Assert.Equal([.. clear.Concat(masked).Order(StringComparer.Ordinal)], Sorted(seen.Fields));
        Assert.Equal(masked, Sorted(seen.Masked));
        Assert.Equal([.. clear.Append("kind").Append("status").Order(StringComparer.Ordinal)], Sorted(seen.Filters));
    }

    [Fact]
    public async Task A_role_without_field_rules_shows_nothing()
    {
        var admin = await Administrator.SignInAsync(Server);
        var name = Name();
        await admin.PostAsync("/roles", Role(name, Permissions.ReadRegistrants));
        var seen = await SeenAsync(name);
        Assert.Empty(seen.Fields.Concat(seen.Masked).Concat(seen.Filters));
    }

    [Fact]
    public async Task Fields_of_several_roles_add_up_and_their_row_rules_narrow_each_other()
    {
        var admin = await Administrator.SignInAsync(Server);
        var (masking, showing) = (Name(), Name());
        var role = Role(masking, Permissions.ReadRegistrants);
        role["classes"] = JsonNode.Parse("""{"internal":"masked","personal":"masked","sensitive":"masked"}""");
        role["population"] = JsonNode.Parse("""{"status":"active"}""");
        Assert.Equal(201, (await admin.PostAsync("/roles", role)).Status);
        role = Role(showing, Permissions.ReadVersions);
        role["fields"] = JsonNode.Parse("""{"surname":"clear"}""");
        role["population"] = JsonNode.Parse("""{"field":"birth_date","op":"ge","value":"1990-01-01"}""");
        Assert.Equal(201, (await admin.PostAsync("/roles", role)).Status);

        var seen = await SeenAsync(masking, showing);
        Assert.Equal(["registrants:read", "versions:read"], seen.Permissions);
        Assert.Contains("surname", seen.Filters);
        Assert.DoesNotContain("surname", seen.Masked);
        Assert.Contains("given_name", seen.Masked);
        Assert.Equal(
            """{"and":[{"status":"active"},{"field":"birth_date","op":"ge","value":"1990-01-01"}]}""",
            seen.Population
        );
    }

    [Fact]
    public async Task An_account_is_held_to_its_areas()
    {
        var user = "areas-" + Name();
        var entry = AccessServer.UserEntry(user, "registrar");
        entry["areas"] = new JsonArray("SC-02", "SC-01");
        await Server.BootstrapAsync(new JsonObject { ["users"] = new JsonArray(entry) });
        Assert.Equal(["SC-01", "SC-02"], (await SeenOfAsync(user)).Areas!);
        Assert.Null((await SeenAsync("registrar")).Areas);
    }

    private async Task<SeenCaller> SeenAsync(params string[] roles) => await SeenOfAsync(await Server.UserAsync(roles));

    private async Task<SeenCaller> SeenOfAsync(string user)
    {
        var browser = new Browser(Server);
        await browser.SignInAsync(user, AccessServer.Password);
        using var answer = await browser.SendAsync(HttpMethod.Get, "/probe/read");
        return (await answer.Content.ReadFromJsonAsync<SeenCaller>())!;
    }

    private static async Task<int> ProbeAsync(Administrator holder, string path) =>
        (await holder.SendAsync(HttpMethod.Get, "/../.." + path)).Status;

    private static string[] Sorted(string[] names) => [.. names.Order(StringComparer.Ordinal)];

    private static string Name() => $"role-{Interlocked.Increment(ref count)}-{Guid.NewGuid().ToString("N")[..8]}";

    private static JsonObject Role(string name, string permission = Permissions.ReadVersions, bool whole = false)
    {
        var role = new JsonObject
        {
            ["title"] = "A role",
            ["purposes"] = new JsonArray("testing"),
            ["permissions"] = new JsonArray(permission),
        };
        if (!whole)
        {
            role["name"] = name;
        }

        return role;
    }
}
