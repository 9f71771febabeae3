using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using SocialRegistry.Access.Persistence;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Access.Partners;

/// <summary>What an administrator sees of a partner: never its secret.</summary>
public sealed record PartnerResponse
{
    public required string Id { get; init; }

    /// <summary><c>active</c> or <c>suspended</c>.</summary>
    public required string Status { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Field ids it may receive; <c>*</c> alone means all.</summary>
    public required IReadOnlyList<string> Attributes { get; init; }

    /// <summary>Field ids and identifier types it may filter by; <c>*</c> alone means all.</summary>
    public required IReadOnlyList<string> Filters { get; init; }

    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary><c>required</c>, <c>optional</c> or <c>off</c>.</summary>
    public required string Signature { get; init; }

    public required string Dialect { get; init; }

    public required IReadOnlyList<string> CallbackHosts { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Partners as an administrator handles them. They are made by the bootstrap file.</summary>
internal static partial class PartnerEndpoints
{
    private const int MaxPage = 500;
    private const int MaxId = 100;

    private static readonly Problem NotFound = Problem.NotFound("partners.not_found", "There is no such partner.");

    public static void MapPartners(this IEndpointRouteBuilder routes)
    {
        var partners = routes
            .MapGroup("/api/v1/partners")
            .WithTags("Partners")
            .RequireAuthorization(Permissions.ManageAccess)
            .ProducesProblem(400)
            .ProducesProblem(401)
            .ProducesProblem(403)
            .ProducesProblem(429);
        partners.MapGet("/", ListAsync).WithSummary("The partners by id");
        partners
            .MapPost("/{id}/suspend", SuspendAsync)
            .WithSummary("Suspend a partner; its tokens are refused at once")
            .ProducesProblem(404);
        partners
            .MapPost("/{id}/activate", ActivateAsync)
            .WithSummary("Let a suspended partner in again")
            .ProducesProblem(404);
    }

    private static async Task<Results<Ok<Page<PartnerResponse>>, ProblemHttpResult>> ListAsync(
        [FromServices] IDbContextFactory<AccessDbContext> contexts,
        CancellationToken cancellationToken,
        int size = 50,
        string? after = null
    )
    {
        if (size is < 1 or > MaxPage)
        {
            return Problem
                .Invalid(
                    "partners.size",
                    "The page is too large or too small.",
                    new FieldProblem("size", "range", $"1 to {MaxPage}")
                )
                .ToHttp();
        }

        if (after is not null && !PlainText.Is(after, MaxId))
        {
            return Problem
                .Invalid(
                    "partners.after",
                    "after takes the next of the page before.",
                    new FieldProblem("after", "pattern", "a partner id")
                )
                .ToHttp();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var query = db.Partners.AsNoTracking();
        if (after is not null)
        {
            // In the database's own order, as the list is.
#pragma warning disable CA1309
            query = query.Where(p => string.Compare(p.Id, after) > 0);
#pragma warning restore CA1309
        }

        var rows = await query.OrderBy(p => p.Id).Take(size + 1).ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new Page<PartnerResponse>(
                [.. rows.Take(size).Select(Describe)],
                rows.Count > size ? rows[size - 1].Id : null
            )
        );
    }

    private static Task<Results<Ok<PartnerResponse>, ProblemHttpResult>> SuspendAsync(
        string id,
        HttpCaller caller,
        [FromServices] IDbContextFactory<AccessDbContext> contexts,
        [FromServices] PartnerDirectory directory,
        [FromServices] TimeProvider time,
        [FromServices] ILogger<PartnerDirectory> logger,
        CancellationToken cancellationToken
    ) => SetAsync(id, true, caller, contexts, directory, time, logger, cancellationToken);

    private static Task<Results<Ok<PartnerResponse>, ProblemHttpResult>> ActivateAsync(
        string id,
        HttpCaller caller,
        [FromServices] IDbContextFactory<AccessDbContext> contexts,
        [FromServices] PartnerDirectory directory,
        [FromServices] TimeProvider time,
        [FromServices] ILogger<PartnerDirectory> logger,
        CancellationToken cancellationToken
    ) => SetAsync(id, false, caller, contexts, directory, time, logger, cancellationToken);

    private static async Task<Results<Ok<PartnerResponse>, ProblemHttpResult>> SetAsync(
        string id,
        bool suspended,
        HttpCaller caller,
        IDbContextFactory<AccessDbContext> contexts,
        PartnerDirectory directory,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        if (!PlainText.Is(id, MaxId))
        {
            return NotFound.ToHttp();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Partners.SingleOrDefaultAsync(p => p.Id == id, cancellationToken) is not { } partner)
        {
            return NotFound.ToHttp();
        }

        partner.Suspend(suspended, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        directory.Forget();
        Log.Changed(logger, partner.Id, Status(partner), caller.ToCaller().Id);
        return TypedResults.Ok(Describe(partner));
    }

    private static string Status(Partner partner) => partner.Suspended ? "suspended" : "active";

    private static PartnerResponse Describe(Partner partner) =>
        new()
        {
            Id = partner.Id,
            Status = Status(partner),
            Scopes = partner.Scopes,
            Attributes = partner.Attributes,
            Filters = partner.Filters,
            Purposes = partner.Purposes,
            Signature = partner.Signature,
            Dialect = partner.Dialect,
            CallbackHosts = partner.CallbackHosts,
            UpdatedAt = partner.UpdatedAt,
        };

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 6020,
            Level = LogLevel.Information,
            Message = "Partner {Partner} is now {Status}, by {By}"
        )]
        public static partial void Changed(ILogger logger, string partner, string status, string by);
    }
}
