using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Access.Changes;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Users;

/// <summary><c>/api/v1/users</c>: accounts as an administrator handles them.</summary>
internal static class UserEndpoints
{
    private const int MaxBytes = 64 * 1024;

    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes
            .MapGroup("/api/v1/users")
            .WithTags("Users")
            .RequireAuthorization(Permissions.ManageAccess)
            .WithMetadata(new RequestSizeLimitAttribute(MaxBytes))
            .WithAccessProblems();
        users.MapGet("/", ListAsync).WithSummary("The accounts, oldest first");
        users.MapPost("/", CreateAsync).WithSummary("Make an account; the answer holds its one-time password, once");
        users.MapGet("/{id}", GetAsync).WithSummary("One account");
        users.MapPut("/{id}", SetRightsAsync).WithSummary("Set an account's roles and areas");
        users.MapDelete("/{id}", DeactivateAsync).WithSummary("Deactivate an account for good");
        users.MapPut("/{id}/registrant", LinkAsync).WithSummary("Say which person the account belongs to");
        users.MapDelete("/{id}/registrant", UnlinkAsync).WithSummary("Take the link to a person away");
        users.MapPost("/{id}/lock", LockAsync).WithSummary("Lock an account; its sessions end at once");
        users.MapPost("/{id}/unlock", UnlockAsync).WithSummary("Unlock an account, also after wrong passwords");
        users.MapPost("/{id}/password", ResetAsync).WithSummary("Give an account a one-time password, shown once");
        users.MapDelete("/{id}/sessions", EndSessionsAsync).WithSummary("End all sessions of an account");
        users
            .MapDelete("/{id}/codes", EndCodesAsync)
            .WithSummary("Take one-time codes off an account whose device is lost");
    }

    private static async Task<Results<Ok<Page<UserResponse>>, ProblemHttpResult>> ListAsync(
        [FromServices] IDbContextFactory<AccessDbContext> contexts,
        CancellationToken cancellationToken,
        int size = 50,
        string? after = null
    )
    {
        var page = PageAsked.Read(size, after);
        if (!page.Succeeded)
        {
            return page.Problem.ToHttp();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = page.Value.After;
        var rows = await db
            .Accounts.AsNoTracking()
            .Where(a => last == null || a.Id.CompareTo(last.Value) > 0)
            .OrderBy(a => a.Id)
            .Take(size + 1)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new Page<UserResponse>(
                [.. rows.Take(size).Select(UserResponse.Of)],
                rows.Count > size ? rows[size - 1].Id.ToString("D") : null
            )
        );
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> GetAsync(
        string id,
        HttpContext context,
        [FromServices] IDbContextFactory<AccessDbContext> contexts,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return
            Guid.TryParseExact(id, "D", out var key)
            && await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == key, cancellationToken) is { } account
            ? Answer(context, UserResponse.Of(account))
            : UserProblems.NotFound.ToHttp();
    }

    private static async Task<Results<Created<OneTimePasswordResponse>, ProblemHttpResult>> CreateAsync(
        CreateUserRequest body,
        HttpCaller caller,
        HttpContext context,
        [FromServices] ChangeUsers users,
        CancellationToken cancellationToken
    )
    {
        var outcome = await users.CreateAsync(body, caller.ToCaller(), cancellationToken);
        if (!outcome.Succeeded)
        {
            return ETags.Refuse(context, outcome.Problem);
        }

        context.Response.Headers.CacheControl = "no-store";
        ETags.Set(context, outcome.Value.User.Version);
        return TypedResults.Created("/api/v1/users/" + outcome.Value.User.Id, outcome.Value);
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> SetRightsAsync(
        string id,
        ChangeUserRequest body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpCaller caller,
        HttpContext context,
        [FromServices] ChangeUsers users,
        CancellationToken cancellationToken
    )
    {
        var expected = ETags.Expected(ifMatch);
        return expected.Succeeded
            ? Answer(
                context,
                await users.SetRightsAsync(id, expected.Value, body, caller.ToCaller(), cancellationToken)
            )
            : expected.Problem.ToHttp();
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> DeactivateAsync(
        string id,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpCaller caller,
        HttpContext context,
        [FromServices] UserAccess users,
        CancellationToken cancellationToken
    )
    {
        var expected = ETags.Expected(ifMatch);
        return expected.Succeeded
            ? Answer(context, await users.DeactivateAsync(id, expected.Value, caller.ToCaller(), cancellationToken))
            : expected.Problem.ToHttp();
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> LinkAsync(
        string id,
        Identifier body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpCaller caller,
        HttpContext context,
        [FromServices] ChangeUsers users,
        CancellationToken cancellationToken
    )
    {
        var expected = ETags.Expected(ifMatch);
        return expected.Succeeded
            ? Answer(context, await users.LinkAsync(id, expected.Value, body, caller.ToCaller(), cancellationToken))
            : expected.Problem.ToHttp();
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> UnlinkAsync(
        string id,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpCaller caller,
        HttpContext context,
        [FromServices] ChangeUsers users,
        CancellationToken cancellationToken
    )
    {
        var expected = ETags.Expected(ifMatch);
        return expected.Succeeded
            ? Answer(context, await users.LinkAsync(id, expected.Value, null, caller.ToCaller(), cancellationToken))
            : expected.Problem.ToHttp();
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> LockAsync(
        string id,
        HttpCaller caller,
        HttpContext context,
        [FromServices] UserAccess users,
        CancellationToken cancellationToken
    ) => Answer(context, await users.LockAsync(id, caller.ToCaller(), cancellationToken));

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> UnlockAsync(
        string id,
        HttpCaller caller,
        HttpContext context,
        [FromServices] UserAccess users,
        CancellationToken cancellationToken
    ) => Answer(context, await users.UnlockAsync(id, caller.ToCaller(), cancellationToken));

    private static async Task<Results<Ok<OneTimePasswordResponse>, ProblemHttpResult>> ResetAsync(
        string id,
        HttpCaller caller,
        HttpContext context,
        [FromServices] UserAccess users,
        CancellationToken cancellationToken
    )
    {
        context.Response.Headers.CacheControl = "no-store";
        return (await users.ResetPasswordAsync(id, caller.ToCaller(), cancellationToken)).ToHttp();
    }

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> EndSessionsAsync(
        string id,
        HttpCaller caller,
        HttpContext context,
        [FromServices] UserAccess users,
        CancellationToken cancellationToken
    ) => Answer(context, await users.EndSessionsAsync(id, caller.ToCaller(), cancellationToken));

    private static async Task<Results<Ok<UserResponse>, ProblemHttpResult>> EndCodesAsync(
        string id,
        HttpCaller caller,
        HttpContext context,
        [FromServices] UserAccess users,
        CancellationToken cancellationToken
    ) => Answer(context, await users.EndCodesAsync(id, caller.ToCaller(), cancellationToken));

    private static Results<Ok<UserResponse>, ProblemHttpResult> Answer(
        HttpContext context,
        Outcome<UserResponse> outcome
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
