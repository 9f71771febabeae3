namespace SocialRegistry.Exchange.Jobs;

/// <summary>A job as the one who ordered it sees it.</summary>
public sealed record JobView
{
    public required string Id { get; init; }

    /// <summary><c>queued</c>, <c>running</c>, <c>completed</c> or <c>failed</c>.</summary>
    public required string State { get; init; }

    /// <summary><c>individual</c>, <c>group</c>, <c>areas</c>, <c>parents</c> or <c>spouses</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>True when nothing is stored.</summary>
    public required bool DryRun { get; init; }

    /// <summary>The named version that the records join; absent when none was named.</summary>
    public string? NamedVersion { get; init; }

    public required JobProgress Progress { get; init; }

    public required JobSummary Summary { get; init; }

    /// <summary>Why the job failed; rows before it may be in.</summary>
    public JobFailure? Failure { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Where the file stands that tells what became of each row.</summary>
    public required string Result { get; init; }

    /// <summary>Where the rows stand that were not taken; absent when there are none.</summary>
    public string? Parked { get; init; }

    internal static JobView From(Job job) =>
        new()
        {
            Id = job.Id.ToString(),
            State = job.State,
            Kind = job.RegistrantKind,
            DryRun = job.DryRun,
            NamedVersion = job.NamedVersion,
            Progress = new JobProgress(job.DoneBytes, job.UploadBytes),
            Summary = new JobSummary(job.Rows, job.Created, job.Updated, job.Unchanged, job.Parked),
            Failure = job.FailureCode is null ? null : new JobFailure(job.FailureCode, job.FailureDetail ?? ""),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(job.CreatedAt),
            EndedAt = job.EndedAt is { } ended ? DateTimeOffset.FromUnixTimeMilliseconds(ended) : null,
            Result = $"/api/v1/jobs/{job.Id}/result",
            Parked = job.Parked > 0 ? $"/api/v1/jobs/{job.Id}/parked" : null,
        };
}

/// <summary>How far the file was read.</summary>
/// <param name="Done">Bytes read.</param>
/// <param name="Total">Bytes of the file.</param>
public sealed record JobProgress(long Done, long Total);

/// <summary>What became of the rows so far.</summary>
/// <param name="Rows">Rows dealt with.</param>
/// <param name="Parked">Rows left out, each with its reason in the result file.</param>
public sealed record JobSummary(long Rows, long Created, long Updated, long Unchanged, long Parked);

/// <summary>Why a job failed.</summary>
public sealed record JobFailure(string Code, string Detail);
