using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SocialRegistry.Registry.Fields;

/// <summary>Loads the catalogue before the server listens, then follows the changes that other processes make.</summary>
internal sealed partial class CatalogueWatch(
    FieldCatalogue catalogue,
    RegistryOptions options,
    TimeProvider time,
    ILogger<CatalogueWatch> logger
) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await catalogue.RefreshAsync(cancellationToken);
        }
        catch (DbException e)
        {
            // The database is not ready; the server's health says so, and the first use tries again.
            Log.Failed(logger, e.GetType().Name);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.CataloguePollSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await catalogue.RefreshAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // What stands here goes on standing until the database answers again.
                Log.Failed(logger, e.GetType().Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 1010,
            Level = LogLevel.Warning,
            Message = "The field catalogue could not be read ({Type}); the version that is known, if any, stands"
        )]
        public static partial void Failed(ILogger logger, string type);
    }
}
