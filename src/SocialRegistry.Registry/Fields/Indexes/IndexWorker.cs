using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SocialRegistry.Registry.Fields.Indexes;

/// <summary>Builds indexes while the server runs.</summary>
internal sealed partial class IndexWorker(
    IndexWork work,
    RegistryOptions options,
    TimeProvider time,
    ILogger<IndexWorker> logger
) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.CataloguePollSeconds), time);
        do
        {
            try
            {
                await work.RunDueAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, e.GetType().Name);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 1013,
            Level = LogLevel.Warning,
            Message = "Looking for indexes to make failed ({Type})"
        )]
        public static partial void Failed(ILogger logger, string type);
    }
}
