using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Jobs;
using SocialRegistry.Http;

namespace SocialRegistry.Exchange.Imports;

internal static class ImportEndpoints
{
    /// <summary>Room for the parts beside the file, in bytes.</summary>
    private const long MaxOtherParts = 1024 * 1024;

    public static void MapImports(this IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/imports", StartAsync)
            .WithTags("Imports")
            .RequireAuthorization(Permissions.RunImports)
            .Accepts<ImportForm>("multipart/form-data")
            .WithSummary("Import persons, groups, areas, parents or spouses from CSV")
            .WithDescription(
                "Rows are found again by their identifiers: the same file twice changes nothing. A bad row is parked and never stops the others. "
                    + "A header that does not fit is refused at once. Follow the job at its Location."
            )
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Results<Accepted<JobView>, ProblemHttpResult>> StartAsync(
        HttpRequest request,
        HttpCaller httpCaller,
        [FromServices] JobStore store,
        [FromServices] CsvImport import,
        [FromServices] JobSignal signal,
        [FromServices] INamedVersions versions,
        [FromServices] IOptions<ExchangeOptions> options,
        CancellationToken cancellationToken
    )
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = options.Value.MaxUploadBytes + MaxOtherParts;
        }

        var uploaded = await new ImportUpload(store, options.Value.MaxUploadBytes).ReadAsync(
            request,
            httpCaller.ToCaller("import"),
            cancellationToken
        );
        if (!uploaded.Succeeded)
        {
            return uploaded.Problem.ToHttp();
        }

        var job = uploaded.Value;
        if (await ClosedAsync(job, versions, httpCaller, cancellationToken) is { } closed)
        {
            await store.RemoveAsync(job.Id, CancellationToken.None);
            return closed.ToHttp();
        }

        if (await CheckHeaderAsync(job, store, import, cancellationToken) is { } problem)
        {
            await store.RemoveAsync(job.Id, CancellationToken.None);
            return problem.ToHttp();
        }

        await store.QueueAsync(job, cancellationToken);
        signal.Set();
        return TypedResults.Accepted($"/api/v1/jobs/{job.Id}", JobView.From(job));
    }

    /// <summary>Why records cannot join the named version of the job, told before the first row.</summary>
    private static async Task<Problem?> ClosedAsync(
        Job job,
        INamedVersions versions,
        HttpCaller httpCaller,
        CancellationToken cancellationToken
    )
    {
        if (job.NamedVersion is not { } name)
        {
            return null;
        }

        var caller = httpCaller.ToCaller("import");
        var reader = caller with { Permissions = new HashSet<string> { Permissions.ReadVersions } };
        var found = await versions.GetAsync(name, reader, cancellationToken);
        return found.Problem ?? (found.Value!.Open ? null : ImportProblems.NamedVersionClosed);
    }

    private static async Task<Problem?> CheckHeaderAsync(
        Job job,
        JobStore store,
        CsvImport import,
        CancellationToken cancellationToken
    )
    {
        using var key = store.OpenKey(job);
        await using var upload = new UploadStream(store, job, key);
        var header = await import.CheckHeaderAsync(job.ToRequest(), upload, cancellationToken);
        if (header.Succeeded)
        {
            job.Accept(header.Value);
        }

        return header.Problem;
    }
}

/// <summary>The parts of an import.</summary>
internal sealed record ImportForm
{
    /// <summary>CSV in UTF-8, or UTF-16 with its mark; delimiter comma, semicolon, tab or bar; first row the column names.</summary>
    public required IFormFile File { get; init; }

    /// <summary><c>individual</c>, <c>group</c>, <c>areas</c> (which also needs the permission <c>areas:write</c>), <c>parents</c> or <c>spouses</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>JSON object of column name to field id, for columns whose name says nothing; the empty text leaves a column out.</summary>
    public string? Mapping { get; init; }

    /// <summary><c>upsert</c>, the default.</summary>
    public string? Mode { get; init; }

    /// <summary><c>true</c> checks every row and stores nothing.</summary>
    public bool? DryRun { get; init; }

    /// <summary>An open named version that the persons or groups of the file join, changed or not: a round of an import. Needs <c>versions:write</c>.</summary>
    public string? NamedVersion { get; init; }
}
