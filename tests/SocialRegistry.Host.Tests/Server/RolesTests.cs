using System.Net;
using SocialRegistry.Storage;
using SocialRegistry.Testing;

namespace SocialRegistry.Host.Tests.Server;

/// <summary>The same ports in one process, or over gRPC between two.</summary>
public sealed class RolesTests
{
    private const string Person =
        """{"kind":"individual","values":{"given_name":"Amara"},"identifiers":[{"type":"UIN","value":"5360488001"}]}""";

    [Fact]
    public async Task A_gateway_without_the_core_reaches_it_over_grpc()
    {
        await using var database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);
        var keys = Path.Combine(Directory.CreateTempSubdirectory("registry-roles-").FullName, "keys");
        var shared = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Registry"] = database.Options.ConnectionString,
            ["Keys:Path"] = keys,
        };
        await using var core = await RunningRegistry.StartAsync(
            settings: new Dictionary<string, string?>(shared) { ["Roles"] = "core" }
        );
        await using var gateway = await RunningRegistry.StartAsync(
            settings: new Dictionary<string, string?>(shared)
            {
                ["Roles"] = "api,standards,exchange,credentials",
                ["Core:Url"] = core.GrpcUrl,
            }
        );
        using var client = await gateway.SignedInAsync();

        using var created = await client.SendAsync(HttpMethod.Post, "/api/v1/registrants", Person);
        using var read = await client.GetAsync(created.Headers.Location);
        using var twice = await client.SendAsync(HttpMethod.Post, "/api/v1/registrants", Person);
        using var atCore = await core.Http.GetAsync(created.Headers.Location);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("Amara", (string?)(await read.ObjectAsync())["values"]!["given_name"]);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, atCore.StatusCode);
    }

    [Fact]
    public async Task An_unknown_role_or_a_missing_core_is_refused_at_start()
    {
        await Assert.ThrowsAnyAsync<Exception>(() =>
            RunningRegistry.StartAsync(settings: new Dictionary<string, string?> { ["Roles"] = "core,barista" })
        );
        await Assert.ThrowsAnyAsync<Exception>(() =>
            RunningRegistry.StartAsync(settings: new Dictionary<string, string?> { ["Roles"] = "api" })
        );
    }
}
