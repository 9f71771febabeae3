using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Fields;

/// <summary>
/// The catalogue that stands, as a snapshot. It is loaded when the database is prepared or the server starts; a process that does neither
/// loads it at the first use. Own changes are taken over at once, those of other processes by <see cref="CatalogueWatch"/>.
/// </summary>
internal sealed class FieldCatalogue(IDbContextFactory<RegistryDbContext> contexts, CatalogueSeed seed)
    : IFieldCatalogue
{
    private readonly Lock taking = new();
    private volatile Catalogue? current;

    public Catalogue Current => current ?? LoadNow();

    public async Task<CatalogueView> GetAsync(CancellationToken cancellationToken)
    {
        if (current is null)
        {
            await RefreshAsync(cancellationToken);
        }

        return Current.View;
    }

    /// <summary>Loads the newest version when it is not here yet; a catalogue without any version is seeded first.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var newest = await db.CatalogueVersions.MaxAsync(v => (int?)v.Version, cancellationToken);
        if (newest is null)
        {
            await seed.SowAsync(cancellationToken);
            newest = await db.CatalogueVersions.MaxAsync(v => v.Version, cancellationToken);
        }

        if (newest != current?.View.Version)
        {
            Take(
                Read(await db.CatalogueVersions.AsNoTracking().SingleAsync(v => v.Version == newest, cancellationToken))
            );
        }
    }

    /// <summary>Takes a version over unless a newer one is here.</summary>
    public void Take(Catalogue next)
    {
        lock (taking)
        {
            if (current is null || current.View.Version < next.View.Version)
            {
                current = next;
            }
        }
    }

    /// <summary>A version as it was stored.</summary>
    public static Catalogue Read(CatalogueVersion row) =>
        new(CatalogueFile.Parse(row.Document, $"version {row.Version}"));

    [SuppressMessage("Usage", "VSTHRD002", Justification = "Once, in a process that prepared nothing.")]
    private Catalogue LoadNow()
    {
        // Off the caller's context: it may hold one of the few threads that the answer needs.
        Task.Run(() => RefreshAsync(CancellationToken.None)).GetAwaiter().GetResult();
        return current!;
    }
}
