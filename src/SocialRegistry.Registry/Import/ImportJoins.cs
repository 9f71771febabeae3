using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Versions;

namespace SocialRegistry.Registry.Import;

/// <summary>The named versions that the rows of one transaction join; each is held open until it ends.</summary>
internal sealed class ImportJoins : IAsyncDisposable
{
    private readonly RegistryDbContext db;
    private readonly Dictionary<string, Problem?> names = [];

    private ImportJoins(RegistryDbContext db) => this.db = db;

    /// <summary>Begun here when a row names a named version and the import is no dry run.</summary>
    public IDbContextTransaction? Transaction { get; private set; }

    public static async Task<ImportJoins> BeginAsync(
        RegistryDbContext db,
        NamedVersionJoins joins,
        IReadOnlyList<ImportItem> items,
        bool dryRun,
        CancellationToken cancellationToken
    )
    {
        var result = new ImportJoins(db);
        var named = items.Select(i => i.Row.NamedVersion).OfType<string>().Distinct().Order(StringComparer.Ordinal);
        foreach (var name in named)
        {
            result.Transaction ??= dryRun ? null : await db.Database.BeginTransactionAsync(cancellationToken);
            result.names[name] = await joins.ClosedAsync(db, name, cancellationToken);
        }

        return result;
    }

    /// <summary>Why a row cannot come in with its named version.</summary>
    public Outcome<ImportedRegistrant>? Refusal(ImportItem item) =>
        item.Row.NamedVersion is { } name && names[name] is { } problem ? (Outcome<ImportedRegistrant>?)problem : null;

    /// <summary>The records of the rows that came in join, unchanged ones too.</summary>
    public async Task AddAsync(
        IReadOnlyList<ImportItem> items,
        IReadOnlyList<Outcome<ImportedRegistrant>> outcomes,
        ImportBatch batch,
        NewRows rows,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        var last =
            names.Count == 0
                ? []
                : rows.Of<ChangeEntry>()
                    .GroupBy(e => e.RegistrantId)
                    .ToDictionary(g => g.Key, g => g.MaxBy(e => e.Sequence)!);
        foreach (var name in names.Keys)
        {
            // A record of several rows joins with the last of them.
            var joined = items
                .Zip(outcomes)
                .Where(p => p.First.Row.NamedVersion == name && p.Second.Succeeded)
                .GroupBy(p => p.Second.Value!.Id.Value, p => p.Second.Value!.Version)
                .ToDictionary(g => g.Key, g => g.Last());
            var ids = joined.Keys.ToList();
            var there = await db
                .NamedVersionEntries.Where(e => e.Name == name && ids.Contains(e.RegistrantId))
                .ToDictionaryAsync(e => e.RegistrantId, cancellationToken);
            foreach (var (id, number) in joined)
            {
                batch.LogJoin(id, last.GetValueOrDefault(id), name, there.GetValueOrDefault(id)?.Number, number);
                if (there.TryGetValue(id, out var entry))
                {
                    Joining.Renew(entry, number, note);
                }
                else
                {
                    rows.Add(Joining.New(name, id, number, note));
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Transaction is not null)
        {
            await Transaction.DisposeAsync();
        }
    }
}
