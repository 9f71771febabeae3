using System.ComponentModel.DataAnnotations;

namespace SocialRegistry.Exchange;

/// <summary>Settings of the module (configuration section <c>Exchange</c>).</summary>
public sealed record ExchangeOptions
{
    /// <summary>Largest file taken for an import, in bytes: default 256 MiB.</summary>
    [Range(1024, 8L * 1024 * 1024 * 1024)]
    public long MaxUploadBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How long a running job is left alone, after its last sign of life, before another process takes it up: default 1 minute.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a job waits before it goes on after an error of the registry: default 5 s.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an ended job is kept, with its result and its parked rows, in days: default 30.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; init; } = 30;

    /// <summary>How often a process looks for jobs whose process is gone: default 10 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>False where this process only takes files and another runs the jobs: default true.</summary>
    public bool RunJobs { get; init; } = true;
}
