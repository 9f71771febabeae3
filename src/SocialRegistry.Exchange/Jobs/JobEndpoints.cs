using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Imports;
using SocialRegistry.Http;
using SocialRegistry.Protection;

namespace SocialRegistry.Exchange.Jobs;

internal static partial class JobEndpoints
{
    private static readonly Problem Unknown = Problem.NotFound(
        "jobs.not_found",
        "There is no such job, or another caller ordered it."
    );

    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes
            .MapGroup("/jobs/{id}")
            .WithTags("Imports")
            .RequireAuthorization(Permissions.RunImports)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
        jobs.MapGet("/", GetAsync).WithSummary("State, progress and counts of a job");
        jobs.MapGet("/result", GetResultAsync)
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .WithSummary("What became of each row, as CSV; holds no values of the file");
        jobs.MapGet("/parked", GetParkedAsync)
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .WithSummary("The rows that were not taken, as CSV, to mend and import again");
    }

    private static async Task<Results<Ok<JobView>, ProblemHttpResult>> GetAsync(
        string id,
        HttpCaller caller,
        [FromServices] JobStore store,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(id, caller, store, cancellationToken) is { } job
            ? TypedResults.Ok(JobView.From(job))
            : Unknown.ToHttp();

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> GetResultAsync(
        string id,
        HttpCaller caller,
        [FromServices] JobStore store,
        CancellationToken cancellationToken
    ) =>
        await FindAsync(id, caller, store, cancellationToken) is { } job
            ? Csv(
                $"import-{job.Id}-result.csv",
                body =>
                    CopyAsync(store, job, null, JobPartKinds.Result, ImportFiles.ResultHeader, body, cancellationToken)
            )
            : Unknown.ToHttp();

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> GetParkedAsync(
        string id,
        HttpCaller caller,
        [FromServices] JobStore store,
        [FromServices] ILoggerFactory loggers,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(id, caller, store, cancellationToken) is not { } job)
        {
            return Unknown.ToHttp();
        }

        Log.ParkedShown(loggers.CreateLogger(typeof(JobEndpoints)), job.Id, caller.ToCaller().Id);
        return Csv(
            $"import-{job.Id}-parked.csv",
            async body =>
            {
                using var key = store.OpenKey(job);
                await CopyAsync(
                    store,
                    job,
                    key,
                    JobPartKinds.Parked,
                    ImportFiles.ParkedHeader(job.Columns()),
                    body,
                    cancellationToken
                );
            }
        );
    }

    private static async Task CopyAsync(
        JobStore store,
        Job job,
        RecordKey? key,
        string kind,
        string header,
        Stream body,
        CancellationToken cancellationToken
    )
    {
        // The mark tells spreadsheets that it is UTF-8.
        await body.WriteAsync(Encoding.UTF8.GetBytes('\uFEFF' + header), cancellationToken);
        for (
            var sequence = 1;
            await store.ReadPartAsync(job, key, kind, sequence, cancellationToken) is { } part;
            sequence++
        )
        {
            await body.WriteAsync(part, cancellationToken);
        }
    }

    private static PushStreamHttpResult Csv(string name, Func<Stream, Task> write) =>
        TypedResults.Stream(write, "text/csv; charset=utf-8", name);

    private static async Task<Job?> FindAsync(
        string id,
        HttpCaller caller,
        JobStore store,
        CancellationToken cancellationToken
    ) =>
        Guid.TryParseExact(id, "D", out var job)
            ? await store.FindAsync(job, caller.ToCaller(), cancellationToken)
            : null;

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 3006,
            Level = LogLevel.Information,
            Message = "The parked rows of job {Job} are shown to {Caller}"
        )]
        public static partial void ParkedShown(ILogger logger, Guid job, string caller);
    }
}
