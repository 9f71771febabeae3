using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Host.Tests.Server;

/// <summary>The walk that guards the routes does find what is wrong.</summary>
public sealed class RouteWalkTests
{
    [Fact]
    public async Task A_route_without_a_decision_is_reported()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddAuthorization();
        await using var app = builder.Build();
        app.MapGet("/kept", () => "").RequireAuthorization(Permissions.ReadRegistrants);
        app.MapGet("/known", () => "").RequireAuthorization(Policies.SignedIn);
        app.MapGet("/told", () => "").AllowEverybody("It says nothing.");
        app.MapGroup("/group").AllowEverybody("It says nothing.").MapGet("/told", () => "");
        app.MapGroup("/naked").MapPost("/one", () => "");
        app.MapGet("/plain", () => "").AllowAnonymous();
        app.MapGet("/nameless", () => "").RequireAuthorization();
        app.MapGet("/misspelt", () => "").RequireAuthorization("registrant:reed");
        app.MapGroup("/both")
            .AllowEverybody("Of the group.")
            .MapGet("/", () => "")
            .RequireAuthorization(Permissions.ReadRegistrants);
        app.MapGet("/twice", () => "").AllowEverybody("It says nothing.").WithMetadata(new AllowAnonymousAttribute());

        var mistakes = RouteWalk.Mistakes(new CompositeEndpointDataSource(((IEndpointRouteBuilder)app).DataSources));

        Assert.Equal(
            [
                "GET /both/ is open, and names a permission that nobody looks at.",
                "GET /misspelt names registrant:reed, which is no permission.",
                "GET /nameless names neither a permission nor a reason to be open.",
                "GET /plain is open by a plain AllowAnonymous, without a reason (AllowEverybody).",
                "GET /twice is open by a plain AllowAnonymous, without a reason (AllowEverybody).",
                "POST /naked/one names neither a permission nor a reason to be open.",
            ],
            mistakes.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Openness_without_a_reason_is_none() =>
        Assert.Throws<ArgumentException>(() =>
            WebApplication.CreateSlimBuilder().Build().MapGet("/", () => "").AllowEverybody(" ")
        );
}
