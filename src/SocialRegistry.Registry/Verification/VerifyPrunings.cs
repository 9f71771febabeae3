using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Verification;

/// <summary>The prunings of old disclosures, and the counts against the pruning that wrote each last.</summary>
internal sealed class VerifyPrunings(RegistryDbContext db, Findings findings, CancellationToken cancellationToken)
{
    public const string TooEarly = "It took disclosures of less than a year.";

    private const int PageSize = 50;

    private readonly BoundTable table = BoundTable.Of(db.Model.FindEntityType(typeof(DisclosureCount))!);

    /// <summary>No setting lets disclosures go before a year is over.</summary>
    public static bool IsTooEarly(DateTimeOffset at, DateTimeOffset before) => before > at.AddYears(-1);

    public async Task RunAsync()
    {
        var leaves = await SealedLeaves.LoadAsync(db, LeafKinds.Prunings, null, null, cancellationToken);
        long after = long.MinValue;
        long? last;
        do
        {
            var from = after;
            var prunings = await db
                .DisclosurePrunings.AsNoTracking()
                .Where(p => p.Number > from)
                .OrderBy(p => p.Number)
                .Take(PageSize)
                .ToListAsync(cancellationToken);
            last = prunings.Count == PageSize ? prunings[^1].Number : null;
            foreach (var pruning in prunings)
            {
                Check(pruning, leaves);
            }

            await CheckShowingsAsync(prunings);
            await CheckCountsAsync(prunings, from, last);
            after = last ?? after;
        } while (last is not null);

        leaves.CheckRest((_, number) => $"pruning {number}", findings);
    }

    private void Check(DisclosurePruning pruning, SealedLeaves leaves)
    {
        var name = $"pruning {pruning.Number}";
        if (!pruning.Hash.AsSpan().SequenceEqual(pruning.ComputeHash()))
        {
            findings.Add("entry.altered", name, "Its hash does not follow from its content.");
        }

        if (IsTooEarly(pruning.At, pruning.Before))
        {
            findings.Add("entry.altered", name, TooEarly);
        }

        leaves.Check(Guid.Empty, pruning.Number, pruning.Hash, name, findings);
    }

    /// <summary>As many as its batches say that they held.</summary>
    private async Task CheckShowingsAsync(List<DisclosurePruning> prunings)
    {
        var numbers = prunings.Select(p => (long?)p.Number).ToList();
        var held = await db
            .DisclosureBatches.Where(b => numbers.Contains(b.PrunedBy))
            .GroupBy(b => b.PrunedBy)
            .Select(g => new { Number = g.Key, Count = g.Sum(b => (long)(b.KeptCount ?? 0)) })
            .ToDictionaryAsync(g => g.Number!.Value, g => g.Count, cancellationToken);
        foreach (var pruning in prunings.Where(p => held.GetValueOrDefault(p.Number) != p.Showings))
        {
            findings.Add(
                "entry.altered",
                $"pruning {pruning.Number}",
                $"It took {pruning.Showings} disclosures, its batches say {held.GetValueOrDefault(pruning.Number)}."
            );
        }
    }

    private async Task CheckCountsAsync(List<DisclosurePruning> prunings, long after, long? last)
    {
        var named = prunings.ToDictionary(p => p.Number, p => HashList.Read(p.Counts));
        var counts = await db
            .DisclosureCounts.AsNoTracking()
            .Where(c => c.Pruning > after && (last == null || c.Pruning <= last))
            .ToListAsync(cancellationToken);
        findings.Rows += counts.Count;
        foreach (var count in counts)
        {
            if (!named.TryGetValue(count.Pruning, out var hashes) || !hashes.TryGetValue(count.Id, out var hash))
            {
                findings.Add("row.inserted", Name(count.Id), $"Pruning {count.Pruning} does not name it.");
            }
            else if (!table.Hash(count, []).AsSpan().SequenceEqual(hash))
            {
                findings.Add("row.altered", Name(count.Id), $"It is not what pruning {count.Pruning} wrote.");
            }
        }

        await CheckPresenceAsync(named);
    }

    /// <summary>What a pruning wrote is there, as it wrote it or as a later one did.</summary>
    private async Task CheckPresenceAsync(Dictionary<long, Dictionary<Guid, byte[]>> named)
    {
        var newest = new Dictionary<Guid, long>();
        foreach (var (number, hashes) in named.OrderBy(n => n.Key))
        {
            foreach (var id in hashes.Keys)
            {
                newest[id] = number;
            }
        }

        foreach (var chunk in newest.Keys.Chunk(1000))
        {
            var there = (
                await db
                    .DisclosureCounts.Where(c => chunk.Contains(c.Id))
                    .Select(c => new { c.Id, c.Pruning })
                    .ToListAsync(cancellationToken)
            ).ToLookup(c => c.Id, c => c.Pruning);
            foreach (var id in chunk.Where(id => !there[id].Any(p => p >= newest[id])))
            {
                findings.Add("row.removed", Name(id), $"Pruning {newest[id]} wrote it.");
            }
        }
    }

    private static string Name(Guid id) => $"disclosure count {id}";
}
