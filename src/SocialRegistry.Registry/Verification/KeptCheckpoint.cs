using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Verification;

/// <summary>A checkpoint that somebody kept: the log must pass through it.</summary>
internal sealed class KeptCheckpoint
{
    private readonly CheckpointText? text;
    private bool isSeen;

    public KeptCheckpoint(string? note, IReadOnlyList<VerifierKey> keys, Findings findings)
    {
        text = note is null ? null : CheckpointText.Open(note, keys);
        if (note is not null && text is null)
        {
            findings.Add("checkpoint.unsigned", "kept checkpoint", "No known key signed it, or it is no checkpoint.");
        }
    }

    /// <summary>Told of the tree at every size.</summary>
    public void Pass(MerkleEdge edge, Findings findings)
    {
        if (text is null || edge.Size != text.Size)
        {
            return;
        }

        isSeen = true;
        if (!edge.Root().AsSpan().SequenceEqual(text.Root))
        {
            findings.Add(
                "log.rewritten",
                $"leaves 0 to {text.Size - 1}",
                "The log does not begin with the checkpoint that was kept."
            );
        }
    }

    public void End(long size, Findings findings)
    {
        if (text is not null && !isSeen)
        {
            findings.Add(
                "log.truncated",
                $"leaves {size} to {text.Size - 1}",
                $"The checkpoint that was kept has {text.Size} leaves, the log has {size}."
            );
        }
    }
}
