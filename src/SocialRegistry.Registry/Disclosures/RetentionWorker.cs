using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SocialRegistry.Registry.Disclosures;

/// <summary>Looks for old disclosures, every <see cref="DisclosureOptions.RetentionEvery"/> and first one such time after the start.</summary>
internal sealed partial class RetentionWorker(
    PruneDisclosures prune,
    DisclosureOptions options,
    TimeProvider time,
    ILogger<RetentionWorker> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(options.RetentionEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops; the next start goes on.
        }
    }

    private async Task TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await prune.RunDueAsync(stoppingToken) is > 0 and var count)
            {
                Log.Pruned(logger, count);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The database is away; the next round takes it up.
            Log.Failed(logger, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1102, Level = LogLevel.Information, Message = "{Count} old disclosures became counts")]
        public static partial void Pruned(ILogger logger, long count);

        [LoggerMessage(
            EventId = 1103,
            Level = LogLevel.Warning,
            Message = "Looking for old disclosures failed: {Type}"
        )]
        public static partial void Failed(ILogger logger, string type);
    }
}
