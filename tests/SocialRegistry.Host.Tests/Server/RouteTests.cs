using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

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
    public async Task Every_route_names_its_permission_or_says_why_it_is_open_to_all()
    {
        await using var registry = await RunningRegistry.StartAsync();
        var source = registry.App.Services.GetRequiredService<EndpointDataSource>();

        Assert.NotEmpty(RouteWalk.Routes(source));
        Assert.Empty(RouteWalk.Mistakes(source));
        foreach (var route in RouteWalk.Routes(source).Where(RouteWalk.IsOpen))
        {
            var pattern = RouteWalk.Pattern(route);
            Assert.True(
                OpenToAll.Any(p => pattern.StartsWith(p, StringComparison.Ordinal)),
                $"{pattern} is open to all and does not stand on the list."
            );
        }
    }

    [Fact]
    public async Task A_stranger_comes_through_no_route_and_a_caller_through_none_beyond_its_permissions()
    {
        await using var registry = await RunningRegistry.StartAsync();
        using var searcher = await registry.SignedInAsync(RunningRegistry.Narrow, Permissions.DciSearch);
        var routes = RouteWalk
            .Routes(registry.App.Services.GetRequiredService<EndpointDataSource>())
            .Where(r => !RouteWalk.IsOpen(r))
            .Select(r => (Path: RouteWalk.Address(r), Route: r))
            .Where(r =>
                r.Path.StartsWith("/api/", StringComparison.Ordinal)
                || r.Path.StartsWith("/registry/", StringComparison.Ordinal)
            )
            .SelectMany(r =>
                (r.Route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Select(m =>
                    (Method: m, r.Path, r.Route)
                )
            )
            .ToList();

        Assert.True(routes.Count > 60, $"Only {routes.Count} routes were found.");
        foreach (var (method, path, route) in routes)
        {
            using var stranger = await registry.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            Assert.True(
                (int)stranger.StatusCode == 401,
                $"{method} {path} answers a stranger {(int)stranger.StatusCode}."
            );
            var policies = RouteWalk.Named(route);
            if (policies.Contains(Policies.SignedIn) || policies.Contains(Permissions.DciSearch))
            {
                continue;
            }

            using var beyond = await searcher.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
            Assert.True(
                (int)beyond.StatusCode == 403,
                $"{method} {path} answers without its permission {(int)beyond.StatusCode}."
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
