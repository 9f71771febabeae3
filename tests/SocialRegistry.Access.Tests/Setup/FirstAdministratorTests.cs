using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Access.Tests.Sessions;
using SocialRegistry.Storage;
using Xunit;

namespace SocialRegistry.Access.Tests.Setup;

public sealed class FirstAdministratorTests
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task A_first_start_makes_one_administrator_whose_password_opens_nothing_but_its_own_change(
        DatabaseProvider provider
    )
    {
        await using var server = await StartAsync(provider);
        var made = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => Task.Run(() => server.Setup.EnsureAdministratorAsync(CancellationToken.None)))
        );
        var administrator = Assert.Single(made, first => first is not null)!;
        Assert.Equal("admin", administrator.User);
        Assert.Equal(24, administrator.Password.Length);
        Assert.Null(await server.Setup.EnsureAdministratorAsync(CancellationToken.None));
        Assert.DoesNotContain(administrator.Password, server.Log.Text, StringComparison.Ordinal);

        var browser = new Browser(server);
        using var signIn = await browser.SignInAsync("admin", administrator.Password);
        Assert.Equal(HttpStatusCode.OK, signIn.StatusCode);
        var session = (await signIn.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.True((bool)session["passwordExpired"]!);
        Assert.Empty(session["permissions"]!.AsArray());
        using (var refused = await browser.SendAsync(HttpMethod.Get, "/api/v1/partners"))
        {
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Equal(
                "urn:social-registry:problem:session.password_expired",
                (string)(await refused.Content.ReadFromJsonAsync<JsonObject>())!["type"]!
            );
        }

        using var changed = await browser.SendAsync(
            HttpMethod.Put,
            "/api/v1/session/password",
            new JsonObject { ["password"] = administrator.Password, ["newPassword"] = "one that I chose myself" }
        );
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync(HttpMethod.Get, "/api/v1/partners"));
        using var old = await browser.SignInAsync("admin", administrator.Password);
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task Who_names_an_administrator_in_the_file_gets_no_other(DatabaseProvider provider)
    {
        await using var server = await StartAsync(provider);
        await server.UserAsync("system-administrator");
        Assert.Null(await server.Setup.EnsureAdministratorAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite)]
    [InlineData(DatabaseProvider.Postgres)]
    public async Task Somebody_elses_name_is_not_taken(DatabaseProvider provider)
    {
        await using var server = await StartAsync(provider);
        await server.BootstrapAsync(
            new JsonObject { ["users"] = new JsonArray(AccessServer.UserEntry("Admin", "registrar")) }
        );
        Assert.Equal("admin2", (await server.Setup.EnsureAdministratorAsync(CancellationToken.None))!.User);
    }

    private static async Task<AccessServer> StartAsync(DatabaseProvider provider)
    {
        AccessServer server = provider == DatabaseProvider.Sqlite ? new SqliteServer() : new PostgresServer();
        await server.InitializeAsync();
        Assert.SkipWhen(server.Absent is not null, server.Absent ?? "");
        return server;
    }
}
