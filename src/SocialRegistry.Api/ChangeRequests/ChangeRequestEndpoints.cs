using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Api.Fields;
using SocialRegistry.Api.Versions;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.ChangeRequests;

internal static class ChangeRequestEndpoints
{
    private static readonly Problem Unknown = Problem.NotFound(
        "change_requests.not_found",
        "There is no such request, or it is not for this caller."
    );

    public static void MapChangeRequests(this IEndpointRouteBuilder routes)
    {
        var requests = routes.MapGroup("/change-requests").WithTags("Change requests").WithProblems();
        requests
            .MapPost("/", CreateAsync)
            .RequireAuthorization(Permissions.WriteRequests)
            .WithKnownQuery()
            .WithSummary("Draft a change request, or submit it at once")
            .WithDescription(
                "The members of payload depend on the type and are those of the direct operation. A request that is submitted is checked as "
                    + "if it were applied. With an Idempotency-Key header the same request may be sent again."
            );
        // Reading needs one of two permissions, which the port asks for.
        requests
            .MapGet("/", ListAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithKnownQuery("state", "type", "subject", "area", "mine", "claimed", "overdue", "size", "after")
            .WithSummary("Change requests without values, the newest first")
            .WithDescription(
                "Needs requests:review, or requests:write for one's own. A page may have fewer items than asked for and still name a next one."
            );
        requests
            .MapGet("/{id}", GetAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithKnownQuery("fields")
            .WithSummary("One change request with its history; the reading is a disclosure")
            .WithDescription(
                "Needs requests:review, or requests:write for one's own. Values are shown as the caller may see the fields; the answer's ETag is its version."
            );
        requests
            .MapPatch("/{id}", UpdateAsync)
            .RequireAuthorization(Permissions.WriteRequests)
            .WithKnownQuery()
            .WithSummary("Change what a draft says, under If-Match");
        MapStep(requests, "submit", Permissions.WriteRequests, "Hand a draft in");
        MapStep(requests, "withdraw", Permissions.WriteRequests, "Take a request of one's own back");
        MapStep(
            requests,
            "rebase",
            Permissions.WriteRequests,
            "Submit a request that could not be applied again, on what stands now"
        );
        MapStep(requests, "claim", Permissions.ReviewRequests, "Hold a request for a while, to review it");
        MapStep(requests, "release", Permissions.ReviewRequests, "Give a claimed request back");
        MapStep(
            requests,
            "approve",
            Permissions.ReviewRequests,
            "Agree; the last stage applies the change in the same transaction"
        );
        MapStep(requests, "reject", Permissions.ReviewRequests, "Refuse, with a comment");
        MapStep(requests, "apply", Permissions.ReviewRequests, "Try again to apply what is approved");
        requests
            .MapPost("/{id}/comments", CommentAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithKnownQuery()
            .WithSummary("Say something about a request");
    }

    private static void MapStep(RouteGroupBuilder requests, string action, string permission, string summary) =>
        requests
            .MapPost(
                "/{id}/" + action,
                (
                    string id,
                    StepRequest? body,
                    [FromHeader(Name = "If-Match")] string? ifMatch,
                    HttpCaller caller,
                    HttpContext context,
                    IChangeRequests port,
                    CancellationToken cancellationToken
                ) => StepAsync(id, action, body?.Comment, ifMatch, caller, context, port, cancellationToken)
            )
            .RequireAuthorization(permission)
            .WithKnownQuery()
            .WithSummary(summary);

    private static async Task<Results<Created<ChangeRequestResponse>, ProblemHttpResult>> CreateAsync(
        CreateChangeRequestRequest body,
        [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        HttpCaller caller,
        HttpContext context,
        IChangeRequests port,
        CancellationToken cancellationToken
    )
    {
        var request = body.ToNew(idempotencyKey);
        if (!request.Succeeded)
        {
            return request.Problem.ToHttp();
        }

        var outcome = await port.CreateAsync(request.Value, caller.ToCaller(), cancellationToken);
        if (!outcome.Succeeded)
        {
            return context.Refuse(outcome.Problem);
        }

        context.SetETag(outcome.Value.Version);
        return TypedResults.Created(
            $"/api/v1/change-requests/{outcome.Value.Id}",
            ChangeRequestResponse.From(outcome.Value)
        );
    }

    private static async Task<Results<Ok<Page<ChangeRequestResponse>>, ProblemHttpResult>> ListAsync(
        [AsParameters] ChangeRequestFilters filters,
        [AsParameters] PageQuery page,
        HttpCaller caller,
        IChangeRequests port,
        CancellationToken cancellationToken
    )
    {
        var query = filters.ToQuery();
        return query.Succeeded
            ? (await port.ListAsync(query.Value, page.ToPageRequest(), caller.ToCaller(), cancellationToken))
                .Map(p => new Page<ChangeRequestResponse>([.. p.Items.Select(ChangeRequestResponse.From)], p.Next))
                .ToHttp()
            : query.Problem.ToHttp();
    }

    private static async Task<Results<Ok<ChangeRequestResponse>, ProblemHttpResult>> GetAsync(
        string id,
        [FromQuery(Name = "fields"), MaxLength(2000)] string? fields,
        HttpCaller caller,
        HttpContext context,
        IChangeRequests port,
        CancellationToken cancellationToken
    ) =>
        ChangeRequestId.TryParse(id, out var request)
            ? Answer(
                context,
                await port.GetAsync(request, Requests.Fields(fields), caller.ToCaller(), cancellationToken)
            )
            : Unknown.ToHttp();

    private static async Task<Results<Ok<ChangeRequestResponse>, ProblemHttpResult>> UpdateAsync(
        string id,
        UpdateChangeRequestRequest body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpCaller caller,
        HttpContext context,
        IChangeRequests port,
        CancellationToken cancellationToken
    )
    {
        if (!ChangeRequestId.TryParse(id, out var request))
        {
            return Unknown.ToHttp();
        }

        var expected = Requests.ExpectedVersion(ifMatch, "change_requests");
        if (!expected.Succeeded)
        {
            return expected.Problem.ToHttp();
        }

        var edit = body.ToEdit(expected.Value);
        return edit.Succeeded
            ? Answer(context, await port.UpdateAsync(request, edit.Value, caller.ToCaller(), cancellationToken))
            : edit.Problem.ToHttp();
    }

    private static Task<Results<Ok<ChangeRequestResponse>, ProblemHttpResult>> CommentAsync(
        string id,
        CommentRequest body,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        HttpCaller caller,
        HttpContext context,
        IChangeRequests port,
        CancellationToken cancellationToken
    ) => StepAsync(id, ChangeRequestActions.Comment, body.Comment, ifMatch, caller, context, port, cancellationToken);

    private static async Task<Results<Ok<ChangeRequestResponse>, ProblemHttpResult>> StepAsync(
        string id,
        string action,
        string? comment,
        string? ifMatch,
        HttpCaller caller,
        HttpContext context,
        IChangeRequests port,
        CancellationToken cancellationToken
    )
    {
        if (!ChangeRequestId.TryParse(id, out var request))
        {
            return Unknown.ToHttp();
        }

        long? expected = null;
        if (!string.IsNullOrWhiteSpace(ifMatch))
        {
            var version = Requests.ExpectedVersion(ifMatch, "change_requests");
            if (!version.Succeeded)
            {
                return version.Problem.ToHttp();
            }

            expected = version.Value;
        }

        var step = new ChangeRequestStep
        {
            Action = action,
            Comment = comment,
            ExpectedVersion = expected,
        };
        return Answer(context, await port.ActAsync(request, step, caller.ToCaller(), cancellationToken));
    }

    private static Results<Ok<ChangeRequestResponse>, ProblemHttpResult> Answer(
        HttpContext context,
        Outcome<ChangeRequestView> outcome
    )
    {
        if (!outcome.Succeeded)
        {
            return context.Refuse(outcome.Problem);
        }

        context.SetETag(outcome.Value.Version);
        return TypedResults.Ok(ChangeRequestResponse.From(outcome.Value));
    }
}
