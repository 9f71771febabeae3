using System.Buffers.Binary;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;
using SocialRegistry.Exchange.Imports;
using SocialRegistry.Exchange.Persistence;
using SocialRegistry.Protection;

namespace SocialRegistry.Exchange.Jobs;

/// <summary>Keeps uploads, jobs and their parts.</summary>
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

    /// <summary>The first 48 bits of a version-7 UUID are the time.</summary>
    private static DateTimeOffset TimeOf(Guid id) =>
        DateTimeOffset.FromUnixTimeMilliseconds(
            BinaryPrimitives.ReadInt64BigEndian(id.ToByteArray(bigEndian: true)) >>> 16
        );
}
