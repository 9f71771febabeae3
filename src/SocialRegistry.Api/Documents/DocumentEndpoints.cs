using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using SocialRegistry.Contracts;
using SocialRegistry.Http;

namespace SocialRegistry.Api.Documents;

internal static class DocumentEndpoints
{
    /// <summary>Room for the parts beside the file, in bytes.</summary>
    private const long MaxOtherParts = 64 * 1024;

    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        var documents = routes.MapGroup("/registrants/{id}/documents").WithTags("Documents").WithProblems();
        documents
            .MapPost("/", AddAsync)
            .RequireAuthorization(Permissions.WriteDocuments)
            .Accepts<DocumentForm>("multipart/form-data")
            .WithSummary("Attach a file to a record")
            .WithDescription(
                "The parts kind and description come first, file comes last. The content must be what its media type says; it is stored encrypted. "
                    + "With an Idempotency-Key the same upload may be sent again; with dryRun=true it is checked and not stored."
            );
        documents
            .MapGet("/", ListAsync)
            .RequireAuthorization(Permissions.ReadDocuments)
            .WithSummary("The documents of a record, oldest first");
        documents
            .MapGet("/{documentId}", OpenAsync)
            .RequireAuthorization(Permissions.ReadDocuments)
            .WithSummary("The content of a document, as an attachment")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        documents
            .MapDelete("/{documentId}", RemoveAsync)
            .RequireAuthorization(Permissions.WriteDocuments)
            .WithSummary("Take a document away; the change log keeps that it was there");
    }

    private static async Task<Results<Created<DocumentResponse>, Ok<DocumentResponse>, ProblemHttpResult>> AddAsync(
        string id,
        [AsParameters] RepeatableQuery conditions,
        HttpRequest request,
        HttpCaller caller,
        IDocuments documents,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = DocumentTypes.MaxBytes + MaxOtherParts;
        }

        try
        {
            var upload = await DocumentUpload.ReadAsync(request, cancellationToken);
            if (!upload.Succeeded)
            {
                return upload.Problem.ToHttp();
            }

            var added = await documents.AddAsync(
                registrant,
                upload.Value.Document,
                upload.Value.Content,
                conditions.ToConditions(),
                caller.ToCaller(),
                cancellationToken
            );
            return !added.Succeeded ? added.Problem.ToHttp()
                : conditions.IsDryRun ? TypedResults.Ok(DocumentResponse.From(added.Value) with { DryRun = true })
                : TypedResults.Created(
                    $"/api/v1/registrants/{registrant}/documents/{added.Value.Id}",
                    DocumentResponse.From(added.Value)
                );
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException and not BadHttpRequestException))
        {
            return DocumentUpload.Unreadable.ToHttp();
        }
    }

    private static async Task<Results<Ok<IReadOnlyList<DocumentResponse>>, ProblemHttpResult>> ListAsync(
        string id,
        HttpCaller caller,
        IDocuments documents,
        CancellationToken cancellationToken
    ) =>
        RegistrantId.TryParse(id, out var registrant)
            ? (await documents.ListAsync(registrant, caller.ToCaller(), cancellationToken))
                .Map<IReadOnlyList<DocumentResponse>>(views => [.. views.Select(DocumentResponse.From)])
                .ToHttp()
            : Requests.UnknownRegistrant.ToHttp();

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> OpenAsync(
        string id,
        string documentId,
        HttpCaller caller,
        HttpContext context,
        IDocuments documents,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant) || !DocumentId.TryParse(documentId, out var document))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var opened = await documents.OpenAsync(registrant, document, caller.ToCaller(), cancellationToken);
        if (!opened.Succeeded)
        {
            return opened.Problem.ToHttp();
        }

        context.Response.RegisterForDisposeAsync(opened.Value);
        var view = opened.Value.View;
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.CacheControl = "no-store";
        headers["Repr-Digest"] = $"sha-256=:{Convert.ToBase64String(Convert.FromHexString(view.Sha256))}:";
        context.Response.ContentLength = view.Size;
        return TypedResults.Stream(opened.Value.Content, view.MediaType, view.FileName);
    }

    private static async Task<Results<NoContent, Ok<DryRunResponse>, ProblemHttpResult>> RemoveAsync(
        string id,
        string documentId,
        [AsParameters] RemoveDocumentQuery query,
        [AsParameters] DryRunQuery dry,
        HttpCaller caller,
        IDocuments documents,
        CancellationToken cancellationToken
    )
    {
        if (!RegistrantId.TryParse(id, out var registrant) || !DocumentId.TryParse(documentId, out var document))
        {
            return Requests.UnknownRegistrant.ToHttp();
        }

        var outcome = await documents.RemoveAsync(
            registrant,
            document,
            query.Reason,
            dry.ToConditions(),
            caller.ToCaller(),
            cancellationToken
        );
        return !outcome.Succeeded ? outcome.Problem.ToHttp()
            : dry.IsDryRun ? TypedResults.Ok(DryRunResponse.Checked)
            : TypedResults.NoContent();
    }
}
