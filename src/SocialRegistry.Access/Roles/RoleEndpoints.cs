using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Access.Changes;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Roles;

/// <summary><c>/api/v1/roles</c> and <c>/api/v1/permissions</c>.</summary>
internal static class RoleEndpoints
{
    private const int MaxBytes = 256 * 1024;

    public static void MapRoles(this IEndpointRouteBuilder routes)
    {
        var roles = routes
            .MapGroup("/api/v1/roles")
            .WithTags("Roles")
            .RequireAuthorization(Permissions.ManageAccess)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
            .WithAccessProblems();
        roles.MapGet("/", ListAsync).WithSummary("The roles by name, retired ones too");
        roles.MapPost("/", CreateAsync).WithSummary("Make a role");
        roles.MapGet("/{name}", GetAsync).WithSummary("One role");
        roles.MapPut("/{name}", SetAsync).WithSummary("Set what a role gives; it counts for its holders at once");
        roles.MapDelete("/{name}", RetireAsync).WithSummary("Retire a role that nobody holds");
        routes
            .MapGet("/api/v1/permissions", AllPermissions)
            .WithTags("Roles")
            .RequireAuthorization(Permissions.ManageAccess)
            .WithSummary("What can be allowed")
            .ProducesProblem(401)
            .ProducesProblem(403)
            .ProducesProblem(429);
    }

    private static Ok<Page<PermissionResponse>> AllPermissions() =>
        TypedResults.Ok(
            new Page<PermissionResponse>(
                [
                    .. Permissions
                        .All.Order(StringComparer.Ordinal)
                        .Select(id => new PermissionResponse(
                            id,
                            PermissionTexts.All.GetValueOrDefault(id, id),
                            !Permissions.Impersonal.Contains(id)
                        )),
                ],
                null
            )
        );

    private static async Task<Ok<Page<RoleResponse>>> ListAsync(
        [FromServices] IDbContextFactory<AccessDbContext> contexts,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Roles.AsNoTracking().ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new Page<RoleResponse>([.. rows.OrderBy(r => r.Name, StringComparer.Ordinal).Select(RoleResponse.Of)], null)
        );
    }

    private static async Task<Results<Ok<RoleResponse>, ProblemHttpResult>> GetAsync(
        string name,
        HttpContext context,
        [FromServices] IDbContextFactory<AccessDbContext> contexts,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return
            PlainText.Is(name, RoleNames.MaxLength)
            && await db.Roles.AsNoTracking().SingleOrDefaultAsync(r => r.Name == name, cancellationToken) is { } role
            ? Answer(context, RoleResponse.Of(role))
            : RoleProblems.NotFound.ToHttp();
    }

    private static async Task<Results<Created<RoleResponse>, ProblemHttpResult>> CreateAsync(
        CreateRoleRequest body,
        HttpCaller caller,
        HttpContext context,
        [FromServices] ChangeRoles roles,
        CancellationToken cancellationToken
    )
    {
        var outcome = await roles.CreateAsync(body, caller.ToCaller(), cancellationToken);
        if (!outcome.Succeeded)
        {
            return ETags.Refuse(context, outcome.Problem);
        }

        ETags.Set(context, outcome.Value.Version);
        return TypedResults.Created("/api/v1/roles/" + outcome.Value.Name, outcome.Value);
    }

    private static async Task<Results<Ok<RoleResponse>, ProblemHttpResult>> SetAsync(
        string name,
        RoleRequest body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpCaller caller,
        HttpContext context,
        [FromServices] ChangeRoles roles,
        CancellationToken cancellationToken
    )
    {
        var expected = ETags.Expected(ifMatch);
        return expected.Succeeded
            ? Answer(context, await roles.SetAsync(name, expected.Value, body, caller.ToCaller(), cancellationToken))
            : expected.Problem.ToHttp();
    }

    private static async Task<Results<Ok<RoleResponse>, ProblemHttpResult>> RetireAsync(
        string name,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpCaller caller,
        HttpContext context,
        [FromServices] ChangeRoles roles,
        CancellationToken cancellationToken
    )
    {
        var expected = ETags.Expected(ifMatch);
        return expected.Succeeded
            ? Answer(context, await roles.RetireAsync(name, expected.Value, caller.ToCaller(), cancellationToken))
            : expected.Problem.ToHttp();
    }

    private static Results<Ok<RoleResponse>, ProblemHttpResult> Answer(
        HttpContext context,
        Outcome<RoleResponse> outcome
    )
    {
        if (!outcome.Succeeded)
        {
            return ETags.Refuse(context, outcome.Problem);
        }

        ETags.Set(context, outcome.Value.Version);
        return TypedResults.Ok(outcome.Value);
    }
}
