using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SocialRegistry.Registry.Alerts;

/// <summary>Looks at new showings, every <see cref="AlertOptions.WatchEvery"/>.</summary>
internal sealed partial class WatchWorker(
    ReadingWatch watch,
    AlertOptions options,
    TimeProvider time,
    ILogger<WatchWorker> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(options.WatchEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task TryAsync(CancellationToken stoppingToken)
    {
        try
        {
            await watch.LookAsync(stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The database is away; the next round begins where this one did.
            Log.Failed(logger, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1111, Level = LogLevel.Error, Message = "Counting new showings failed: {Type}")]
        public static partial void Failed(ILogger logger, string type);
    }
}
