using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Versions;

internal static class VersionEndpoints
{
    public static void MapVersions(this IEndpointRouteBuilder routes)
    {
        var record = routes.MapGroup("/registrants/{id}").WithTags("Versions").WithProblems();
        record
            .MapGet("/versions", ListAsync)
            .RequireAuthorization(Permissions.ReadVersions)
            .WithSummary("The versions of one registrant, newest first");
        record
            .MapGet("/disclosures", DisclosuresAsync)
            .RequireAuthorization(Permissions.ReadDisclosures)
            .WithSummary("To whom the registrant's data were shown, newest first");
    }

    private static async Task<Results<Ok<Page<VersionView>>, ProblemHttpResult>> ListAsync(
        string id,
        [AsParameters] PageQuery page,
        HttpCaller caller,
        IVersions versions,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var registrant)
            ? (
                await versions.ListAsync(registrant, page.ToPageRequest(), caller.ToCaller(), cancellationToken)
            ).ToHttp()
            : Requests.UnknownRegistrant.ToHttp();

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

/// <summary>Which page of a list.</summary>
public sealed record PageQuery
{
    /// <summary>Items a page, 1 to 500; 50 when absent.</summary>
    [FromQuery(Name = "size"), Range(1, 500)]
    public int? Size { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    [FromQuery(Name = "after"), MaxLength(200)]
    public string? After { get; init; }

    internal PageRequest ToPageRequest() => new(Size ?? 50, After);
}
