using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using Xunit;

namespace SocialRegistry.Access.Tests.Partners;

public sealed class PartnersOnSqlite(SqliteServer server) : PartnerApiTests(server), IClassFixture<SqliteServer>;

public sealed class PartnersOnPostgres(PostgresServer server) : PartnerApiTests(server), IClassFixture<PostgresServer>;

/// <summary>Partners as an administrator handles them.</summary>
public abstract class PartnerApiTests(AccessServer server) : AccessTests(server)
{
    private const string Jwks = """
        {"keys":[{"kty":"EC","crv":"P-256","kid":"one","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}
        """;

    [Fact]
    public async Task A_partner_is_made_with_a_secret_shown_once_and_works()
    {
        var admin = await Administrator.SignInAsync(Server);
        var id = Id();
        var made = await admin.PostAsync("/partners", Partner(id));
        Assert.Equal((201, "/api/v1/partners/" + id), (made.Status, made.Location));
        var secret = (string)made.Body["secret"]!;
        Assert.Equal(43, secret.Length);
        using var client = await ClientAsync(id, secret);
        var seen = (await client!.GetFromJsonAsync<SeenCaller>("/probe/read"))!;
        Assert.Equal(["birth_date", "given_name"], seen.Fields.Order());
        Assert.Equal(["UIN"], seen.Filters);
        Assert.Equal("""{"field":"birth_date","op":"ge","value":"1960-01-01"}""", seen.Population);

        var one = await admin.GetAsync("/partners/" + id);
        Assert.Equal(made.ETag, one.ETag);
        Assert.True((bool)one.Body["hasSecret"]!);
        var all = one.Text + (await admin.GetAsync("/partners?size=500")).Text;
        all += (await admin.GetAsync("/access-changes?size=500")).Text + await Rows.OfAllAsync(Server.Database);
        Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, Server.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_scopes_a_partner_is_given_those_of_the_role_for_partners()
    {
        var admin = await Administrator.SignInAsync(Server);
        var partner = Partner(Id());
        partner.Remove("scopes");
        var made = await admin.PostAsync("/partners", partner);
        Assert.Equal(
            ["registrants:read", "registry.search"],
            made.Body["partner"]!["scopes"]!.AsArray().Select(s => (string)s!)
        );
    }

    public static TheoryData<string, string> Faults =>
        new()
        {
            { """ "id":"a b" """, "id pattern" },
            { """ "scopes":["access:manage","registrants:read"] """, "scopes separation" },
            { """ "scopes":["everything"] """, "scopes[0] unknown" },
            { """ "attributes":["given_name","shoe_size"] """, "attributes[1] unknown" },
            { """ "attributes":["*","given_name"] """, "attributes[0] unknown" },
            { """ "filters":["shoe_size"] """, "filters[0] unknown" },
            { """ "population":{"area":"A","status":"active"} """, "population members" },
            { """ "population":{"field":"shoe_size","op":"exists"} """, "population.field unknown" },
            { """ "purposes":["a b"] """, "purposes[0] pattern" },
            { """ "signature":"maybe" """, "signature unknown" },
            { """ "signature":"required" """, " keys" },
            { """ "dialect":"dci" """, "dialect unknown" },
            { """ "callbackHosts":["https://x.test"] """, "callbackHosts[0] pattern" },
            { """ "jwks":{"keys":[]} """, "jwks type" },
            { """ "jwks":{"keys":[{"kty":"oct","k":"c2VjcmV0"}]} """, "jwks.keys[0] key" },
            { """ "withSecret":false """, "jwks required" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_no_partner_may_be_is_refused_with_its_place(string members, string error)
    {
        var admin = await Administrator.SignInAsync(Server);
        var partner = Partner(Id());
        foreach (var (name, value) in JsonNode.Parse("{" + members + "}")!.AsObject())
        {
            partner[name] = value?.DeepClone();
        }

        var answer = await admin.PostAsync("/partners", partner);
        Assert.Equal((400, "access.invalid"), (answer.Status, answer.Code));
        Assert.Contains(error, answer.Errors);
        var id = Uri.EscapeDataString((string)partner["id"]!);
        Assert.Equal(404, (await admin.GetAsync("/partners/" + id)).Status);
    }

    [Fact]
    public async Task A_change_is_whole_counts_at_once_and_names_what_it_has_seen()
    {
        var admin = await Administrator.SignInAsync(Server);
        var id = Id();
        var made = await admin.PostAsync("/partners", Partner(id));
        using var client = await ClientAsync(id, (string)made.Body["secret"]!);
        var less = new JsonObject
        {
            ["scopes"] = new JsonArray(Permissions.ReadRegistrants),
            ["attributes"] = new JsonArray("*"),
            ["purposes"] = new JsonArray("eligibility"),
        };
        Assert.Equal(428, (await admin.PutAsync("/partners/" + id, less, null)).Status);
        var changed = await admin.PutAsync("/partners/" + id, less, made.ETag);
        Assert.Equal(200, changed.Status);
        Assert.Equal(412, (await admin.PutAsync("/partners/" + id, less, made.ETag)).Status);
        var seen = (await client!.GetFromJsonAsync<SeenCaller>("/probe/read"))!;
        Assert.Equal(["*"], seen.Fields);
        Assert.Empty(seen.Filters);
        Assert.Null(seen.Population);

        less.Remove("scopes");
        Assert.Contains("scopes required", (await admin.PutAsync("/partners/" + id, less, changed.ETag)).Errors);
        Assert.Equal("partners.not_found", (await admin.PutAsync("/partners/nobody", less, "\"1\"")).Code);
        var log = (await admin.GetAsync("/access-changes?targetKind=partner&target=" + id)).Body["items"]!;
        Assert.Equal("partners.changed", (string)log[0]!["action"]!);
        Assert.Equal(
            ["attributes", "callbackHosts", "filters", "population", "scopes"],
            log[0]!["changes"]!.AsObject().Select(c => c.Key).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_rotated_secret_counts_beside_the_old_one_for_its_time()
    {
        var admin = await Administrator.SignInAsync(Server);
        var id = Id();
        var old = (string)(await admin.PostAsync("/partners", Partner(id))).Body["secret"]!;
        var rotated = await admin.PostAsync($"/partners/{id}/secret", new JsonObject { ["overlapSeconds"] = 600 });
        var next = (string)rotated.Body["secret"]!;
        Assert.NotNull(rotated.Body["partner"]!["previousSecretUntil"]);
        Assert.True(await LetsInAsync(id, old));
        Assert.True(await LetsInAsync(id, next));
        Assert.False(await LetsInAsync(id, next + "x"));
        Server.Clock.Advance(TimeSpan.FromSeconds(601));
        Assert.False(await LetsInAsync(id, old));
        Assert.True(await LetsInAsync(id, next));
        admin = await Administrator.SignInAsync(Server);
        Assert.Null((await admin.GetAsync("/partners/" + id)).Body["previousSecretUntil"]);
    }

    [Fact]
    public async Task A_retired_secret_is_refused_at_once()
    {
        var admin = await Administrator.SignInAsync(Server);
        var id = Id();
        var old = (string)(await admin.PostAsync("/partners", Partner(id))).Body["secret"]!;
        await admin.PostAsync($"/partners/{id}/secret", new JsonObject { ["overlapSeconds"] = 600 });
        var last = (string)(await admin.PostAsync($"/partners/{id}/secret", new JsonObject())).Body["secret"]!;
        Assert.False(await LetsInAsync(id, old));
        Assert.True(await LetsInAsync(id, last));

        Assert.Equal("partners.no_credential", (await admin.DeleteAsync($"/partners/{id}/secret")).Code);
        var partner = Partner("", whole: true);
        partner["jwks"] = JsonNode.Parse(Jwks);
        var etag = (await admin.GetAsync("/partners/" + id)).ETag;
        Assert.Equal(200, (await admin.PutAsync("/partners/" + id, partner, etag)).Status);
        var retired = await admin.DeleteAsync($"/partners/{id}/secret");
        Assert.Equal((200, false), (retired.Status, (bool)retired.Body["hasSecret"]!));
        Assert.False(await LetsInAsync(id, last));
        Assert.False(await LetsInAsync(id, ""));

        partner.Remove("jwks");
        Assert.Contains("jwks required", (await admin.PutAsync("/partners/" + id, partner, retired.ETag)).Errors);
        foreach (var seconds in (int[])[-1, 2_592_001])
        {
            var wrong = new JsonObject { ["overlapSeconds"] = seconds };
            Assert.Equal(["overlapSeconds range"], (await admin.PostAsync($"/partners/{id}/secret", wrong)).Errors);
        }
    }

    [Fact]
    public async Task A_retired_partner_is_out_at_once_and_for_good()
    {
        var admin = await Administrator.SignInAsync(Server);
        var id = Id();
        var made = await admin.PostAsync("/partners", Partner(id));
        var secret = (string)made.Body["secret"]!;
        using var client = await ClientAsync(id, secret);
        var retired = await admin.DeleteAsync("/partners/" + id, made.ETag);
        Assert.Equal((200, "retired"), (retired.Status, (string)retired.Body["status"]!));
        Assert.Equal(401, (int)(await client!.GetAsync("/probe/read")).StatusCode);
        Assert.False(await LetsInAsync(id, secret));
        Assert.Equal("partners.retired", (await admin.PostAsync($"/partners/{id}/activate")).Code);
        Assert.Equal("partners.taken", (await admin.PostAsync("/partners", Partner(id))).Code);
    }

    [Fact]
    public async Task No_partner_changes_what_it_may_do_itself()
    {
        var id = await Server.PartnerAsync(p => p["scopes"] = new JsonArray(Permissions.ManageAccess));
        using var client = Server.ClientWith(await Server.TokenAsync(id));
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/partners/" + id)
        {
            Content = JsonContent.Create(Partner("", whole: true)),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        using var answer = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("access.own_rights", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_too_much_from_the_file_keeps_it_but_is_given_no_more()
    {
        var id = await Server.PartnerAsync(p =>
            p["scopes"] = new JsonArray(Permissions.ManageAccess, Permissions.ReadRegistrants)
        );
        var admin = await Administrator.SignInAsync(Server);
        var partner = Partner("", whole: true);
        partner["scopes"] = new JsonArray(Permissions.ManageAccess, Permissions.ReadRegistrants);
        var etag = (await admin.GetAsync("/partners/" + id)).ETag;
        var same = await admin.PutAsync("/partners/" + id, partner, etag);
        Assert.Equal(200, same.Status);
        partner["scopes"] = new JsonArray(Permissions.ManageAccess, Permissions.WriteRegistrants);
        Assert.Contains("scopes separation", (await admin.PutAsync("/partners/" + id, partner, same.ETag)).Errors);
    }

    [Fact]
    public async Task An_id_with_a_slash_is_found()
    {
        var admin = await Administrator.SignInAsync(Server);
        var id = "ministry/" + Id();
        var made = await admin.PostAsync("/partners", Partner(id));
        Assert.Equal(201, made.Status);
        var path = made.Location!["/api/v1".Length..];
        Assert.Equal(id, (string)(await admin.GetAsync(path)).Body["id"]!);
        Assert.Equal("suspended", (string)(await admin.PostAsync(path + "/suspend")).Body["status"]!);
    }

    [Fact]
    public async Task Keys_are_listed_for_their_custodian_alone()
    {
        var custodian = await Administrator.SignInAsync(Server, "key-custodian");
        var keys = (await custodian.GetAsync("/keys")).Body["items"]!.AsArray();
        Assert.Contains(keys, k => (string)k!["purpose"]! == "tokenSigning" && (bool)k["active"]!);
        Assert.All(keys, k => Assert.Equal(["purpose", "keyId", "active"], k!.AsObject().Select(m => m.Key)));
        var admin = await Administrator.SignInAsync(Server);
        Assert.Equal(403, (await admin.GetAsync("/keys")).Status);
        Assert.Equal(403, (await custodian.GetAsync("/users")).Status);
    }

    private async Task<bool> LetsInAsync(string id, string secret)
    {
        using var client = await ClientAsync(id, secret);
        return client is not null;
    }

    private async Task<HttpClient?> ClientAsync(string id, string secret)
    {
        using var client = Server.Client($"198.51.{Random.Shared.Next(256)}.{Random.Shared.Next(256)}");
        using var answer = await client.PostAsync(
            "/oauth2/client/token",
            new FormUrlEncodedContent(
                new Dictionary<string, string>
                {
                    ["grant_type"] = "client_credentials",
                    ["client_id"] = id,
                    ["client_secret"] = secret,
                }
            )
        );
        return answer.StatusCode == HttpStatusCode.OK
            ? Server.ClientWith((string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["access_token"]!)
            : null;
    }

    private static string Id() => "partner-" + Guid.NewGuid().ToString("N")[..12];

    private static JsonObject Partner(string id, bool whole = false)
    {
        var partner = JsonNode
            .Parse(
                """
                {"scopes":["registrants:read","registry.search"],"attributes":["given_name","demographic_info.birth_date"],
                 "filters":["UIN"],"purposes":["eligibility"],"callbackHosts":["partner.test"],
                 "population":{"field":"birth_date","op":"ge","value":"1960-01-01"}}
                """
            )!
            .AsObject();
        if (!whole)
        {
            partner["id"] = id;
        }

        return partner;
    }
}
