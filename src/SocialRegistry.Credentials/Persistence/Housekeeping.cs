using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SocialRegistry.Credentials.Offers;
using SocialRegistry.Credentials.Tokens;

namespace SocialRegistry.Credentials.Persistence;

/// <summary>Removes what has run out: nonces and tokens at once, offers a month later. What was issued stays.</summary>
internal sealed partial class Housekeeping(
    IDbContextFactory<CredentialsDbContext> contexts,
    TimeProvider time,
    ILogger<Housekeeping> logger
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan KeepOffers = TimeSpan.FromDays(30);

    /// <returns>Rows removed.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var oldest = now - KeepOffers;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.UsedNonces.Where(n => n.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken)
            + await db.Grants.Where(g => g.ExpiresAt < now).ExecuteDeleteAsync(cancellationToken)
            + await db.Offers.Where(o => o.ExpiresAt < oldest).ExecuteDeleteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await SweepAsync(stoppingToken);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    // The database is away; the rows are refused by their dates meanwhile.
                    Log.Failed(logger, e.GetType().Name);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 4090, Level = LogLevel.Warning, Message = "Removing expired rows failed: {Type}")]
        public static partial void Failed(ILogger logger, string type);
    }
}
