using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Verification;

/// <summary>The Merkle tree over all leaves, its stored nodes, and the signatures of all checkpoints.</summary>
internal sealed class VerifyTree(
    RegistryDbContext db,
    IReadOnlyList<VerifierKey> keys,
    KeptCheckpoint kept,
    Findings findings,
    CancellationToken cancellationToken
)
{
    private const int PageSize = 4096;

    private readonly MerkleEdge edge = new();
    private readonly Dictionary<(int Level, long Index), byte[]> nodes = [];
    private long next;
    private long nodeCount;
    private long signedUpTo;
    private bool isBroken;
    private bool hasGap;

    public async Task RunAsync()
    {
        var state = await db
            .LogStates.AsNoTracking()
            .SingleOrDefaultAsync(s => s.Id == LogState.OnlyId, cancellationToken);
        var total = await db.LogLeaves.LongCountAsync(cancellationToken);
        kept.Pass(edge, findings);
        List<LogLeaf> leaves;
        do
        {
            findings.Progress("log", next, total);
            var from = next;
            leaves = await db
                .LogLeaves.AsNoTracking()
                .Where(l => l.Index >= from)
                .OrderBy(l => l.Index)
                .Take(PageSize)
                .ToListAsync(cancellationToken);
            await PageAsync(leaves, from, state?.Origin);
        } while (leaves.Count == PageSize);

        findings.Leaves = total;
        await CheckEndAsync(state);
        if (!hasGap)
        {
            kept.End(edge.Size, findings);
        }

        findings.Progress("log", total, total);
    }

    private async Task PageAsync(List<LogLeaf> leaves, long from, string? origin)
    {
        var end = leaves.Count > 0 ? leaves[^1].Index + 1 : from;
        var checkpoints = await db
            .LogCheckpoints.AsNoTracking()
            .Where(c => c.Size > from && c.Size <= end)
            .ToDictionaryAsync(c => c.Size, cancellationToken);
        foreach (var leaf in leaves)
        {
            if (leaf.Index != next)
            {
                findings.Add(
                    "leaf.removed",
                    leaf.Index - next == 1 ? $"leaf {next}" : $"leaves {next} to {leaf.Index - 1}",
                    "The log has a gap here."
                );
                hasGap = isBroken = true;
            }

            next = leaf.Index + 1;
            Append(Merkle.Leaf(leaf), checkpoints, origin);
        }

        await CheckNodesAsync();
    }

    private void Append(byte[] leaf, Dictionary<long, LogCheckpoint> checkpoints, string? origin)
    {
        if (hasGap)
        {
            // No root means anything behind it; signatures still do.
            CheckAt(checkpoints, origin);
            return;
        }

        edge.Append(
            leaf,
            (level, index, hash) =>
            {
                if (level % LogSealer.TileBits == 0)
                {
                    nodes[(level / LogSealer.TileBits, index)] = hash;
                }
            }
        );
        kept.Pass(edge, findings);
        CheckAt(checkpoints, origin);
    }

    private void CheckAt(Dictionary<long, LogCheckpoint> checkpoints, string? origin)
    {
        if (checkpoints.TryGetValue(next, out var checkpoint))
        {
            Check(checkpoint, origin);
        }
    }

    private void Check(LogCheckpoint checkpoint, string? origin)
    {
        findings.Checkpoints++;
        var name = $"checkpoint {checkpoint.Size}";
        var text = CheckpointText.Open(checkpoint.Note, keys);
        if (text is null)
        {
            findings.Add("checkpoint.unsigned", name, "No known key signed it, or it is no checkpoint.");
        }
        else if (
            text.Size != checkpoint.Size
            || !text.Root.AsSpan().SequenceEqual(checkpoint.Root)
            || (origin is not null && text.Origin != origin)
        )
        {
            findings.Add("checkpoint.altered", name, "The signed text says something else than its row.");
        }
        else if (!edge.Root().AsSpan().SequenceEqual(text.Root) && !isBroken)
        {
            // All later ones differ too.
            isBroken = true;
            findings.Add(
                "log.rewritten",
                $"leaves {signedUpTo} to {text.Size - 1}",
                $"They do not give the root that {name} signed."
            );
        }

        signedUpTo = checkpoint.Size;
        findings.Checkpoint = checkpoint.Note;
    }

    private async Task CheckNodesAsync()
    {
        foreach (var level in nodes.Keys.GroupBy(n => n.Level))
        {
            var (first, last) = (level.Min(n => n.Index), level.Max(n => n.Index));
            var stored = await db
                .LogNodes.AsNoTracking()
                .Where(n => n.Level == level.Key && n.Index >= first && n.Index <= last)
                .ToDictionaryAsync(n => n.Index, n => n.Hash, cancellationToken);
            foreach (var node in level)
            {
                nodeCount++;
                if (!stored.TryGetValue(node.Index, out var hash) || !hash.AsSpan().SequenceEqual(nodes[node]))
                {
                    var size = 1L << (node.Level * LogSealer.TileBits);
                    findings.Add(
                        "node.altered",
                        $"leaves {node.Index * size} to {(node.Index + 1) * size - 1}",
                        "The stored root of these is missing or another."
                    );
                }
            }
        }

        nodes.Clear();
    }

    private async Task CheckEndAsync(LogState? state)
    {
        var beyond = await db
            .LogCheckpoints.AsNoTracking()
            .Where(c => c.Size > next)
            .OrderByDescending(c => c.Size)
            .FirstOrDefaultAsync(cancellationToken);
        if (beyond is not null)
        {
            findings.Add(
                "log.truncated",
                $"leaves {next} to {beyond.Size - 1}",
                $"Checkpoint {beyond.Size} signs them and they are gone."
            );
        }
        else if (signedUpTo < next)
        {
            findings.Add("leaf.inserted", $"leaves {signedUpTo} to {next - 1}", "No checkpoint signs them.");
        }

        if (!hasGap && await db.LogNodes.LongCountAsync(cancellationToken) != nodeCount)
        {
            findings.Add("node.inserted", "log nodes", "There are roots of subtrees that are not there.");
        }

        if (await db.LogStates.CountAsync(cancellationToken) > 1)
        {
            findings.Add("state.altered", "log state", "There is more than one.");
        }

        if (state is null || state.Size != next || (!hasGap && !state.Edge.AsSpan().SequenceEqual(edge.Save())))
        {
            findings.Add("state.altered", "log state", "It does not belong to the leaves that are there.");
        }
    }
}
