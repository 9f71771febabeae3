using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Verification;

/// <summary>The logs that other modules keep, against their own chains and what is sealed of them.</summary>
internal sealed class VerifyChainedLogs(
    RegistryDbContext db,
    ChainedLogs logs,
    Findings findings,
    CancellationToken cancellationToken
)
{
    public async Task RunAsync()
    {
        var leaves = await SealedLeaves.LoadAsync(db, LeafKinds.Chained, null, null, cancellationToken);
        var names = new Dictionary<Guid, string>();
        foreach (var log in logs.All)
        {
            names[ChainedLogs.OwnerOf(log)] = log.Name;
            await CheckAsync(log, leaves);
        }

        leaves.CheckRest((owner, number) => $"{names.GetValueOrDefault(owner, "unknown")} entry {number}", findings);
    }

    private async Task CheckAsync(IChainedLog log, SealedLeaves leaves)
    {
        var owner = ChainedLogs.OwnerOf(log);
        var sealedUpTo = leaves.LastOf(owner);
        await foreach (var entry in log.ReadAsync(0, cancellationToken))
        {
            findings.Entries++;
            var name = $"{log.Name} entry {entry.Number}";
            if (!entry.Holds)
            {
                findings.Add("entry.altered", name, "Its hash does not follow from its content.");
            }

            if (!entry.Follows)
            {
                findings.Add("entry.order", name, "It does not continue the entry before.");
            }

            // What has come since the last look is chained and waits.
            if (entry.Number > sealedUpTo)
            {
                findings.Unsealed++;
            }
            else
            {
                leaves.Check(owner, entry.Number, entry.Hash, name, findings);
            }
        }
    }
}
