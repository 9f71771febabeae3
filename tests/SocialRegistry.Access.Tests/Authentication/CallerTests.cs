using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using Xunit;

namespace SocialRegistry.Access.Tests.Authentication;

public sealed class CallersOnSqlite(SqliteServer server) : CallerTests(server), IClassFixture<SqliteServer>;

public sealed class CallersOnPostgres(PostgresServer server) : CallerTests(server), IClassFixture<PostgresServer>;

/// <summary>What routes learn of a caller, and which routes it reaches.</summary>
public abstract class CallerTests(AccessServer server) : AccessTests(server)
{
    [Fact]
    public async Task A_partner_comes_with_its_fields_filters_and_purpose()
    {
        var partner = await Server.PartnerAsync(p =>
        {
            p["attributes"] = new JsonArray("given_name", "demographic_info.birth_date", "NationalID");
            p["filters"] = new JsonArray("UIN");
        });
        using var client = Server.ClientWith(await Server.TokenAsync(partner));
        var seen = (await client.GetFromJsonAsync<SeenCaller>("/probe/read"))!;
        Assert.Equal(["UIN", "birth_date", "given_name"], seen.Fields.Order(StringComparer.Ordinal));
        Assert.Equal(["UIN"], seen.Filters);
        Assert.Equal("eligibility", seen.Purpose);
        Assert.NotEmpty(seen.RequestId!);
        Assert.Null(seen.Self);
    }

