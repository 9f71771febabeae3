using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SocialRegistry.Exchange.Jobs;

/// <summary>Takes up one job after another, also those of a process that was killed.</summary>
internal sealed partial class JobWorker(
    JobStore store,
    JobRunner runner,
    JobSignal signal,
    IOptions<ExchangeOptions> options,
    ILogger<JobWorker> logger
) : BackgroundService
{
    private readonly Guid worker = Guid.NewGuid();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.RunJobs)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await store.TakeAsync(worker, stoppingToken) is { } job)
                {
                    await runner.RunAsync(job, worker, stoppingToken);
                    continue;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                Log.Failed(logger, e.GetType().Name, e.StackTrace);
            }

            await signal
                .WaitAsync(options.Value.PollInterval, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3005, Level = LogLevel.Error, Message = "Looking for jobs failed: {Type}\n{Stack}")]
        public static partial void Failed(ILogger logger, string type, string? stack);
    }
}
