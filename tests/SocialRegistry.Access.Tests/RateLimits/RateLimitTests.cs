using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Storage;
using Xunit;

namespace SocialRegistry.Access.Tests.RateLimits;

public sealed class SlowServer() : AccessServer(DatabaseProvider.Sqlite)
{
    protected override Dictionary<string, string?> Settings =>
        new() { ["Access:RequestsPerSecond"] = "3", ["Access:AnonymousRequestsPerSecond"] = "4" };
}

/// <summary>The database plays no part here, so one of them is enough.</summary>
public sealed class RateLimitTests(SlowServer server) : IClassFixture<SlowServer>
{
    [Fact]
    public async Task A_partner_that_asks_too_fast_is_held_back_alone()
    {
        var (fast, calm) = (await server.PartnerAsync(), await server.PartnerAsync());
        using var client = server.ClientWith(await server.TokenAsync(fast));
        using var other = server.ClientWith(await server.TokenAsync(calm));
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync("/probe/read")));
        // A bucket of two seconds' worth, and what flowed in meanwhile.
        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), 6, 12);
        var held = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.True(held.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal("application/problem+json", held.Content.Headers.ContentType!.MediaType);
        Assert.Equal(
            "urn:social-registry:problem:access.too_many_requests",
            (string)(await held.Content.ReadFromJsonAsync<JsonObject>())!["type"]!
        );
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/probe/read")).StatusCode);
    }

    [Fact]
    public async Task A_stranger_is_held_back_by_address()
    {
        using var here = server.Client("203.0.113.5");
        using var there = server.Client("203.0.113.6");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => here.GetAsync("/probe/open")));
        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), 8, 16);
        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync("/probe/open")).StatusCode);
    }

    [Fact]
    public async Task A_network_of_IPv6_counts_as_one_address()
    {
        using var one = server.Client("2001:db8:1:2::1");
        using var two = server.Client("2001:db8:1:2:ffff::2");
        using var next = server.Client("2001:db8:1:3::1");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => one.GetAsync("/probe/open")));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await two.GetAsync("/probe/open")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await next.GetAsync("/probe/open")).StatusCode);
    }
}