    [Theory]
    [InlineData("given_name", "given_name")]
    [InlineData("demographic_info.birth_date", "birth_date")]
    [InlineData("name", "given_name,surname")]
    [InlineData("demographic_info.name", "given_name,surname")]
    [InlineData("demographic_info", "birth_date,given_name,is_disabled,phone_number,surname")]
    [InlineData("address", "home_place")]
    [InlineData("nationalid", "UIN")]
    [InlineData("identifier", "identifiers")]
    [InlineData("member_list", "member_list")]
    public async Task DCI_names_are_accepted_as_attributes(string name, string fields)
    {
        var partner = await Server.PartnerAsync(p => p["attributes"] = new JsonArray(name));
        using var client = Server.ClientWith(await Server.TokenAsync(partner));
        var seen = (await client.GetFromJsonAsync<SeenCaller>("/probe/read"))!;
        Assert.Equal(fields.Split(','), seen.Fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_partner_names_one_of_its_purposes()
    {
        var partner = await Server.PartnerAsync(p => p["purposes"] = new JsonArray("eligibility", "payment"));
        var token = await Server.TokenAsync(partner);
        using var client = Server.ClientWith(token);
        Assert.Null((await client.GetFromJsonAsync<SeenCaller>("/probe/read"))!.Purpose);

        client.DefaultRequestHeaders.Add("X-Purpose", "payment");
        Assert.Equal("payment", (await client.GetFromJsonAsync<SeenCaller>("/probe/read"))!.Purpose);
    }

    [Theory]
    [InlineData("marketing")]
    [InlineData("eligibility,payment")]
    [InlineData("ELIGIBILITY")]
    public async Task A_purpose_that_was_not_agreed_is_refused(string purpose)
    {
        using var client = Server.ClientWith(await Server.TokenAsync(await Server.PartnerAsync()));
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Purpose", purpose);
        using var answer = await client.GetAsync("/probe/read");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("urn:social-registry:problem:access.purpose_unknown", (string)problem["type"]!);
        Assert.DoesNotContain(purpose, problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_without_the_scope_is_told_which_one_is_needed()
    {
        var partner = await Server.PartnerAsync();
        using var client = Server.ClientWith(await Server.TokenAsync(partner, "registry.search"));
        using var answer = await client.GetAsync("/probe/read");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(
            "Bearer realm=\"social-registry\", error=\"insufficient_scope\", scope=\"registrants:read\"",
            answer.Headers.WwwAuthenticate.ToString()
        );
        var problem = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.Equal("urn:social-registry:problem:access.forbidden", (string)problem["type"]!);
    }

    [Fact]
    public async Task A_scope_taken_from_a_partner_is_gone_from_its_tokens()
    {
        var entry = AccessServer.PartnerEntry("shrinking");
        await Server.BootstrapAsync(new JsonObject { ["partners"] = new JsonArray(entry) });
        using var client = Server.ClientWith(await Server.TokenAsync("shrinking"));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/probe/read")).StatusCode);

        var less = AccessServer.PartnerEntry("shrinking");
        less["scopes"] = new JsonArray(Permissions.DciSearch);
        await Server.BootstrapAsync(new JsonObject { ["partners"] = new JsonArray(less) });
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/probe/read")).StatusCode);
    }

    [Fact]
    public async Task A_suspended_partner_is_out_at_once_and_may_come_back()
    {
        var partner = await Server.PartnerAsync();
        var administrator = await Server.PartnerAsync(p => p["scopes"] = new JsonArray(Permissions.ManageAccess));
        using var admin = Server.ClientWith(await Server.TokenAsync(administrator));
        using var client = Server.ClientWith(await Server.TokenAsync(partner));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/probe/read")).StatusCode);

        using (var suspended = await admin.PostAsync($"/api/v1/partners/{partner}/suspend", null))
        {
            Assert.Equal(HttpStatusCode.OK, suspended.StatusCode);
            Assert.Equal("suspended", (string)(await suspended.Content.ReadFromJsonAsync<JsonObject>())!["status"]!);
        }

        using (var refused = await client.GetAsync("/probe/read"))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.Contains("invalid_token", refused.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        }

        using (
            var noToken = await Server
                .Client("203.0.113.200")
                .PostAsync(
                    "/oauth2/client/token",
                    new FormUrlEncodedContent(
                        new Dictionary<string, string>
                        {
                            ["grant_type"] = "client_credentials",
                            ["client_id"] = partner,
                            ["client_secret"] = AccessServer.PartnerSecret,
                        }
                    )
                )
        )
        {
            Assert.Equal(HttpStatusCode.Unauthorized, noToken.StatusCode);
        }

        using var activated = await admin.PostAsync($"/api/v1/partners/{partner}/activate", null);
        Assert.Equal(HttpStatusCode.OK, activated.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/probe/read")).StatusCode);
    }

    [Fact]
    public async Task Partners_are_listed_in_pages_without_their_secrets()
    {
        var administrator = await Server.PartnerAsync(p => p["scopes"] = new JsonArray(Permissions.ManageAccess));
        await Server.PartnerAsync();
        await Server.PartnerAsync();
        using var admin = Server.ClientWith(await Server.TokenAsync(administrator));
        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = (
                await admin.GetFromJsonAsync<JsonObject>(
                    $"/api/v1/partners?size=2{(next is null ? "" : "&after=" + next)}"
                )
            )!;
            Assert.DoesNotContain(AccessServer.PartnerSecret, page.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain("v1$", page.ToJsonString(), StringComparison.Ordinal);
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            next = (string?)page["next"];
        } while (next is not null);

        Assert.Contains(administrator, seen);
        Assert.Equal(seen.Count, seen.Distinct().Count());
        foreach (var wrong in (string[])["size=0", "size=501", "size=x", "after=%00"])
        {
            using var refused = await admin.GetAsync("/api/v1/partners?" + wrong);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        }

        foreach (var id in (string[])["nobody", "%01", new string('x', 101)])
        {
            using var unknown = await admin.PostAsync($"/api/v1/partners/{id}/suspend", null);
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        }
    }

    [Fact]
    public async Task A_route_whose_policy_was_forgotten_is_closed()
    {
        using var stranger = Server.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/probe/forgotten")).StatusCode);
        using var client = Server.ClientWith(await Server.TokenAsync(await Server.PartnerAsync()));
        using var answer = await client.GetAsync("/probe/forgotten");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Where_there_is_no_route_the_answer_says_so()
    {
        using var stranger = Server.Client();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/no/such/path")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await stranger.DeleteAsync("/probe/read")).StatusCode);
    }

    [Theory]
    [InlineData("Bearer eyJhbGciOiJFUzI1NiJ9.e30.c2ln")]
    [InlineData("DPoP something")]
    public async Task An_open_route_is_open_with_any_token(string header)
    {
        using var client = Server.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        client.DefaultRequestHeaders.Add("X-Purpose", "whatever");
        using var answer = await client.GetAsync("/probe/open");
        Assert.Equal("stranger", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_door_with_an_error_form_of_its_own_refuses_in_it()
    {
        using var stranger = Server.Client();
        using var unknown = await stranger.GetAsync("/probe/own-form");
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.NotEmpty(unknown.Headers.WwwAuthenticate);
        Assert.Equal("own:access.token_missing", await unknown.Content.ReadAsStringAsync());

        using var client = Server.ClientWith(await Server.TokenAsync(await Server.PartnerAsync(), "registrants:read"));
        using var forbidden = await client.GetAsync("/probe/own-form");
        Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        Assert.Equal("own:access.forbidden", await forbidden.Content.ReadAsStringAsync());
    }
}
