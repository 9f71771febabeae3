using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace SocialRegistry.Host.Tests.Server;

/// <summary>Deny by default: a route without a decision is a bug.</summary>
public sealed class RouteTests
{
    /// <summary>The only routes that answer strangers; a new one is a decision, made here.</summary>
    private static readonly string[] OpenToAll =
    [
        "/health/live",
        "/health/ready",
        "/oauth2/client/token",
        "/api/v1/session",
        "/credentials/",
        "/.well-known/",
        "/schemas/",
        "/grpc.health.v1.Health/",
    ];

    [Fact]
    public async Task Every_route_names_its_permission_or_says_that_it_is_open_to_all()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var routes = registry
            .App.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .ToList();

        Assert.NotEmpty(routes);
        foreach (var route in routes)
        {
            var pattern = "/" + route.RoutePattern.RawText?.TrimStart('/');
            var open = route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
            var policy = route.Metadata.GetMetadata<IAuthorizeData>() is not null;
            Assert.True(open || policy, $"{pattern} has neither a permission nor AllowAnonymous.");
            Assert.True(
                !open || OpenToAll.Any(p => pattern.StartsWith(p, StringComparison.Ordinal)),
                $"{pattern} is open to all and does not stand on the list."
            );
        }
    }

    [Fact]
    public async Task An_unknown_path_tells_a_stranger_nothing()
    {
        await using var registry = await RunningRegistry.StartAsync();

        using var answer = await registry.Http.GetAsync("/api/v1/secrets");

        Assert.True((int)answer.StatusCode is 401 or 404);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task The_grpc_listener_answers_no_http_route_and_the_http_listener_no_grpc()
    {
        await using var registry = await RunningRegistry.StartAsync();
        using var http2 = new HttpClient
        {
            DefaultRequestVersion = System.Net.HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var answer = await http2.GetAsync(registry.GrpcUrl + "/health/live");
        using var grpc = await registry.Http.PostAsync(
            "/grpc.health.v1.Health/Check",
            new ByteArrayContent([0, 0, 0, 0, 0]) { Headers = { { "Content-Type", "application/grpc" } } }
        );

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Equal(404, (int)grpc.StatusCode);
    }
}
