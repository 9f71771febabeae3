using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;
using SocialRegistry.Http;
using SocialRegistry.Standards.Dci.Wire;

namespace SocialRegistry.Standards.Dci;

/// <summary>The routes of DCI.</summary>
internal static class DciEndpoints
{
    private static readonly int[] Errors = [400, 401, 403, 413, 415, 429, 500, 503];

    public static void MapDci(this IEndpointRouteBuilder routes)
    {
        MapSearch(routes.MapGroup("/registry"));
        if (routes.ServiceProvider.GetRequiredService<IOptions<DciOptions>>().Value.Alias)
        {
            MapSearch(routes.MapGroup("/dci/registry").ExcludeFromDescription());
        }
    }

    private static void MapSearch(RouteGroupBuilder registry)
    {
        var search = registry
            .WithTags("DCI")
            .WithMetadata(new DciRefusalForm())
            .MapPost(
                "/sync/search",
                (HttpContext context, HttpCaller caller, SyncSearch search, CancellationToken cancellationToken) =>
                    search.AnswerAsync(context, caller.ToCaller("dci"), cancellationToken)
            )
            .RequireAuthorization(Permissions.DciSearch)
            .WithSummary("DCI: search and answer at once (SPDCI Social Registry API 1.0.0, /registry/sync/search)")
            .WithMetadata(new AnyContentType(typeof(SearchRequestEnvelope)))
            .Produces<SearchResponseEnvelope>();
        foreach (var status in Errors)
        {
            search.Produces<HttpErrorResponse>(status);
        }
    }

    /// <summary>Tells the description what is taken, without the router's own 415: that answer is ours, in DCI's form.</summary>
    private sealed class AnyContentType(Type type) : IAcceptsMetadata
    {
        public IReadOnlyList<string> ContentTypes { get; } = ["application/json", "*/*"];

        public Type? RequestType => type;

        public bool IsOptional => false;
    }
}
