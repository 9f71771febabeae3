using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Erasures;

internal static class ErasureEndpoints
{
    public static void MapErasures(this IEndpointRouteBuilder routes)
    {
        var erasure = routes
            .MapGroup("/registrants/{id}/erasure")
            .WithTags("Erasures")
            .RequireAuthorization(Permissions.EraseRegistrants)
            .WithProblems()
            .ProducesProblem(StatusCodes.Status410Gone);
        erasure.MapPost("/", RequestAsync).WithSummary("Ask for the erasure of a record; another has to confirm");
        erasure.MapGet("/", GetAsync).WithSummary("The request that stands, or the tombstone of a record");
        erasure.MapPost("/confirm", ConfirmAsync).WithSummary("Erase for good what another has asked for");
        erasure.MapPost("/refuse", RefuseAsync).WithSummary("Take away a request that was not carried out");
    }

    private static Task<Results<Ok<ErasureResponse>, ProblemHttpResult>> RequestAsync(
        string id,
        EraseRequest request,
        HttpCaller caller,
        IErasures erasures,
        CancellationToken cancellationToken
    ) =>
        RunAsync(
            id,
            registrant =>
                erasures.RequestAsync(
                    registrant,
                    new NewErasure { Ground = request.Ground, Reason = request.Reason },
                    caller.ToCaller(),
                    cancellationToken
                )
        );

    private static Task<Results<Ok<ErasureResponse>, ProblemHttpResult>> GetAsync(
        string id,
        HttpCaller caller,
        IErasures erasures,
        CancellationToken cancellationToken
    ) => RunAsync(id, registrant => erasures.GetAsync(registrant, caller.ToCaller(), cancellationToken));

    private static Task<Results<Ok<ErasureResponse>, ProblemHttpResult>> ConfirmAsync(
        string id,
        HttpCaller caller,
        IErasures erasures,
        CancellationToken cancellationToken
    ) => RunAsync(id, registrant => erasures.ConfirmAsync(registrant, caller.ToCaller(), cancellationToken));

    private static Task<Results<Ok<ErasureResponse>, ProblemHttpResult>> RefuseAsync(
        string id,
        HttpCaller caller,
        IErasures erasures,
        CancellationToken cancellationToken
    ) => RunAsync(id, registrant => erasures.RefuseAsync(registrant, caller.ToCaller(), cancellationToken));

    private static async Task<Results<Ok<ErasureResponse>, ProblemHttpResult>> RunAsync(
        string id,
        Func<RegistrantId, Task<Outcome<ErasureView>>> call
    ) =>
        RegistrantId.TryParse(id, out var registrant)
            ? (await call(registrant)).Map(ErasureResponse.Of).ToHttp()
            : Requests.UnknownRegistrant.ToHttp();
}

/// <summary>An erasure that is asked for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EraseRequest
{
    /// <summary>The law or decision it rests on; stays for good. 1 to 100 letters, digits and . _ : / -</summary>
    public required string Ground { get; init; }

    /// <summary>Why, for who confirms; up to 500 characters. Gone with the record.</summary>
    public required string Reason { get; init; }
}

/// <summary>An erasure: asked for, or the tombstone of a record.</summary>
/// <param name="State"><c>requested</c>, <c>refused</c> or <c>erased</c>.</param>
/// <param name="EndedAt">When it was carried out or refused.</param>
/// <param name="HouseholdsWithoutHead">Households that have lacked their head since.</param>
public sealed record ErasureResponse(
    string RegistrantId,
    string State,
    string Ground,
    DateTimeOffset RequestedAt,
    string RequestedBy,
    DateTimeOffset? EndedAt,
    string? EndedBy,
    IReadOnlyList<string> HouseholdsWithoutHead
)
{
    internal static ErasureResponse Of(ErasureView view) =>
        new(
            view.RegistrantId.ToString(),
            view.State,
            view.Ground,
            view.RequestedAt,
            view.RequestedBy,
            view.EndedAt,
            view.EndedBy,
            [.. view.HouseholdsWithoutHead.Select(h => h.ToString())]
        );
}
