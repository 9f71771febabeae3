using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Attestations;

/// <summary>
/// Writes down that statements no longer hold, with an entry of the change log and a notice for followers. Readers need not wait for it:
/// a statement shows as EXPIRED from the day after its last one.
/// </summary>
internal sealed class ExpireAttestations(
    IDbContextFactory<RegistryDbContext> contexts,
    UnitOfWork work,
    RecordStore store,
    TimeProvider time
)
{
    private const int BatchRecords = 100;

    private static readonly Caller Nobody = Caller.System("attestation-expiry", "job");

    /// <summary>Writes down all that is due.</summary>
    /// <returns>How many statements.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var expired = 0;
        var last = Guid.Empty;
        while (true)
        {
            var from = last;
            var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            List<Guid> due;
            await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
            {
                due = await db
                    .Attestations.Where(a =>
                        a.ValidUntil < today
                        && (a.Status == AttestationStatuses.Attested || a.Status == AttestationStatuses.Pending)
                        && a.RegistrantId.CompareTo(from) > 0
                    )
                    .Select(a => a.RegistrantId)
                    .Distinct()
                    .OrderBy(id => id)
                    .Take(BatchRecords)
                    .ToListAsync(cancellationToken);
            }

            foreach (var id in due)
            {
                var outcome = await work.RunAsync<int>(
                    db => ExpireAsync(db, id, today, cancellationToken),
                    _ => null,
                    cancellationToken
                );
                expired += outcome.Succeeded ? outcome.Value : 0;
            }

            if (due.Count < BatchRecords)
            {
                return expired;
            }

            last = due[^1];
        }
    }

    private async Task<Outcome<int>> ExpireAsync(
        RegistryDbContext db,
        Guid id,
        DateOnly today,
        CancellationToken cancellationToken
    )
    {
        var note = ChangeNote.By(Nobody, null, null, time);
        var loaded = await store.LoadAsync(db, [id], Nobody, cancellationToken);
        using var record = loaded.GetValueOrDefault(id);
        var due = (record?.Attestations ?? []).Where(a => a.StatusOn(today) != a.Status).ToList();
        foreach (var attestation in due)
        {
            note = note with { Now = record!.Row.NextMoment(note.Now, later: true) };
            var entry = new AttestationEntry
            {
                RegistrantId = id,
                Id = Guid.CreateVersion7(note.Now),
                Field = attestation.Field,
                Status = AttestationStatuses.Expired,
                ValueHash = attestation.ValueHash,
                By = Nobody.Id,
                At = note.Now,
                Version = record!.Row.Version,
                Epoch = record.Row.Epoch,
                ValidUntil = attestation.ValidUntil,
            };
            new AttestationWriter(db, time).Write(
                record,
                attestation,
                entry,
                ChangeOperations.AttestationExpired,
                note
            );
        }

        await db.SaveChangesAsync(cancellationToken);
        return due.Count;
    }
}

/// <summary>Looks for statements that have expired, every ten minutes.</summary>
internal sealed partial class ExpiryWorker(ExpireAttestations expire, TimeProvider time, ILogger<ExpiryWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
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
            if (await expire.RunDueAsync(stoppingToken) is > 0 and var count)
            {
                Log.Expired(logger, count);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The database is away; the next round takes them up.
            Log.Failed(logger, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1090, Level = LogLevel.Information, Message = "{Count} attestations have expired")]
        public static partial void Expired(ILogger logger, int count);

        [LoggerMessage(
            EventId = 1091,
            Level = LogLevel.Warning,
            Message = "Looking for expired attestations failed: {Type}"
        )]
        public static partial void Failed(ILogger logger, string type);
    }
}
