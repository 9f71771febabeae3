using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Sealing;

/// <summary>Leaves of the log with what their hashes are made of, as lines of an export.</summary>
internal static class LogPage
{
    /// <summary>A page of lines that is larger ends early: it has to travel in one message.</summary>
    private const int MostCharacters = 1024 * 1024;

    /// <param name="header">The line before the first leaf; absent on later pages.</param>
    /// <param name="first">Index of the first leaf.</param>
    /// <param name="size">Leaves at most.</param>
    public static async Task<Page<string>> ReadAsync(
        RegistryDbContext db,
        string? header,
        long first,
        int size,
        CancellationToken cancellationToken
    )
    {
        var lines = new List<string>();
        if (header is not null)
        {
            lines.Add(header);
        }

        var end = first + size;
        var leaves = await db
            .LogLeaves.AsNoTracking()
            .Where(l => l.Index >= first && l.Index < end)
            .OrderBy(l => l.Index)
            .ToListAsync(cancellationToken);
        var entries = await EntriesAsync(db, leaves, cancellationToken);
        var batches = await ExportedBatch.LoadAsync(db, leaves, cancellationToken);
        var prunings = await PruningsAsync(db, leaves, cancellationToken);
        var checkpoint = await db
            .LogCheckpoints.AsNoTracking()
            .Where(c => c.Size > first && c.Size <= end)
            .OrderByDescending(c => c.Size)
            .FirstOrDefaultAsync(cancellationToken);
        long characters = 0;
        foreach (var leaf in leaves)
        {
            if (characters > MostCharacters)
            {
                return new Page<string>(lines, Text(leaf.Index));
            }

            lines.Add(
                LogLines.Leaf(
                    leaf,
                    leaf.Kind == LeafKinds.Change ? entries.GetValueOrDefault((leaf.Owner, leaf.Number)) : null,
                    leaf.Kind == LeafKinds.Disclosures ? batches.GetValueOrDefault(leaf.Owner) : null,
                    leaf.Kind == LeafKinds.Prunings ? prunings.GetValueOrDefault(leaf.Number) : null
                )
            );
            characters += lines[^1].Length;
            if (checkpoint?.Size == leaf.Index + 1)
            {
                lines.Add(LogLines.Checkpoint(checkpoint.Note));
            }
        }

        return new Page<string>(lines, leaves.Count == size ? Text(end) : null);
    }

    private static async Task<Dictionary<(Guid, long), ChangeEntry>> EntriesAsync(
        RegistryDbContext db,
        List<LogLeaf> leaves,
        CancellationToken cancellationToken
    )
    {
        var owners = leaves.Where(l => l.Kind == LeafKinds.Change).Select(l => l.Owner).Distinct().ToList();
        var numbers = leaves.Where(l => l.Kind == LeafKinds.Change).Select(l => l.Number).Distinct().ToList();
        return await db
            .Changes.AsNoTracking()
            .Where(c => owners.Contains(c.RegistrantId) && numbers.Contains(c.Sequence))
            .ToDictionaryAsync(c => (c.RegistrantId, c.Sequence), cancellationToken);
    }

    private static async Task<Dictionary<long, DisclosurePruning>> PruningsAsync(
        RegistryDbContext db,
        List<LogLeaf> leaves,
        CancellationToken cancellationToken
    )
    {
        var numbers = leaves.Where(l => l.Kind == LeafKinds.Prunings).Select(l => l.Number).ToList();
        return await db
            .DisclosurePrunings.AsNoTracking()
            .Where(p => numbers.Contains(p.Number))
            .ToDictionaryAsync(p => p.Number, cancellationToken);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
