using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Verification;

/// <summary>The disclosures against the batches with which they were written; of old ones, which became counts, that a pruning names them.</summary>
internal sealed class VerifyDisclosures(RegistryDbContext db, Findings findings, CancellationToken cancellationToken)
{
    private const int PageSize = 200;

    private readonly BoundTable table = BoundTable.Of(db.Model.FindEntityType(typeof(Disclosure))!);

    public async Task RunAsync()
    {
        var total = await db.Disclosures.LongCountAsync(cancellationToken);
        Guid? after = null;
        while (true)
        {
            findings.Progress("disclosures", Math.Min(findings.Disclosures, total), total);
            var batches = await db
                .DisclosureBatches.AsNoTracking()
                .Where(b => after == null || b.Id > after)
                .OrderBy(b => b.Id)
                .Take(PageSize)
                .ToListAsync(cancellationToken);
            Guid? last = batches.Count == PageSize ? batches[^1].Id : null;
            await CheckAsync(batches, after, last);
            if (last is null)
            {
                break;
            }

            after = last;
        }

        await new VerifyPrunings(db, findings, cancellationToken).RunAsync();
        findings.Progress("disclosures", total, total);
    }

    private async Task CheckAsync(List<DisclosureBatch> batches, Guid? after, Guid? last)
    {
        var leaves = await SealedLeaves.LoadAsync(db, LeafKinds.Disclosures, after, last, cancellationToken);
        var rows = await db
            .Disclosures.AsNoTracking()
            .Where(d => (after == null || d.Batch > after) && (last == null || d.Batch <= last))
            .ToListAsync(cancellationToken);
        findings.Disclosures += rows.Count;
        var rowsOf = rows.ToLookup(d => d.Batch);
        var numbers = batches.Select(b => b.PrunedBy).OfType<long>().Distinct().ToList();
        var prunings = await db
            .DisclosurePrunings.AsNoTracking()
            .Where(p => numbers.Contains(p.Number))
            .ToDictionaryAsync(p => p.Number, cancellationToken);
        var gone = prunings.ToDictionary(p => p.Key, p => HashList.Read(p.Value.Batches));
        foreach (var batch in batches)
        {
            var name = $"disclosure batch {batch.Id}";
            if (!batch.Hash.AsSpan().SequenceEqual(batch.ComputeHash()))
            {
                findings.Add("entry.altered", name, "Its hash does not follow from its content.");
            }

            leaves.Check(batch.Id, 0, batch.Hash, name, findings);
            if (batch.PrunedBy is { } pruning)
            {
                CheckPruned(batch, name, prunings.GetValueOrDefault(pruning), gone.GetValueOrDefault(pruning));
            }

            CheckRows(batch, rowsOf[batch.Id]);
        }

        var known = batches.Select(b => b.Id).ToHashSet();
        foreach (var row in rows.Where(r => !known.Contains(r.Batch)))
        {
            findings.Add("row.inserted", Name(row), $"There is no batch {row.Batch}.");
        }

        leaves.CheckRest((batch, _) => $"disclosure batch {batch}", findings);
    }

    private void CheckPruned(
        DisclosureBatch batch,
        string name,
        DisclosurePruning? pruning,
        Dictionary<Guid, byte[]>? gone
    )
    {
        if (
            pruning is null
            || !gone!.TryGetValue(batch.Id, out var hash)
            || !hash.AsSpan().SequenceEqual(batch.Hash)
            || batch.At >= pruning.Before
        )
        {
            findings.Add(
                "row.removed",
                name,
                $"Its disclosures are gone, and pruning {batch.PrunedBy} did not take them."
            );
        }

        if (batch.KeptHash is null || batch.KeptCount is null || batch.Rows.Length > 0)
        {
            findings.Add("entry.altered", name, "It became counts and is not what is kept of one.");
        }
    }

    private void CheckRows(DisclosureBatch batch, IEnumerable<Disclosure> rows)
    {
        var hashes = batch.Hashes();
        foreach (var row in rows)
        {
            if (!hashes.Remove(row.Id, out var hash))
            {
                findings.Add("row.inserted", Name(row), $"Batch {batch.Id} does not name it.");
            }
            else if (!table.Hash(row, []).AsSpan().SequenceEqual(hash))
            {
                findings.Add("row.altered", Name(row), $"It is not what batch {batch.Id} names.");
            }
        }

        foreach (var id in hashes.Keys)
        {
            findings.Add("row.removed", $"disclosure {id}", $"Batch {batch.Id} names it.");
        }
    }

    private static string Name(Disclosure row) => $"disclosure {row.Id} of registrant {row.RegistrantId}";
}
