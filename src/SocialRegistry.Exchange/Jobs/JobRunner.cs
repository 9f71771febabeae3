using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Imports;

namespace SocialRegistry.Exchange.Jobs;

/// <summary>Runs one job from where it stands to its end. A batch that was stored but not yet noted is met again after a kill and changes nothing.</summary>
internal sealed partial class JobRunner(JobStore store, IServiceScopeFactory scopes, ILogger<JobRunner> logger)
{
    public async Task RunAsync(Job job, Guid worker, CancellationToken cancellationToken)
    {
        Log.Started(logger, job.Id, job.Rows);
        Problem? failure = null;
        try
        {
            if (!await ImportAsync(job, worker, cancellationToken))
            {
                Log.Lost(logger, job.Id);
                return;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await store.ReleaseAsync(job.Id, worker, CancellationToken.None);
            throw;
        }
        catch (ImportFailedException e)
        {
            failure = e.Problem;
        }
        catch (Exception e)
        {
            Log.Broken(logger, job.Id, e.GetType().Name, e.StackTrace);
            failure = new Problem(
                "imports.internal",
                ProblemKind.Unavailable,
                "The import stopped at an error of the registry. Rows up to the last noted batch are in; import the file again."
            );
        }

        await store.EndAsync(job.Id, worker, failure, cancellationToken);
        Log.Ended(logger, job.Id, failure?.Code ?? "completed");
    }

    private async Task<bool> ImportAsync(Job job, Guid worker, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var import = scope.ServiceProvider.GetRequiredService<CsvImport>();
        using var key = store.OpenKey(job);
        await using var upload = new UploadStream(store, job, key);
        await foreach (var batch in import.RunAsync(job.ToRequest(), upload, job.ToCaller(), cancellationToken))
        {
            if (!await store.AdvanceAsync(job.Id, worker, batch, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "Job {Job} runs from row {Row}")]
        public static partial void Started(ILogger logger, Guid job, long row);

        [LoggerMessage(EventId = 3002, Level = LogLevel.Information, Message = "Job {Job} ended: {Outcome}")]
        public static partial void Ended(ILogger logger, Guid job, string outcome);

        [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "Job {Job} was taken up by another process")]
        public static partial void Lost(ILogger logger, Guid job);

        // The exception's message may quote values, so only its type and stack are logged.
        [LoggerMessage(EventId = 3004, Level = LogLevel.Error, Message = "Job {Job} broke: {Type}\n{Stack}")]
        public static partial void Broken(ILogger logger, Guid job, string type, string? stack);
    }
}
