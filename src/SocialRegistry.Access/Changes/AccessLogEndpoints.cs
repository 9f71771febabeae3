using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Changes;

/// <summary>One change of what somebody may do.</summary>
public sealed record AccessChange
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><c>staff</c>, <c>partner</c>, <c>person</c>, or <c>system</c> for the bootstrap file and the first start.</summary>
    public required string ActorKind { get; init; }

    public required string Actor { get; init; }

    /// <summary>Such as <c>users.created</c>, <c>roles.changed</c>, <c>partners.secret_made</c>.</summary>
    public required string Action { get; init; }

    /// <summary><c>user</c>, <c>role</c> or <c>partner</c>.</summary>
    public required string TargetKind { get; init; }

    public required string Target { get; init; }

    /// <summary>By member, <c>old</c> and <c>new</c>; secrets and identifiers of persons never stand here.</summary>
    public required JsonElement Changes { get; init; }

    public string? RequestId { get; init; }
}

/// <summary><c>GET /api/v1/access-changes</c>: who gave what to whom.</summary>
internal static class AccessLogEndpoints
{
    private static readonly string[] Kinds = ["user", "role", "partner"];

    public static void MapAccessLog(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/access-changes", ListAsync)
            .RequireAuthorization(Permissions.ManageAccess)
            .WithTags("Access")
            .WithSummary("Who changed what somebody may do, newest first")
            .ProducesProblem(400)
            .ProducesProblem(401)
            .ProducesProblem(403)
            .ProducesProblem(429);

    private static async Task<Results<Ok<Page<AccessChange>>, ProblemHttpResult>> ListAsync(
        [FromServices] IDbContextFactory<AccessDbContext> contexts,
        CancellationToken cancellationToken,
        string? targetKind = null,
        string? target = null,
        int size = 50,
        string? after = null
    )
    {
        var page = PageAsked.Read(size, after);
        if (!page.Succeeded)
        {
            return page.Problem.ToHttp();
        }

        if (targetKind is not null && !Kinds.Contains(targetKind))
        {
            return AccessProblems
                .Invalid([new FieldProblem("targetKind", "unknown", "one of " + string.Join(", ", Kinds))])
                .ToHttp();
        }

        if (target is not null && !PlainText.Is(target, 200))
        {
            return AccessProblems
                .Invalid([new FieldProblem("target", "type", "a user name, role name or partner id")])
                .ToHttp();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var before = page.Value.After;
        var rows = await db
            .Changes.AsNoTracking()
            .Where(e => before == null || e.Id.CompareTo(before.Value) < 0)
            .Where(e => targetKind == null || e.TargetKind == targetKind)
            .Where(e => target == null || e.Target == target)
            .OrderByDescending(e => e.Id)
            .Take(size + 1)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new Page<AccessChange>(
                [.. rows.Take(size).Select(Describe)],
                rows.Count > size ? rows[size - 1].Id.ToString("D") : null
            )
        );
    }

    private static AccessChange Describe(AccessEntry entry) =>
        new()
        {
            Id = entry.Id.ToString("D"),
            At = entry.At,
            ActorKind = entry.ActorKind,
            Actor = entry.Actor,
            Action = entry.Action,
            TargetKind = entry.TargetKind,
            Target = entry.Target,
            Changes = JsonElement.Parse(entry.Changes),
            RequestId = entry.RequestId,
        };
}
