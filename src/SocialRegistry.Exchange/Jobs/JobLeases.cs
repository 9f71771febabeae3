using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Imports;
using SocialRegistry.Exchange.Persistence;
using SocialRegistry.Protection;

namespace SocialRegistry.Exchange.Jobs;

/// <summary>Hands jobs to one process at a time, and notes how far it is.</summary>
internal sealed class JobLeases(
    IDbContextFactory<ExchangeDbContext> contexts,
    JobKeys keys,
    TimeProvider time,
    IOptions<ExchangeOptions> options
)
{
    private TimeSpan Lease => options.Value.Lease;

    /// <summary>Takes up the oldest job that waits or whose process is gone; <c>null</c> when there is none.</summary>
    public async Task<TakenJob?> TakeAsync(Guid worker, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = time.GetUtcNow();
        var moment = now.ToUnixTimeMilliseconds();
        var due = db.Jobs.Where(job =>
            job.State == JobStates.Queued
            || (job.State == JobStates.Running && (job.LeasedUntil == null || job.LeasedUntil < moment))
        );
        var candidates = await due.OrderBy(job => job.Id)
            .Select(job => new { job.Id, job.State })
            .Take(10)
            .ToListAsync(cancellationToken);
        foreach (var candidate in candidates)
        {
            var taken = await due.Where(job => job.Id == candidate.Id)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(job => job.State, JobStates.Running)
                            .SetProperty(job => job.LeasedBy, worker)
                            .SetProperty(job => job.LeasedUntil, now.Add(Lease).ToUnixTimeMilliseconds()),
                    cancellationToken
                );
            if (taken == 1)
            {
                return new TakenJob(
                    await ReadAsync(candidate.Id, cancellationToken),
                    candidate.State == JobStates.Running
                );
            }
        }

        return null;
    }

    /// <summary>The job as it stands now.</summary>
    public async Task<Job> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Jobs.AsNoTracking().FirstAsync(job => job.Id == id, cancellationToken);
    }

    /// <summary>Tells that the process lives, while a job waits to go on. False when another has taken the job up.</summary>
    public async Task<bool> KeepAsync(Guid id, Guid worker, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        long until = time.GetUtcNow().Add(Lease).ToUnixTimeMilliseconds();
        return await db
                .Jobs.Where(job => job.Id == id && job.LeasedBy == worker)
                .ExecuteUpdateAsync(set => set.SetProperty(job => job.LeasedUntil, until), cancellationToken) == 1;
    }

    /// <summary>Gives a job back, for the next process to take up at once.</summary>
    public async Task ReleaseAsync(Guid id, Guid worker, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db
            .Jobs.Where(job => job.Id == id && job.LeasedBy == worker)
            .ExecuteUpdateAsync(set => set.SetProperty(job => job.LeasedUntil, (long?)null), cancellationToken);
    }

    /// <summary>Notes what became of a batch: counts, results and parked rows in one transaction.</summary>
    /// <returns>False when another process has taken the job up meanwhile.</returns>
    public async Task<bool> AdvanceAsync(Guid id, Guid worker, ImportBatch batch, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var job = await db.Jobs.FirstAsync(j => j.Id == id, cancellationToken);
        if (job.LeasedBy != worker)
        {
            return false;
        }

        job.Advance(batch, time.GetUtcNow().Add(Lease));
        await AddPartAsync(db, id, JobPartKinds.Result, ImportFiles.Results(batch), null, cancellationToken);
        if (ImportFiles.Parked(batch) is { Length: > 0 } parked)
        {
            using var key = keys.Open(job);
            await AddPartAsync(db, id, JobPartKinds.Parked, parked, key, cancellationToken);
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
    }

    /// <summary>Ends the job and removes what was uploaded.</summary>
    public async Task EndAsync(Guid id, Guid worker, Problem? failure, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var job = await db.Jobs.FirstAsync(j => j.Id == id, cancellationToken);
        if (job.LeasedBy != worker)
        {
            return;
        }

        if (failure is null)
        {
            job.Complete(time.GetUtcNow());
        }
        else
        {
            job.Fail(failure, time.GetUtcNow());
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db
            .JobParts.Where(part => part.JobId == id && part.Kind == JobPartKinds.Upload)
            .ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task AddPartAsync(
        ExchangeDbContext db,
        Guid id,
        string kind,
        string text,
        RecordKey? key,
        CancellationToken cancellationToken
    )
    {
        var sequence =
            1 + await db.JobParts.Where(part => part.JobId == id && part.Kind == kind).CountAsync(cancellationToken);
        var clear = Encoding.UTF8.GetBytes(text);
        db.JobParts.Add(
            new JobPart
            {
                JobId = id,
                Kind = kind,
                Sequence = sequence,
                Content = key is null ? clear : JobKeys.Protect(key, kind, sequence, clear),
            }
        );
    }
}

/// <summary>A job that this process is to run.</summary>
/// <param name="WasRunning">Another process began it, or an earlier run of this one.</param>
internal sealed record TakenJob(Job Job, bool WasRunning);
