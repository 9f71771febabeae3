using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Imports;

namespace SocialRegistry.Exchange.Jobs;

/// <summary>
/// Runs one job from where it stands to its end. A batch that was stored but not yet noted is met again after a kill and changes nothing.
/// An error of the registry is waited out as long as the job gets on.
/// </summary>
internal sealed partial class JobRunner(
    JobStore store,
    JobLeases leases,
    IServiceScopeFactory scopes,
    IOptions<ExchangeOptions> options,
    ILogger<JobRunner> logger
)
{
    /// <summary>Tries without one batch in between, then the job fails.</summary>
    private const int MostTries = 5;

    private static readonly Problem Internal = new(
        "imports.internal",
        ProblemKind.Unavailable,
        "The import stopped at an error of the registry. Rows up to the last noted batch are in; import the file again."
    );

    public async Task RunAsync(TakenJob taken, Guid worker, CancellationToken cancellationToken)
    {
        try
        {
            await RunToEndAsync(taken, worker, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await leases.ReleaseAsync(taken.Job.Id, worker, CancellationToken.None);
            throw;
        }
    }

    private async Task RunToEndAsync(TakenJob taken, Guid worker, CancellationToken cancellationToken)
    {
        var (job, again) = taken;
        Log.Started(logger, job.Id, job.Rows);
        for (var tries = 1; ; tries++)
        {
            var rows = job.Rows;
            var outcome = await TryAsync(job, again, worker, cancellationToken);
            if (outcome is Ended.Lost)
            {
                Log.Lost(logger, job.Id);
                return;
            }

            if (outcome is Ended.Done or Ended.Refused)
            {
                await EndAsync(job.Id, worker, (outcome as Ended.Refused)?.Problem, cancellationToken);
                return;
            }

            job = await leases.ReadAsync(job.Id, cancellationToken);
            tries = job.Rows > rows ? 0 : tries;
            again = true;
            if (tries >= MostTries)
            {
                await EndAsync(job.Id, worker, Internal, cancellationToken);
                return;
            }

            if (!await leases.KeepAsync(job.Id, worker, cancellationToken))
            {
                Log.Lost(logger, job.Id);
                return;
            }

            await Task.Delay(options.Value.RetryDelay, cancellationToken);
        }
    }

    private async Task EndAsync(Guid job, Guid worker, Problem? failure, CancellationToken cancellationToken)
    {
        await leases.EndAsync(job, worker, failure, cancellationToken);
        Log.Ended(logger, job, failure?.Code ?? "completed");
    }

    private async Task<Ended> TryAsync(Job job, bool again, Guid worker, CancellationToken cancellationToken)
    {
        try
        {
            return await ImportAsync(job, again, worker, cancellationToken) ? new Ended.Done() : new Ended.Lost();
        }
        catch (ImportFailedException e) when (e.Problem.Kind is not (ProblemKind.Unavailable or ProblemKind.TooMany))
        {
            return new Ended.Refused(e.Problem);
        }
        catch (ImportFailedException e)
        {
            Log.Waits(logger, job.Id, e.Problem.Code);
            return new Ended.Broken();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Broken(logger, job.Id, e.GetType().Name, e.StackTrace);
            return new Ended.Broken();
        }
    }

    /// <summary>False when another process has taken the job up.</summary>
    private async Task<bool> ImportAsync(Job job, bool again, Guid worker, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var import = scope.ServiceProvider.GetRequiredService<CsvImport>();
        using var key = store.OpenKey(job);
        await using var upload = new UploadStream(store, job, key);
        await foreach (var batch in import.RunAsync(job.ToRequest(), upload, job.ToCaller(), cancellationToken))
        {
            var noted = again ? RepeatedBatch.Correct(batch, job) : batch;
            again = false;
            if (!await leases.AdvanceAsync(job.Id, worker, noted, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How a try ended.</summary>
    private abstract record Ended
    {
        public sealed record Done : Ended;

        /// <summary>Another process has the job now.</summary>
        public sealed record Lost : Ended;

        /// <summary>No use to try again.</summary>
        public sealed record Refused(Problem Problem) : Ended;

        /// <summary>It may go better later.</summary>
        public sealed record Broken : Ended;
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

        [LoggerMessage(EventId = 3007, Level = LogLevel.Warning, Message = "Job {Job} waits: {Code}")]
        public static partial void Waits(ILogger logger, Guid job, string code);
    }
}
