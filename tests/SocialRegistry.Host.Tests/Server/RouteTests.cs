using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
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
    public async Task A_stranger_comes_through_no_route_and_a_caller_through_none_beyond_its_permissions()
    {
        await using var registry = await RunningRegistry.StartAsync();
        using var searcher = await registry.SignedInAsync(RunningRegistry.Narrow, Permissions.DciSearch);
        var routes = registry
            .App.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(r => r.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(r => (Path: Address(r), Route: r))
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
            var policies = route.Metadata.OfType<IAuthorizeData>().Select(a => a.Policy).ToList();
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

    /// <summary>The route with something in the place of each parameter.</summary>
    private static string Address(RouteEndpoint route) =>
        "/"
        + string.Join(
            '/',
            route.RoutePattern.PathSegments.Select(segment =>
                string.Concat(
                    segment.Parts.Select(part =>
                        part switch
                        {
                            RoutePatternLiteralPart literal => literal.Content,
                            RoutePatternSeparatorPart separator => separator.Content,
                            _ => "01a20eb5-5b26-775e-a014-952db1c4710a",
                        }
                    )
                )
            )
        );

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
