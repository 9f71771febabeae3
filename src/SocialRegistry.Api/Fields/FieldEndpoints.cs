using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Fields;

internal static class FieldEndpoints
{
    public static void MapFields(this IEndpointRouteBuilder routes) =>
        routes
            .MapGroup("/fields")
            .WithTags("Fields")
            .WithProblems()
            .MapGet("/", GetAsync)
            .RequireAuthorization(Policies.SignedIn)
            .WithSummary("The field catalogue: fields, code lists and identifier types");

    private static async Task<Ok<CatalogueView>> GetAsync(
        IFieldCatalogue catalogue,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await catalogue.GetAsync(cancellationToken));
}
