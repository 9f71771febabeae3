namespace SocialRegistry.Registry.Verification;

/// <summary>Collects what a verification sees.</summary>
internal sealed class Findings(IProgress<LogProgress>? progress)
{
    private readonly List<LogFinding> list = [];

    public long Records { get; set; }

    public long Entries { get; set; }

    public long Rows { get; set; }

    public long Disclosures { get; set; }

    public long Leaves { get; set; }

    public long Checkpoints { get; set; }

    public long Unsealed { get; set; }

    public string? Checkpoint { get; set; }

    public long Count { get; private set; }

    public void Add(string code, string entry, string detail)
    {
        Count++;
        if (list.Count < LogReport.MostFindings)
        {
            list.Add(new LogFinding(code, entry, detail));
        }
    }

    public void Progress(string step, long done, long total) => progress?.Report(new LogProgress(step, done, total));

    public LogReport Report() =>
        new()
        {
            IsWhole = Count == 0,
            Records = Records,
            Entries = Entries,
            Rows = Rows,
            Disclosures = Disclosures,
            Leaves = Leaves,
            Checkpoints = Checkpoints,
            Unsealed = Unsealed,
            Checkpoint = Checkpoint,
            Findings = list,
            FindingCount = Count,
        };
}
