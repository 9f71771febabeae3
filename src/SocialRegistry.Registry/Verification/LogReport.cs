namespace SocialRegistry.Registry.Verification;

/// <summary>What is verified and with what.</summary>
public sealed record LogQuestion
{
    /// <summary>A checkpoint that was kept: the log must still begin with it. Absent: none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>Keys <c>name+id+key</c> that may have signed; empty means those of this deployment.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];
}

/// <summary>How far a verification is.</summary>
/// <param name="Step"><c>records</c>, <c>disclosures</c> or <c>log</c>.</param>
public sealed record LogProgress(string Step, long Done, long Total);

/// <summary>One thing that is not as it was written.</summary>
/// <param name="Code">Such as <c>entry.altered</c>.</param>
/// <param name="Entry">Which entry, row, leaf or checkpoint. Ids and numbers only.</param>
/// <param name="Detail">What is wrong with it.</param>
public sealed record LogFinding(string Code, string Entry, string Detail);

/// <summary>What a verification has seen.</summary>
public sealed record LogReport
{
    /// <summary>True when nothing is wrong. What waits to be sealed is not wrong.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Records with a change log.</summary>
    public required long Records { get; init; }

    /// <summary>Entries of their change logs.</summary>
    public required long Entries { get; init; }

    /// <summary>Rows that entries name and that were compared: versions, attestations, current records, memberships, relationships.</summary>
    public required long Rows { get; init; }

    public required long Disclosures { get; init; }

    /// <summary>Leaves of the signed log.</summary>
    public required long Leaves { get; init; }

    public required long Checkpoints { get; init; }

    /// <summary>Entries written but not sealed yet.</summary>
    public required long Unsealed { get; init; }

    /// <summary>The newest checkpoint, a signed note; absent when nothing is sealed.</summary>
    public required string? Checkpoint { get; init; }

    /// <summary>At most <see cref="MostFindings"/>.</summary>
    public required IReadOnlyList<LogFinding> Findings { get; init; }

    /// <summary>How many were found in all.</summary>
    public required long FindingCount { get; init; }

    public const int MostFindings = 1000;
}
