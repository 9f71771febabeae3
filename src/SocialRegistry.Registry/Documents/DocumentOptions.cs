using System.ComponentModel.DataAnnotations;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry;

/// <summary>Settings of documents (configuration section <c>Registry:Documents</c>).</summary>
public sealed record DocumentOptions
{
    /// <summary>Largest file, in bytes.</summary>
    [Range(1_024, DocumentTypes.MaxBytes)]
    public int MaxBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Files of one record.</summary>
    [Range(1, 1_000)]
    public int MaxPerRecord { get; init; } = 50;

    /// <summary>Files that are taken in at once by one process; each stands in memory while it is checked.</summary>
    [Range(1, 256)]
    public int MaxUploads { get; init; } = 16;
}
