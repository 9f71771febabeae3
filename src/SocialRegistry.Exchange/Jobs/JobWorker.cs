using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace SocialRegistry.Exchange.Jobs;

/// <summary>Takes up one job after another, also those of a process that was killed.</summary>
internal sealed partial class JobWorker(
    JobStore store,
    JobLeases leases,
    JobRunner runner,
    JobSignal signal,
    TimeProvider time,
    IOptions<ExchangeOptions> options,
    ILogger<JobWorker> logger
) : BackgroundService
{
    private static readonly TimeSpan CleanEvery = TimeSpan.FromHours(1);

    private readonly Guid worker = Guid.NewGuid();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.RunJobs)
        {
            return;
        }

        long? cleaned = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await leases.TakeAsync(worker, stoppingToken) is { } taken)
                {
                    await runner.RunAsync(taken, worker, stoppingToken);
                    continue;
                }

                if (cleaned is null || time.GetElapsedTime(cleaned.Value) > CleanEvery)
                {
                    await store.CleanAsync(stoppingToken);
                    cleaned = time.GetTimestamp();
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
