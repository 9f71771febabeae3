using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Api.Fields;
using SocialRegistry.Api.Registrants;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Alerts;

/// <summary>Reading one record past one's rights, and looking at the alerts of such and of unusual readings.</summary>
internal static class AlertEndpoints
{
    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGroup("/registrants/{id}/break-glass")
            .WithTags("Alerts")
            .RequireAuthorization(Permissions.BreakGlass)
            .WithProblems()
            .ProducesProblem(StatusCodes.Status410Gone)
            .MapPost("/", OpenAsync)
            .WithKnownQuery()
            .WithSummary("Read one record past one's rights, for a reason that is looked at")
            .WithDescription(
                "Staff only. The answer is the record with its values and identifiers in the clear, archived ones too; memberships and "
                    + "relationships name others and are not shown. An alert and the disclosure are stored before the answer leaves. No "
                    + "right is given that lasts."
            );
        var alerts = routes
            .MapGroup("/alerts")
            .WithTags("Alerts")
            .RequireAuthorization(Permissions.ReviewAlerts)
            .WithProblems();
        alerts
            .MapGet("/", ListAsync)
            .WithKnownQuery("state", "kind", "size", "after")
            .WithSummary("Readings that somebody has to look at, newest first; showing a reason is a disclosure");
        alerts
            .MapPost("/{alert}/review", ReviewAsync)
            .WithKnownQuery()
            .WithSummary("Say what came of looking at an alert; never of one's own reading");
    }

    private static async Task<Results<Ok<RegistrantResponse>, ProblemHttpResult>> OpenAsync(
        string id,
        BreakGlassRequest request,
        HttpCaller caller,
        IBreakGlass glass,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var registrant)
            ? (
                await glass.OpenAsync(
                    registrant,
                    new GlassBreak { Reason = request.Reason, Fields = request.Fields },
                    caller.ToCaller(),
                    cancellationToken
                )
            )
                .Map(RegistrantResponse.From)
                .ToHttp()
            : Requests.UnknownRegistrant.ToHttp();

    private static async Task<Results<Ok<Page<AlertResponse>>, ProblemHttpResult>> ListAsync(
        [AsParameters] AlertQuery query,
        HttpCaller caller,
        IAlerts alerts,
        CancellationToken cancellationToken
    ) =>
        (await alerts.ListAsync(query.ToFilter(), query.ToPageRequest(), caller.ToCaller(), cancellationToken))
            .Map(page => new Page<AlertResponse>([.. page.Items.Select(AlertResponse.From)], page.Next))
            .ToHttp();

    private static async Task<Results<Ok<AlertResponse>, ProblemHttpResult>> ReviewAsync(
        string alert,
        ReviewAlertRequest request,
        HttpCaller caller,
        IAlerts alerts,
        CancellationToken cancellationToken
    ) =>
        AlertId.TryParse(alert, out var id)
            ? (
                await alerts.ReviewAsync(
                    id,
                    new AlertReview { Note = request.Note },
                    caller.ToCaller(),
                    cancellationToken
                )
            )
                .Map(AlertResponse.From)
                .ToHttp()
            : Problem.NotFound("alerts.not_found", "There is no such alert.").ToHttp();
}
