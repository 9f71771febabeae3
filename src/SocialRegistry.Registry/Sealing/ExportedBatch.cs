using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Sealing;

/// <summary>A batch of disclosures as an export tells it.</summary>
/// <param name="PrunedBy">The pruning that made counts of it; its leaf stands in the export too.</param>
/// <param name="Standing">How many of its disclosures are there; absent when they became counts.</param>
internal sealed record ExportedBatch(DisclosureBatch Batch, long? PrunedBy, int? Standing)
{
    public static async Task<Dictionary<Guid, ExportedBatch>> LoadAsync(
        RegistryDbContext db,
        List<LogLeaf> leaves,
        CancellationToken cancellationToken
    )
    {
        var ids = leaves.Where(l => l.Kind == LeafKinds.Disclosures).Select(l => l.Owner).ToList();
        var standing = await db
            .Disclosures.Where(d => ids.Contains(d.Batch))
            .GroupBy(d => d.Batch)
            .Select(g => new { Batch = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Batch, g => g.Count, cancellationToken);
        // After the rows: what became counts between the two says so.
        var batches = await db
            .DisclosureBatches.AsNoTracking()
            .Where(b => ids.Contains(b.Id))
            .ToListAsync(cancellationToken);
        var numbers = batches.Select(b => b.PrunedBy).OfType<long>().Distinct().ToList();
        // A leaf that is still to be sealed may be in no page of this export; then nothing is said of what it stands for.
        var waiting = await db
            .LogQueue.Where(q => q.Kind == LeafKinds.Prunings && numbers.Contains(q.Number))
            .Select(q => (long?)q.Number)
            .ToListAsync(cancellationToken);
        return batches.ToDictionary(
            b => b.Id,
            b => new ExportedBatch(
                b,
                waiting.Contains(b.PrunedBy) ? null : b.PrunedBy,
                b.PrunedBy is null ? standing.GetValueOrDefault(b.Id) : null
            )
        );
    }
}
