using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Fields;

/// <summary>The JSON Schemas of records, for everybody: they hold definitions and no data.</summary>
internal static class SchemaEndpoints
{
    private const string MediaType = "application/schema+json";

    private static readonly Problem Unknown = Problem.NotFound(
        "schemas.not_found",
        "There are schemas of the kinds individual and group, by the versions of the catalogue."
    );

    /// <summary>The caller behind an anonymous request.</summary>
    private static readonly Caller Anybody = new()
    {
        Kind = CallerKind.System,
        Id = "anybody",
        Channel = "schemas",
        Permissions = new HashSet<string>(),
    };

    public static void MapSchemas(this IEndpointRouteBuilder routes)
    {
        var schemas = routes
            .MapGroup("/schemas")
            .WithTags("Fields")
            .WithProblems()
            .AllowEverybody(
                "Schemas describe the form of records and hold none; validators and wallets load them by address."
            );
        schemas
            .MapGet("/{kind}/{version}", GetAsync)
            .WithKnownQuery("lang")
            .Produces<object>(StatusCodes.Status200OK, MediaType)
            .WithSummary("The values of a record in a version of the catalogue, as JSON Schema 2020-12");
        schemas
            .MapGet("/{kind}", CurrentAsync)
            .WithKnownQuery("lang")
            .Produces<object>(StatusCodes.Status200OK, MediaType)
            .WithSummary("The values of a record as the catalogue stands now, as JSON Schema 2020-12");
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> GetAsync(
        string kind,
        string version,
        [AsParameters] LanguageQuery query,
        HttpContext context,
        PublicAddress address,
        ICatalogueChanges changes,
        CancellationToken cancellationToken
    )
    {
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return Unknown.ToHttp();
        }

        var catalogue = await changes.AtAsync(number, Anybody, cancellationToken);
        // A version never changes.
        return catalogue.Succeeded
            ? Answer(catalogue.Value, kind, query, address, context, "public, max-age=31536000, immutable")
            : Unknown.ToHttp();
    }

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> CurrentAsync(
        string kind,
        [AsParameters] LanguageQuery query,
        HttpContext context,
        PublicAddress address,
        IFieldCatalogue catalogue,
        CancellationToken cancellationToken
    ) => Answer(await catalogue.GetAsync(cancellationToken), kind, query, address, context, "public, max-age=10");

    private static Results<ContentHttpResult, ProblemHttpResult> Answer(
        CatalogueView catalogue,
        string kind,
        LanguageQuery query,
        PublicAddress address,
        HttpContext context,
        string caching
    )
    {
        if (kind is not (RegistrantKinds.Individual or RegistrantKinds.Group))
        {
            return Unknown.ToHttp();
        }

        var language = query.Language ?? "eng";
        var version = catalogue.Version.ToString(CultureInfo.InvariantCulture);
        var tag = $"\"{kind}-{version}-{language}\"";
        context.Response.Headers.CacheControl = caching;
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch.Contains(tag))
        {
            return TypedResults.Content(null, null, null, StatusCodes.Status304NotModified);
        }

        var document = RecordSchema.Document(catalogue, kind, address.At($"/schemas/{kind}/{version}"), language);
        return TypedResults.Content(document.ToJsonString(Readable), MediaType, Encoding.UTF8);
    }

    private static readonly System.Text.Json.JsonSerializerOptions Readable = new()
    {
        // JSON, never put into a page: labels of every script stay readable.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
