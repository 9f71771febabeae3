using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Identifiers;

/// <summary>Keeps the pools filled: at start, and when they were taken from.</summary>
internal sealed partial class PoolWorker(
    NumberPool pool,
    FieldCatalogue catalogue,
    TimeProvider time,
    ILogger<PoolWorker> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    /// <returns>Numbers made.</returns>
    public async Task<int> FillAsync(CancellationToken cancellationToken)
    {
        var made = 0;
        foreach (var type in catalogue.Current.View.IdentifierTypes.Where(t => t.Generator is not null))
        {
            made += await pool.FillAsync(catalogue.Current.IdentifierType(type.Id)!, cancellationToken);
        }

        return made;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                await TryFillAsync(stoppingToken);
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private async Task TryFillAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (await FillAsync(stoppingToken) is > 0 and var made)
            {
                Log.Filled(logger, made);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The database is away; numbers are made on the spot meanwhile, and filling is tried again.
            Log.Failed(logger, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1060, Level = LogLevel.Debug, Message = "{Count} numbers were made for the pools")]
        public static partial void Filled(ILogger logger, int count);

        [LoggerMessage(
            EventId = 1061,
            Level = LogLevel.Warning,
            Message = "Filling the pools of numbers failed: {Type}"
        )]
        public static partial void Failed(ILogger logger, string type);
    }
}
