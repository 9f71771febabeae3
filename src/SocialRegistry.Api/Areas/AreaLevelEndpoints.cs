using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Areas;

internal static class AreaLevelEndpoints
{
    public static void MapAreaLevels(this IEndpointRouteBuilder routes)
    {
        var levels = routes.MapGroup("/area-levels").WithTags("Areas").WithProblems();
        levels
            .MapGet("/", ListLevelsAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithSummary("The levels of the tree that have names");
        levels
            .MapPut("/{number}", NameLevelAsync)
            .RequireAuthorization(Permissions.WriteAreas)
            .WithSummary("Name a level of the tree");
    }

    private static async Task<Results<Ok<AreaLevelsResponse>, ProblemHttpResult>> ListLevelsAsync(
        HttpCaller caller,
        IAreas areas,
        CancellationToken cancellationToken
    ) =>
        (await areas.ListLevelsAsync(caller.ToCaller(), cancellationToken))
            .Map(levels => new AreaLevelsResponse(levels))
            .ToHttp();

    private static async Task<Results<Ok<AreaLevelView>, ProblemHttpResult>> NameLevelAsync(
        int number,
        NameLevelRequest body,
        [AsParameters] DryRunQuery dry,
        HttpCaller caller,
        IAreas areas,
        CancellationToken cancellationToken
    ) =>
        (
            await areas.SetLevelAsync(
                new AreaLevelView(number, body.Names),
                dry.ToConditions(),
                caller.ToCaller(),
                cancellationToken
            )
        ).ToHttp();
}
