using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Api.Registrants;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Versions;

internal static class VersionEndpoints
{
    public static void MapVersions(this IEndpointRouteBuilder routes)
    {
        var record = routes.MapGroup("/registrants/{id}").WithTags("Versions").WithProblems();
        record.ProducesProblem(StatusCodes.Status410Gone);
        record
            .MapGet("/versions", ListAsync)
            .RequireAuthorization(Permissions.ReadVersions)
            .WithSummary("The versions of one registrant, newest first")
            .WithDescription(
                "One of them is read by GET /api/v1/registrants/{id}?version= with its number or a named version."
            );
        record
            .MapGet("/versions/diff", CompareAsync)
            .RequireAuthorization(Permissions.ReadVersions)
            .WithSummary(
                "What differs between two states of one registrant, field by field, of a group its members too"
            );
        record
            .MapGet("/changes", ChangesAsync)
            .RequireAuthorization(Permissions.ReadVersions)
            .WithSummary("The change log of one registrant, newest first, with old and new values");
        record
            .MapGet("/members", MembersAsync)
            .RequireAuthorization(Permissions.ReadVersions)
            .WithSummary("The members of a group at a moment, each as its own record stood then")
            .WithDescription("Also needs the permission registrants:read. Without a moment: as they stand now.");
        record
            .MapGet("/disclosures", DisclosuresAsync)
            .RequireAuthorization(Permissions.ReadDisclosures)
            .WithSummary("To whom the registrant's data were shown, newest first");
    }

    private static async Task<Results<Ok<Page<VersionView>>, ProblemHttpResult>> ListAsync(
        string id,
        [AsParameters] HistoryQuery query,
        HttpCaller caller,
        IVersions versions,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var filter = query.ToFilter();
        return filter.Succeeded
            ? (
                await versions.ListAsync(
                    registrant,
                    filter.Value,
                    query.ToPageRequest(),
                    caller.ToCaller(),
                    cancellationToken
                )
            ).ToHttp()
            : filter.Problem.ToHttp();
    }

    private static async Task<Results<Ok<Page<ChangeView>>, ProblemHttpResult>> ChangesAsync(
        string id,
        [AsParameters] HistoryQuery query,
        HttpCaller caller,
        IVersions versions,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var filter = query.ToFilter();
        return filter.Succeeded
            ? (
                await versions.ChangesAsync(
                    registrant,
                    filter.Value,
                    query.ToPageRequest(),
                    caller.ToCaller(),
                    cancellationToken
                )
            ).ToHttp()
            : filter.Problem.ToHttp();
    }

    private static async Task<Results<Ok<DifferenceResponse>, ProblemHttpResult>> CompareAsync(
        string id,
        [AsParameters] DifferenceQuery query,
        HttpCaller caller,
        IVersions versions,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var (from, to) = (Moments.Point(query.From, "from"), Moments.Point(query.To, "to"));
        if ((from.Problem ?? to.Problem) is { } problem)
        {
            return problem.ToHttp();
        }

        var outcome = await versions.CompareAsync(
            registrant,
            from.Value!,
            to.Value!,
            caller.ToCaller(),
            cancellationToken
        );
        return outcome.Map(DifferenceResponse.Of).ToHttp();
    }

    private static async Task<Results<Ok<Page<RegistrantResponse>>, ProblemHttpResult>> MembersAsync(
        string id,
        [AsParameters] MembersQuery query,
        HttpCaller caller,
        IVersions versions,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var group))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var options = query.ToOptions();
        if (!options.Succeeded)
        {
            return options.Problem.ToHttp();
        }

        var outcome = await versions.MembersAsync(
            group,
            options.Value,
            query.ToPageRequest(),
            caller.ToCaller(),
            cancellationToken
        );
        return outcome
            .Map(page => new Page<RegistrantResponse>([.. page.Items.Select(RegistrantResponse.From)], page.Next))
            .ToHttp();
    }

    private static async Task<Results<Ok<Page<DisclosureView>>, ProblemHttpResult>> DisclosuresAsync(
        string id,
        [AsParameters] PageQuery page,
        HttpCaller caller,
        IVersions versions,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var registrant)
            ? (
                await versions.DisclosuresAsync(registrant, page.ToPageRequest(), caller.ToCaller(), cancellationToken)
            ).ToHttp()
            : Requests.UnknownRegistrant.ToHttp();
}
