using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Sealing;

/// <summary>Shows the signed log and proves what stands in it.</summary>
internal sealed class ChangeLogPort(IDbContextFactory<RegistryDbContext> contexts, LogKeys keys) : IChangeLog
{
    private const int MostItems = 500;

    public async Task<Outcome<LogCheckpointView>> LatestAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (Refused(caller) is { } problem)
        {
            return problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await NewestAsync(db, cancellationToken) is { } checkpoint ? View(checkpoint) : LogProblems.Empty;
    }

    public async Task<Outcome<Page<LogCheckpointView>>> CheckpointsAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (Refused(caller) is { } problem)
        {
            return problem;
        }

        if (After(page, long.MaxValue) is not { } before)
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db
            .LogCheckpoints.AsNoTracking()
            .Where(c => c.Size < before)
            .OrderByDescending(c => c.Size)
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        return new Page<LogCheckpointView>(
            [.. rows.Take(page.Size).Select(View)],
            rows.Count > page.Size ? Text(rows[page.Size - 1].Size) : null
        );
    }

    public async Task<Outcome<IReadOnlyList<string>>> KeysAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (Refused(caller) is { } problem)
        {
            return problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var origin = await OriginAsync(db, cancellationToken);
        return Outcome.Of<IReadOnlyList<string>>([.. keys.Verifiers(origin).Select(k => k.ToString())]);
    }

    public async Task<Outcome<InclusionProof>> ProveLeafAsync(
        long index,
        long? size,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (Refused(caller) is { } problem)
        {
            return problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var leaf = await db.LogLeaves.AsNoTracking().SingleOrDefaultAsync(l => l.Index == index, cancellationToken);
        return leaf is null ? LogProblems.NoLeaf : await ProveAsync(db, leaf, size, cancellationToken);
    }

    public async Task<Outcome<InclusionProof>> ProveEntryAsync(
        RegistrantId id,
        long sequence,
        long? size,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (Refused(caller) is { } problem)
        {
            return problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var leaf = await db
            .LogLeaves.AsNoTracking()
            .SingleOrDefaultAsync(
                l => l.Kind == LeafKinds.Change && l.Owner == id.Value && l.Number == sequence,
                cancellationToken
            );
        return leaf is null ? LogProblems.NotSealed : await ProveAsync(db, leaf, size, cancellationToken);
    }

    public async Task<Outcome<ConsistencyProof>> ProveConsistencyAsync(
        long from,
        long? to,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (Refused(caller) is { } problem)
        {
            return problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await NewestAsync(db, cancellationToken) is not { } newest)
        {
            return LogProblems.Empty;
        }

        var size = to ?? newest.Size;
        if (size < 1 || size > newest.Size)
        {
            return LogProblems.Size("to");
        }

        if (from < 1 || from > newest.Size)
        {
            return LogProblems.Size("from");
        }

        if (from > size)
        {
            return LogProblems.Order;
        }

        var tree = new LogTree(db, cancellationToken);
        return new ConsistencyProof(
            from,
            Convert.ToBase64String(await tree.RootAsync(from)),
            size,
            Convert.ToBase64String(await tree.RootAsync(size)),
            [.. (await tree.ConsistencyAsync(from, size)).Select(Convert.ToBase64String)]
        );
    }

    public async Task<Outcome<Page<string>>> EntriesAsync(
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (Refused(caller) is { } problem)
        {
            return problem;
        }

        if (After(page, 0) is not { } first)
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var header =
            page.After is null && await OriginAsync(db, cancellationToken) is { } origin
                ? LogLines.Header(origin, keys.Verifiers(origin))
                : null;
        return await LogPage.ReadAsync(db, header, first, page.Size, cancellationToken);
    }

    private static async Task<Outcome<InclusionProof>> ProveAsync(
        RegistryDbContext db,
        LogLeaf leaf,
        long? asked,
        CancellationToken cancellationToken
    )
    {
        var newest = await NewestAsync(db, cancellationToken);
        var size = asked ?? newest!.Size;
        if (size < 1 || size > newest!.Size)
        {
            return LogProblems.Size("size");
        }

        if (leaf.Index >= size)
        {
            return LogProblems.NoLeaf;
        }

        var tree = new LogTree(db, cancellationToken);
        var path = await tree.InclusionAsync(leaf.Index, size);
        var checkpoint =
            size == newest.Size
                ? newest
                : await db.LogCheckpoints.AsNoTracking().SingleOrDefaultAsync(c => c.Size == size, cancellationToken);
        var data = Merkle.LeafData(leaf.Kind, leaf.Owner, leaf.Number, leaf.Hash);
        return new InclusionProof(
            new LogLeafView(
                leaf.Index,
                LeafKinds.Name(leaf.Kind),
                leaf.Owner,
                leaf.Number,
                Convert.ToBase64String(data),
                Convert.ToBase64String(Merkle.Leaf(data))
            ),
            size,
            Convert.ToBase64String(await tree.RootAsync(size)),
            [.. path.Select(Convert.ToBase64String)],
            checkpoint?.Note
        );
    }

    private async Task<string> OriginAsync(RegistryDbContext db, CancellationToken cancellationToken)
    {
        var state = await db.LogStates.AsNoTracking().SingleAsync(s => s.Id == LogState.OnlyId, cancellationToken);
        return state.Origin.Length > 0 ? state.Origin : keys.NewOrigin;
    }

    private static Task<LogCheckpoint?> NewestAsync(RegistryDbContext db, CancellationToken cancellationToken) =>
        db.LogCheckpoints.AsNoTracking().OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancellationToken);

    private static Problem? Refused(Caller caller) =>
        !caller.May(Permissions.ReadLog) ? RegistrantProblems.NotAllowed(Permissions.ReadLog)
        : caller.Kind == CallerKind.Person || !caller.Rows.IsAll ? LogProblems.NotForEverybody
        : null;

    private static long? After(PageRequest page, long begin) =>
        page.Size is < 1 or > MostItems ? null
        : page.After is not { } after ? begin
        : long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is > 0 and < long.MaxValue - MostItems
            ? number
        : null;

    private static LogCheckpointView View(LogCheckpoint checkpoint) =>
        new(checkpoint.Size, Convert.ToBase64String(checkpoint.Root), checkpoint.At, checkpoint.Note);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
