using System.Buffers.Binary;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Imports;
using SocialRegistry.Exchange.Persistence;
using SocialRegistry.Protection;

namespace SocialRegistry.Exchange.Jobs;

/// <summary>Keeps jobs and their parts.</summary>
internal sealed class JobStore(
    IDbContextFactory<ExchangeDbContext> contexts,
    JobKeys keys,
    TimeProvider time,
    IOptions<ExchangeOptions> options
)
{
    /// <summary>Size of a stored piece of an upload, in bytes.</summary>
    private const int PieceBytes = 256 * 1024;

    /// <summary>How long an upload may take before what is there of it counts as given up.</summary>
    private static readonly TimeSpan LongestUpload = TimeSpan.FromDays(1);

    private TimeSpan Lease => options.Value.Lease;

    /// <summary>Stores an upload, protected, as a job that nobody runs yet: <see cref="QueueAsync"/> releases it.</summary>
    /// <returns>The job, or the problem when the upload is longer than allowed; nothing is left of it then, nor of one that breaks off.</returns>
    public async Task<Outcome<Job>> StoreAsync(
        Caller caller,
        Stream upload,
        long maxBytes,
        CancellationToken cancellationToken
    )
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        using var key = keys.Create(id);
        var job = Job.New(id, caller, key.Head, key.FastWrap, time.GetUtcNow());
        var stored = false;
        try
        {
            stored = await StorePiecesAsync(job, key, upload, maxBytes, cancellationToken);
            return stored ? job : ImportProblems.TooLarge(maxBytes);
        }
        finally
        {
            if (!stored)
            {
                await RemoveAsync(id, CancellationToken.None);
            }
        }
    }

    /// <summary>False when the upload is too long.</summary>
    private async Task<bool> StorePiecesAsync(
        Job job,
        RecordKey key,
        Stream upload,
        long maxBytes,
        CancellationToken cancellationToken
    )
    {
        var buffer = new byte[PieceBytes];
        for (var sequence = 1; ; sequence++)
        {
            var read = await upload.ReadAtLeastAsync(
                buffer,
                buffer.Length,
                throwOnEndOfStream: false,
                cancellationToken
            );
            job.UploadBytes += read;
            if (job.UploadBytes > maxBytes)
            {
                return false;
            }

            if (read > 0)
            {
                await using var db = await contexts.CreateDbContextAsync(cancellationToken);
                var content = JobKeys.Protect(key, JobPartKinds.Upload, sequence, buffer.AsSpan(0, read));
                db.JobParts.Add(
                    new JobPart
                    {
                        JobId = job.Id,
                        Kind = JobPartKinds.Upload,
                        Sequence = sequence,
                        Content = content,
                    }
                );
                await db.SaveChangesAsync(cancellationToken);
            }

            if (read < buffer.Length)
            {
                return true;
            }
        }
    }

    public async Task QueueAsync(Job job, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.Jobs.Add(job);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Takes back an upload that was not queued.</summary>
    public async Task RemoveAsync(Guid job, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.JobParts.Where(part => part.JobId == job).ExecuteDeleteAsync(cancellationToken);
    }

    /// <summary>The job, when this caller ordered it.</summary>
    public async Task<Job?> FindAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db
            .Jobs.AsNoTracking()
            .FirstOrDefaultAsync(
                job => job.Id == id && job.CreatedBy == caller.Id && job.CreatedByKind == caller.Kind,
                cancellationToken
            );
    }

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

    /// <summary>Removes jobs that ended long ago, with all that belongs to them, and uploads that no job came of.</summary>
    public async Task CleanAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ended = time.GetUtcNow().AddDays(-options.Value.KeepDays).ToUnixTimeMilliseconds();
        await db.Jobs.Where(job => job.EndedAt < ended).ExecuteDeleteAsync(cancellationToken);
        var jobs = db.Jobs;
        var orphans = await db
            .JobParts.Where(part => !jobs.Any(job => job.Id == part.JobId))
            .Select(part => part.JobId)
            .Distinct()
            .ToListAsync(cancellationToken);
        var begun = time.GetUtcNow().Subtract(LongestUpload);
        foreach (var id in orphans.Where(id => TimeOf(id) < begun))
        {
            await RemoveAsync(id, cancellationToken);
        }
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

    /// <summary>One part in clear, or <c>null</c> behind the last.</summary>
    public async Task<byte[]?> ReadPartAsync(
        Job job,
        RecordKey? key,
        string kind,
        int sequence,
        CancellationToken cancellationToken
    )
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var content = await db
            .JobParts.AsNoTracking()
            .Where(part => part.JobId == job.Id && part.Kind == kind && part.Sequence == sequence)
            .Select(part => part.Content)
            .FirstOrDefaultAsync(cancellationToken);
        return content is null || key is null ? content : JobKeys.Unprotect(key, kind, sequence, content);
    }

    /// <summary>Opens the job's data key.</summary>
    public RecordKey OpenKey(Job job) => keys.Open(job);

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

    /// <summary>The first 48 bits of a version-7 UUID are the time.</summary>
    private static DateTimeOffset TimeOf(Guid id) =>
        DateTimeOffset.FromUnixTimeMilliseconds(
            BinaryPrimitives.ReadInt64BigEndian(id.ToByteArray(bigEndian: true)) >>> 16
        );
}

/// <summary>A job that this process is to run.</summary>
/// <param name="WasRunning">Another process began it, or an earlier run of this one.</param>
internal sealed record TakenJob(Job Job, bool WasRunning);
