using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Alerts;

/// <summary>
/// Counts how many different records each reader is shown in a window. It reads what was newly disclosed, of all processes, beside the
/// readings: they wait for nothing. What it knows stands in memory and is read again after a restart.
/// </summary>
internal sealed class ReadingWatch(
    IDbContextFactory<RegistryDbContext> contexts,
    UnitOfWork work,
    RaiseAlerts raise,
    AlertOptions options,
    TimeProvider time
)
{
    /// <summary>Rows are on disk later than the moment they name, but never by more than this: they are looked at again.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(2);

    private static readonly string Staff = nameof(CallerKind.Staff).ToLowerInvariant();
    private static readonly string Partner = nameof(CallerKind.Partner).ToLowerInvariant();

    private readonly Dictionary<(DateTimeOffset Window, string Kind, string Reader), HashSet<Guid>> seen = [];
    private readonly HashSet<(DateTimeOffset Window, string Kind, string Reader)> told = [];
    private DateTimeOffset? lookedUntil;

    /// <summary>Looks at what is new. One at a time.</summary>
    /// <returns>Alerts that were raised.</returns>
    public async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        var now = ChangeNote.Moment(time);
        var oldest = WindowOf(now) - options.Window;
        var from = lookedUntil is { } last && last - Overlap > oldest ? last - Overlap : oldest;
        await CountAsync(from, cancellationToken);
        Forget(oldest);
        var raised = 0;
        foreach (var (key, records) in seen.Where(s => s.Value.Count > Most(s.Key.Kind)).ToList())
        {
            raised += await RaiseAsync(key, records.Count, now, cancellationToken);
            told.Add(key);
            seen.Remove(key);
        }

        lookedUntil = now;
        return raised;
    }

    private async Task CountAsync(DateTimeOffset from, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = db
            .Disclosures.AsNoTracking()
            .Where(d => d.At >= from && (d.ShownToKind == Staff || d.ShownToKind == Partner))
            .Select(d => new
            {
                d.At,
                d.ShownToKind,
                d.ShownTo,
                d.RegistrantId,
            });
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var key = (WindowOf(row.At), row.ShownToKind, row.ShownTo);
            if (told.Contains(key))
            {
                continue;
            }

            if (!seen.TryGetValue(key, out var records))
            {
                seen[key] = records = [];
            }

            // One more than is usual says all.
            if (records.Count <= Most(row.ShownToKind))
            {
                records.Add(row.RegistrantId);
            }
        }
    }

    private async Task<int> RaiseAsync(
        (DateTimeOffset Window, string Kind, string Reader) of,
        int records,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var (window, kind, reader) = of;
        var number = window.ToUnixTimeSeconds();
        var alert = new Alert
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            Kind = AlertKinds.UnusualReading,
            ReaderKind = kind,
            Reader = reader,
            Number = number,
            Records = records,
            WindowStart = window,
        };
        var outcome = await work.RunAsync<bool>(
            async db =>
            {
                // Another process, or this one before it was started again.
                if (
                    await db.Alerts.AnyAsync(
                        a =>
                            a.Reader == reader
                            && a.Kind == AlertKinds.UnusualReading
                            && a.ReaderKind == kind
                            && a.Number == number,
                        cancellationToken
                    )
                )
                {
                    return false;
                }

                RaiseAlerts.Add(db, alert);
                await db.SaveChangesAsync(cancellationToken);
                return true;
            },
            _ => null,
            cancellationToken
        );
        if (!outcome.Require())
        {
            return 0;
        }

        raise.Tell([alert]);
        return 1;
    }

    private void Forget(DateTimeOffset oldest)
    {
        foreach (var key in seen.Keys.Where(k => k.Window < oldest).ToList())
        {
            seen.Remove(key);
        }

        told.RemoveWhere(k => k.Window < oldest);
    }

    private int Most(string kind) => kind == Partner ? options.PartnerRecords : options.StaffRecords;

    private DateTimeOffset WindowOf(DateTimeOffset moment) =>
        DateTimeOffset.UnixEpoch.AddTicks(
            (moment - DateTimeOffset.UnixEpoch).Ticks / options.Window.Ticks * options.Window.Ticks
        );
}
