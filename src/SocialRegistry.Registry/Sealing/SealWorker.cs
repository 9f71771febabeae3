using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SocialRegistry.Registry.Sealing;

/// <summary>Seals what was written, in every process that runs the core; whoever comes first does it.</summary>
internal sealed partial class SealWorker(
    LogSealer sealer,
    RegistryOptions options,
    TimeProvider time,
    ILogger<SealWorker> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.SealLog)
        {
            return;
        }

        await Task.Yield();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.SealSeconds), time);
        try
        {
            // The first look is one interval after the start, which waits for nothing here.
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TrySealAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task TrySealAsync(CancellationToken stoppingToken)
    {
        try
        {
            await sealer.SealAsync(stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Entries wait in their queue; the next turn takes them.
            Log.Failed(logger, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1071, Level = LogLevel.Error, Message = "Sealing the log failed: {Type}")]
        public static partial void Failed(ILogger logger, string type);
    }
}
