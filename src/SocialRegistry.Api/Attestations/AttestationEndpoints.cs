using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Api.Versions;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Attestations;

internal static class AttestationEndpoints
{
    public static void MapAttestations(this IEndpointRouteBuilder routes)
    {
        var attestations = routes.MapGroup("/registrants/{id}/attestations").WithTags("Attestations").WithProblems();
        attestations.ProducesProblem(StatusCodes.Status410Gone);
        attestations
            .MapGet("/", ListAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("The state of each attestable field that has a value");
        attestations
            .MapPut("/{field}", AttestAsync)
            .RequireAuthorization(Permissions.WriteAttestations)
            .WithSummary("State something about the value that stands");
        attestations
            .MapGet("/{field}/history", HistoryAsync)
            .RequireAuthorization(Permissions.ReadRegistrants)
            .WithSummary("All that was ever stated about one field, newest first");
        var all = routes.MapGroup("/attestations").WithTags("Attestations").WithProblems();
        all.MapPost("/", AttestManyAsync)
            .RequireAuthorization(Permissions.WriteAttestations)
            .WithSummary("State something about many values")
            .WithDescription(
                "Several fields of one record, or one field of many records, up to 1,000 statements. Each has an outcome of its own, in the order sent; a bad one never stops the others."
            );
        all.MapGet("/waiting", WaitingAsync)
            .RequireAuthorization(Permissions.WriteAttestations)
            .WithSummary("Values that wait for a statement which the caller may make")
            .WithDescription(
                "NEW, PENDING (a second person confirms) or EXPIRED. A page looks at a bounded number of records: it may be short or empty and still have a next one."
            );
    }

    private static async Task<Results<Ok<IReadOnlyList<AttestationView>>, ProblemHttpResult>> ListAsync(
        string id,
        HttpCaller caller,
        IAttestations attestations,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var registrant)
            ? (await attestations.ListAsync(registrant, caller.ToCaller(), cancellationToken)).ToHttp()
            : Requests.UnknownRegistrant.ToHttp();

    private static async Task<Results<Ok<AttestationView>, ProblemHttpResult>> AttestAsync(
        string id,
        string field,
        AttestRequest body,
        HttpCaller caller,
        IAttestations attestations,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var registrant)
            ? (
                await attestations.AttestAsync(
                    registrant,
                    field,
                    body.ToStatement(),
                    caller.ToCaller(),
                    cancellationToken
                )
            ).ToHttp()
            : Requests.UnknownRegistrant.ToHttp();

    private static async Task<Results<Ok<Page<AttestationView>>, ProblemHttpResult>> HistoryAsync(
        string id,
        string field,
        [AsParameters] PageQuery page,
        HttpCaller caller,
        IAttestations attestations,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var registrant)
            ? (
                await attestations.HistoryAsync(
                    registrant,
                    field,
                    page.ToPageRequest(),
                    caller.ToCaller(),
                    cancellationToken
                )
            ).ToHttp()
            : Requests.UnknownRegistrant.ToHttp();

    private static async Task<Results<Ok<AttestManyAnswer>, ProblemHttpResult>> AttestManyAsync(
        AttestManyRequest body,
        HttpCaller caller,
        IAttestations attestations,
        CancellationToken cancellationToken
    )
    {
        var statements = body.ToStatements();
        if (!statements.Succeeded)
        {
            return statements.Problem.ToHttp();
        }

        var outcomes = await attestations.AttestManyAsync(statements.Value, caller.ToCaller(), cancellationToken);
        return outcomes.Map(o => AttestManyAnswer.Of(statements.Value, o)).ToHttp();
    }

    private static async Task<Results<Ok<Page<WaitingItem>>, ProblemHttpResult>> WaitingAsync(
        [AsParameters] WaitingQuery filter,
        [AsParameters] PageQuery page,
        HttpCaller caller,
        IAttestations attestations,
        CancellationToken cancellationToken
    ) =>
        (
            await attestations.WaitingAsync(
                new WaitingFilter(filter.Field, filter.Area, filter.Kind),
                page.ToPageRequest(),
                caller.ToCaller(),
                cancellationToken
            )
        )
            .Map(WaitingItem.Page)
            .ToHttp();
}
