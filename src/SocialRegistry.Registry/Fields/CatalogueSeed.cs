using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields.Indexes;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Storage;

namespace SocialRegistry.Registry.Fields;

/// <summary>Makes the first version of the catalogue from its file. Later changes of the file change nothing: the catalogue lives in the database.</summary>
internal sealed class CatalogueSeed(
    IDbContextFactory<RegistryDbContext> contexts,
    IFieldIndexes indexes,
    RegistryOptions options,
    TimeProvider time
)
{
    /// <summary>Stores the file's catalogue unless there is one.</summary>
    public async Task SowAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.CatalogueVersions.AnyAsync(cancellationToken))
        {
            return;
        }

        var catalogue = new Catalogue(CatalogueFile.Read(options.CatalogueFile));
        var note = ChangeNote.By(Caller.System("catalogue", "start"), null, null, time);
        db.CatalogueVersions.Add(
            new CatalogueVersion
            {
                Version = catalogue.View.Version,
                Document = CatalogueFile.Text(catalogue.View),
                RecordedAt = note.Now,
            }
        );
        db.CatalogueChanges.Add(
            CatalogueLog.Entry(catalogue.View.Version, CatalogueOperations.Seeded, "catalogue", null, null, note)
        );
        foreach (var field in catalogue.View.Fields.Where(indexes.Supports))
        {
            db.FieldIndexes.Add(FieldIndexRow.New(field.Kind, field.Id, note.Now));
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another process that starts at the same moment was first; what it stored stands.
            db.ChangeTracker.Clear();
            if (!await db.CatalogueVersions.AnyAsync(cancellationToken))
            {
                throw;
            }
        }
    }
}

/// <summary>Seeds and loads the catalogue as soon as its tables are there, before anything asks for it.</summary>
internal sealed class CatalogueStart(FieldCatalogue catalogue) : IModuleMigrator
{
    public Task MigrateAsync(CancellationToken cancellationToken) => catalogue.RefreshAsync(cancellationToken);

    /// <summary>True: it has no database of its own.</summary>
    public Task<bool> CanConnectAsync(CancellationToken cancellationToken) => Task.FromResult(true);
}
