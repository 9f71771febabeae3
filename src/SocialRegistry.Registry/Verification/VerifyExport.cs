using System.Globalization;
using System.Text.Json;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Verification;

/// <summary>An export, without the registry: hashes, the chain of each record, the tree, and signatures.</summary>
internal sealed class VerifyExport(IReadOnlyList<VerifierKey> keys, KeptCheckpoint kept, Findings findings)
{
    private const int MaxLine = 64 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    private readonly Dictionary<Guid, (long Sequence, byte[] Hash)> chains = [];
    private readonly MerkleEdge edge = new();
    private long signedUpTo;
    private bool isBroken;
    private readonly ExportedDisclosures disclosures = new(findings);

    public async Task RunAsync(Stream file, CancellationToken cancellationToken)
    {
        kept.Pass(edge, findings);
        using var reader = new StreamReader(file, leaveOpen: true);
        var total = file.CanSeek ? file.Length : 0;
        for (long number = 1; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            Check(line, number);
            if (number % 1000 == 0 && file.CanSeek)
            {
                findings.Progress("log", file.Position, total);
            }
        }

        findings.Leaves = edge.Size;
        findings.Records = chains.Count;
        if (signedUpTo < edge.Size || edge.Size == 0)
        {
            findings.Add(
                "log.unsigned",
                $"leaves {signedUpTo} to {edge.Size - 1}",
                "No checkpoint of the export signs its end: it is cut off, or somebody added to it."
            );
        }

        disclosures.End();
        kept.End(edge.Size, findings);
        findings.Progress("log", total, total);
    }

    private void Check(string line, long number)
    {
        try
        {
            if (line.Length > MaxLine)
            {
                throw new FormatException();
            }

            using var document = JsonDocument.Parse(line, Strict);
            var root = document.RootElement;
            if (number == 1)
            {
                if (root.GetProperty("format").GetString() != LogLines.Format)
                {
                    findings.Add("export.format", "line 1", $"Not an export of the form {LogLines.Format}.");
                }
            }
            else if (root.TryGetProperty("checkpoint", out var note))
            {
                CheckCheckpoint(note.GetString()!);
            }
            else
            {
                CheckLeaf(root, number);
            }
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or FormatException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or OverflowException
            )
        {
            findings.Add("export.unreadable", $"line {number}", "It is no line of an export.");
        }
    }

    private void CheckLeaf(JsonElement root, long line)
    {
        var leaf = new LogLeaf
        {
            Index = root.GetProperty("index").GetInt64(),
            Kind = Kind(root.GetProperty("kind").GetString()),
            Owner = root.GetProperty("owner").GetGuid(),
            Number = root.GetProperty("number").GetInt64(),
            Hash = root.GetProperty("hash").GetBytesFromBase64(),
        };
        if (leaf.Index != edge.Size)
        {
            findings.Add(
                leaf.Index > edge.Size ? "leaf.removed" : "leaf.order",
                $"leaf {edge.Size}",
                $"Line {line} holds leaf {leaf.Index} in its place."
            );
        }

        if (leaf.Kind == LeafKinds.Change)
        {
            CheckChange(leaf, root);
        }
        else if (leaf.Kind == LeafKinds.Disclosures)
        {
            disclosures.CheckBatch(leaf, root.GetProperty("disclosures"));
        }
        else if (leaf.Kind == LeafKinds.Prunings)
        {
            disclosures.CheckPruning(leaf, root.GetProperty("pruning"));
        }

        edge.Append(Merkle.Leaf(leaf));
        kept.Pass(edge, findings);
    }

    private void CheckChange(LogLeaf leaf, JsonElement root)
    {
        findings.Entries++;
        var name = $"registrant {leaf.Owner} entry {leaf.Number} (leaf {leaf.Index})";
        if (!root.TryGetProperty("change", out var change))
        {
            findings.Add("entry.removed", name, "The export has its leaf and not the entry.");
            return;
        }

        var entry = Read(leaf, change);
        if (!leaf.Hash.AsSpan().SequenceEqual(ChangeChain.Hash(entry)))
        {
            findings.Add("entry.altered", name, "Its hash does not follow from its content.");
        }

        var (sequence, hash) = chains.GetValueOrDefault(leaf.Owner, (0, new byte[Merkle.HashSize]));
        if (leaf.Number != sequence + 1)
        {
            findings.Add("entry.removed", name, $"Entry {sequence + 1} of this record should stand here.");
        }
        else if (!entry.PreviousHash.AsSpan().SequenceEqual(hash))
        {
            findings.Add("entry.order", name, "It does not continue the entry before.");
        }

        chains[leaf.Owner] = (leaf.Number, leaf.Hash);
    }

    private void CheckCheckpoint(string note)
    {
        findings.Checkpoints++;
        var text = CheckpointText.Open(note, keys);
        if (text is null)
        {
            findings.Add(
                "checkpoint.unsigned",
                $"checkpoint behind leaf {edge.Size - 1}",
                "No known key signed it, or it is no checkpoint."
            );
            return;
        }

        if ((text.Size != edge.Size || !text.Root.AsSpan().SequenceEqual(edge.Root())) && !isBroken)
        {
            // All later ones differ too.
            isBroken = true;
            findings.Add(
                "log.rewritten",
                $"leaves {signedUpTo} to {text.Size - 1}",
                $"They do not give the root that checkpoint {text.Size} signed."
            );
        }

        signedUpTo = edge.Size;
        findings.Checkpoint = note;
    }

    private static ChangeEntry Read(LogLeaf leaf, JsonElement change) =>
        new()
        {
            RegistrantId = leaf.Owner,
            Sequence = leaf.Number,
            Operation = change.GetProperty("operation").GetString()!,
            Version = change.GetProperty("version").GetInt64(),
            RecordedAt = Moment(change.GetProperty("recordedAt")),
            EffectiveOn = DateOnly.ParseExact(
                change.GetProperty("effectiveOn").GetString()!,
                "O",
                CultureInfo.InvariantCulture
            ),
            ActorKind = change.GetProperty("actorKind").GetString()!,
            Actor = change.GetProperty("actor").GetString()!,
            Channel = change.GetProperty("channel").GetString()!,
            RequestId = change.TryGetProperty("requestId", out var request) ? request.GetString() : null,
            Decision = change.TryGetProperty("decision", out var decision) ? decision.GetString() : null,
            Epoch = change.GetProperty("epoch").GetInt32(),
            Fields = "",
            Rows = change.GetProperty("rows").GetString()!,
            ContentHash = change.GetProperty("contentHash").GetBytesFromBase64(),
            PreviousHash = change.GetProperty("previousHash").GetBytesFromBase64(),
        };

    public static DateTimeOffset Moment(JsonElement text) =>
        DateTimeOffset.ParseExact(
            text.GetString()!,
            LogLines.MomentFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );

    private static int Kind(string? name) =>
        Enumerable.Range(1, LeafKinds.Most).FirstOrDefault(kind => LeafKinds.Name(kind) == name) is > 0 and var kind
            ? kind
            : throw new FormatException();
}
