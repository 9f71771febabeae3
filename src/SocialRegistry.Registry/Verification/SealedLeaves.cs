using Microsoft.EntityFrameworkCore;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Sealing;

namespace SocialRegistry.Registry.Verification;

/// <summary>What the signed log and its queue hold of one kind, for a range of owners.</summary>
internal sealed class SealedLeaves
{
    private readonly Dictionary<(Guid Owner, long Number), byte[]> leaves;
    private readonly Dictionary<(Guid Owner, long Number), byte[]> queue;

    private SealedLeaves(
        Dictionary<(Guid Owner, long Number), byte[]> leaves,
        Dictionary<(Guid Owner, long Number), byte[]> queue
    )
    {
        this.leaves = leaves;
        this.queue = queue;
    }

    /// <param name="after">Exclusive; absent means from the first.</param>
    /// <param name="last">Inclusive; absent means to the last.</param>
    public static async Task<SealedLeaves> LoadAsync(
        RegistryDbContext db,
        int kind,
        Guid? after,
        Guid? last,
        CancellationToken cancellationToken
    )
    {
        var leaves = await db
            .LogLeaves.AsNoTracking()
            .Where(l => l.Kind == kind && (after == null || l.Owner > after) && (last == null || l.Owner <= last))
            .Select(l => new
            {
                l.Owner,
                l.Number,
                l.Hash,
            })
            .ToListAsync(cancellationToken);
        var queue = await db
            .LogQueue.AsNoTracking()
            .Where(l => l.Kind == kind && (after == null || l.Owner > after) && (last == null || l.Owner <= last))
            .Select(l => new
            {
                l.Owner,
                l.Number,
                l.Hash,
            })
            .ToListAsync(cancellationToken);
        return new SealedLeaves(
            leaves.ToDictionary(l => (l.Owner, l.Number), l => l.Hash),
            queue.ToDictionary(l => (l.Owner, l.Number), l => l.Hash)
        );
    }

    /// <summary>The highest number of an owner that is sealed or waits; 0 when there is none.</summary>
    public long LastOf(Guid owner) =>
        leaves.Keys.Concat(queue.Keys).Where(k => k.Owner == owner).Select(k => k.Number).DefaultIfEmpty().Max();

    /// <summary>Looks up what stands for an entry; each is asked for once.</summary>
    /// <param name="name">The entry in findings.</param>
    public void Check(Guid owner, long number, byte[] hash, string name, Findings findings)
    {
        var waits = queue.Remove((owner, number), out var waiting);
        if (leaves.Remove((owner, number), out var leaf))
        {
            if (!leaf.AsSpan().SequenceEqual(hash))
            {
                findings.Add("entry.altered", name, "The sealed log holds another hash of it.");
            }

            if (waits)
            {
                findings.Add("queue.inserted", name, "It is sealed already and waits to be sealed again.");
            }
        }
        else if (!waits)
        {
            findings.Add("entry.inserted", name, "It is neither sealed nor waits to be sealed.");
        }
        else if (!waiting.AsSpan().SequenceEqual(hash))
        {
            findings.Add("entry.altered", name, "It waits to be sealed with another hash.");
        }
        else
        {
            findings.Unsealed++;
        }
    }

    /// <summary>Leaves of the states that a row had before; each must be there.</summary>
    public void CheckEarlier(Guid owner, long number, string name, Findings findings)
    {
        for (var earlier = 1L; earlier < number; earlier++)
        {
            var waits = queue.Remove((owner, earlier));
            if (!leaves.Remove((owner, earlier)) && !waits)
            {
                findings.Add("entry.removed", name, $"Its state {earlier} is neither sealed nor waits to be sealed.");
            }
            else if (waits)
            {
                findings.Unsealed++;
            }
        }
    }

    /// <summary>What nothing was found for.</summary>
    /// <param name="name">An entry in findings.</param>
    public void CheckRest(Func<Guid, long, string> name, Findings findings)
    {
        foreach (var (owner, number) in leaves.Keys.Order())
        {
            findings.Add("entry.removed", name(owner, number), "It is sealed in the log and no longer there.");
        }

        foreach (var (owner, number) in queue.Keys.Order())
        {
            findings.Add("entry.removed", name(owner, number), "It waits to be sealed and is no longer there.");
        }
    }
}
