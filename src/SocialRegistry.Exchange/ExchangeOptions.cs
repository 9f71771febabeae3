using System.ComponentModel.DataAnnotations;

namespace SocialRegistry.Exchange;

/// <summary>Settings of the module (configuration section <c>Exchange</c>).</summary>
public sealed record ExchangeOptions
{
    /// <summary>Largest file taken for an import, in bytes: default 256 MiB.</summary>
    [Range(1024, 8L * 1024 * 1024 * 1024)]
    public long MaxUploadBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>How often a process looks for jobs whose process is gone: default 10 s.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>False where this process only takes files and another runs the jobs: default true.</summary>
    public bool RunJobs { get; init; } = true;
}
