using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Tests;

/// <summary>What a route saw of its caller.</summary>
internal sealed record SeenCaller(
    string Kind,
    string Id,
    string Channel,
    string[] Permissions,
    string[] Fields,
    string[] Filters,
    string[] Masked,
    string? Population,
    string[]? Areas,
    string? Purpose,
    string? RequestId,
    string? Self
)
{
    public static SeenCaller Of(Caller caller) =>
        new(
            caller.Kind.ToString(),
            caller.Id,
            caller.Channel,
            [.. caller.Permissions.Order()],
            Ids(caller.Fields),
            Ids(caller.Filters),
            Ids(caller.Masked),
            caller.Rows.Population?.ToJson().GetRawText(),
            caller.Rows.Areas is null ? null : [.. caller.Rows.Areas.Order()],
            caller.Purpose,
            caller.RequestId,
            caller.Self?.ToString()
        );

    private static string[] Ids(FieldScope scope) => scope.IsAll ? ["*"] : [.. scope.Ids.Order()];
}

/// <summary>Routes as other modules would have them.</summary>
internal static class Probes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/probe/read", Show).RequireAuthorization(Permissions.ReadRegistrants);
        routes.MapPost("/probe/write", Show).RequireAuthorization(Permissions.WriteRegistrants);
        routes.MapPost("/probe/signed-in", Show).RequireAuthorization(Policies.SignedIn);
        routes.MapGet("/probe/forgotten", () => "nobody should read this");
        routes
            .MapGet(
                "/probe/open",
                (HttpContext context) => context.Features.Get<ICallerFeature>() is null ? "stranger" : "known"
            )
            .AllowAnonymous();
        routes.MapGet("/probe/own-form", Show).RequireAuthorization(Permissions.DciSearch).WithMetadata(new OwnForm());
    }

    private static SeenCaller Show(HttpCaller caller) => SeenCaller.Of(caller.ToCaller("probe"));

    private sealed class OwnForm : IRefusalForm
    {
        public Task WriteAsync(HttpContext context, Problem problem, CancellationToken cancellationToken) =>
            context.Response.WriteAsync("own:" + problem.Code, cancellationToken);
    }
}
