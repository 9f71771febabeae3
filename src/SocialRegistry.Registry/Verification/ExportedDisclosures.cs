using System.Text.Json;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Verification;

/// <summary>What an export says of batches of disclosures: those that became counts must be named by a pruning, the others be there.</summary>
internal sealed class ExportedDisclosures(Findings findings)
{
    private readonly Dictionary<(long Pruning, Guid Batch), (string Name, byte[] Hash)> gone = [];

    public void CheckBatch(LogLeaf leaf, JsonElement batch)
    {
        var name = $"disclosure batch {leaf.Owner} (leaf {leaf.Index})";
        var hash = DisclosureBatch.ComputeHash(
            leaf.Owner,
            VerifyExport.Moment(batch.GetProperty("at")),
            batch.GetProperty("rowsHash").GetBytesFromBase64()
        );
        if (!leaf.Hash.AsSpan().SequenceEqual(hash))
        {
            findings.Add("entry.altered", name, "Its hash does not follow from its content.");
        }

        if (batch.TryGetProperty("prunedBy", out var pruning))
        {
            gone[(pruning.GetInt64(), leaf.Owner)] = (name, leaf.Hash);
        }
        else if (
            batch.TryGetProperty("standing", out var standing)
            && standing.GetInt32() != batch.GetProperty("count").GetInt32()
        )
        {
            findings.Add(
                standing.GetInt32() < batch.GetProperty("count").GetInt32() ? "row.removed" : "row.inserted",
                name,
                "It was written with another number of disclosures than are there."
            );
        }
    }

    public void CheckPruning(LogLeaf leaf, JsonElement pruning)
    {
        var batches = pruning.GetProperty("batches").GetBytesFromBase64();
        var (at, before) = (
            VerifyExport.Moment(pruning.GetProperty("at")),
            VerifyExport.Moment(pruning.GetProperty("before"))
        );
        var name = $"pruning {leaf.Number} (leaf {leaf.Index})";
        var hash = DisclosurePruning.ComputeHash(
            leaf.Number,
            at,
            before,
            pruning.GetProperty("showings").GetInt64(),
            batches,
            pruning.GetProperty("countsHash").GetBytesFromBase64()
        );
        if (!leaf.Hash.AsSpan().SequenceEqual(hash))
        {
            findings.Add("entry.altered", name, "Its hash does not follow from its content.");
        }

        if (VerifyPrunings.IsTooEarly(at, before))
        {
            findings.Add("entry.altered", name, VerifyPrunings.TooEarly);
        }

        foreach (var (batch, written) in HashList.Read(batches))
        {
            if (gone.TryGetValue((leaf.Number, batch), out var told) && told.Hash.AsSpan().SequenceEqual(written))
            {
                gone.Remove((leaf.Number, batch));
            }
        }
    }

    /// <summary>A pruning always stands behind what it took.</summary>
    public void End()
    {
        foreach (var ((pruning, _), (name, _)) in gone)
        {
            findings.Add("row.removed", name, $"Its disclosures are gone, and pruning {pruning} did not take them.");
        }
    }
}
