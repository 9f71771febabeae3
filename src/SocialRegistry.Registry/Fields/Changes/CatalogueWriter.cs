using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Fields.Changes;

/// <summary>Makes the next version of the catalogue: on the newest one, in one transaction with its log, taken over here at once.</summary>
internal sealed class CatalogueWriter(
    UnitOfWork work,
    IRowLocks locks,
    FieldCatalogue catalogue,
    Repeats repeats,
    IDbContextFactory<RegistryDbContext> contexts,
    TimeProvider time
)
{
    /// <summary>A whole catalogue, as JSON: it travels between roles in one message.</summary>
    private const int MostCharacters = 2_000_000;

    /// <summary>Runs a change on the newest version; begins again when another process was first.</summary>
    public Task<Outcome<T>> RunAsync<T>(
        Caller caller,
        Func<CatalogueEdit, Task<Outcome<T>>> change,
        CancellationToken cancellationToken
    ) => RunAsync(caller, WriteConditions.None, "", "", change, cancellationToken);

    /// <summary>The answer of an earlier request under the same key, before the work that its change asks for; <c>null</c> when there was none.</summary>
    public async Task<Outcome<T>?> RecallAsync<T>(
        Caller caller,
        WriteConditions conditions,
        string name,
        object content,
        CancellationToken cancellationToken
    )
    {
        var note = ChangeNote.By(caller, null, null, time);
        if (
            conditions.IdempotencyKey is null
            || !caller.May(Permissions.WriteFields)
            || IdempotencyKey.Check(conditions.IdempotencyKey) is not null
            || repeats.Of(conditions.IdempotencyKey, conditions.DryRun, name, content, note) is not { } repeat
        )
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await repeats.RecallAsync<T>(db, repeat, _ => [], cancellationToken);
    }

    /// <summary>The same under conditions.</summary>
    /// <param name="name">Tells requests of different sorts apart under idempotency keys.</param>
    /// <param name="content">All that was sent.</param>
    public async Task<Outcome<T>> RunAsync<T>(
        Caller caller,
        WriteConditions conditions,
        string name,
        object content,
        Func<CatalogueEdit, Task<Outcome<T>>> change,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteFields) || caller.Kind == CallerKind.Person)
        {
            return CatalogueProblems.NotAllowed;
        }

        if (IdempotencyKey.Check(conditions.IdempotencyKey) is { } wrongKey)
        {
            return wrongKey;
        }

        var note = ChangeNote.By(caller, null, null, time);
        var repeat = repeats.Of(conditions.IdempotencyKey, conditions.DryRun, name, content, note);
        return await work.RunAsync<T>(
            async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                await locks.LockCatalogueAsync(db, cancellationToken);
                if (await repeats.RecallAsync<T>(db, repeat, _ => [], cancellationToken) is { } recalled)
                {
                    return recalled;
                }

                var newest = await db.CatalogueVersions.MaxAsync(v => v.Version, cancellationToken);
                var standing = catalogue.Current;
                if (standing.View.Version != newest)
                {
                    standing = FieldCatalogue.Read(
                        await db
                            .CatalogueVersions.AsNoTracking()
                            .SingleAsync(v => v.Version == newest, cancellationToken)
                    );
                    catalogue.Take(standing);
                }

                var edit = new CatalogueEdit(db, standing, note);
                var outcome = await change(edit);
                if (outcome.Succeeded)
                {
                    if (edit.Length > MostCharacters)
                    {
                        return CatalogueProblems.TooLarge;
                    }

                    Repeats.Remember(db, repeat, Guid.Empty, outcome.Value);
                    await db.SaveChangesAsync(cancellationToken);
                    if (conditions.DryRun)
                    {
                        return outcome;
                    }

                    await transaction.CommitAsync(cancellationToken);
                    if (edit.Next is { } next)
                    {
                        catalogue.Take(next);
                    }
                }

                return outcome;
            },
            _ => null,
            cancellationToken
        );
    }
}

/// <summary>One change of the catalogue under way.</summary>
internal sealed class CatalogueEdit(RegistryDbContext db, Catalogue standing, ChangeNote note)
{
    public RegistryDbContext Db => db;

    /// <summary>The newest version before the change.</summary>
    public Catalogue Standing => standing;

    public ChangeNote Note => note;

    /// <summary>The version this change makes; absent when it makes none.</summary>
    public Catalogue? Next { get; private set; }

    /// <summary>Characters of the version this change makes.</summary>
    public int Length { get; private set; }

    /// <summary>Stores the next version with its entry in the log.</summary>
    public void Store(Catalogue next, string operation, string subject, object? before, object? after)
    {
        Store(next);
        Log(next.View.Version, operation, subject, before, after);
    }

    /// <summary>Stores the next version; the caller writes the log.</summary>
    public void Store(Catalogue next)
    {
        Next = next;
        var document = CatalogueFile.Text(next.View);
        Length = document.Length;
        db.CatalogueVersions.Add(
            new CatalogueVersion
            {
                Version = next.View.Version,
                Document = document,
                RecordedAt = note.Now,
            }
        );
    }

    /// <summary>An entry in the log alone.</summary>
    public void Log(string operation, string subject, object? before, object? after) =>
        Log(standing.View.Version, operation, subject, before, after);

    /// <summary>An entry in the log of a version.</summary>
    public void Log(int version, string operation, string subject, object? before, object? after) =>
        db.CatalogueChanges.Add(CatalogueLog.Entry(version, operation, subject, Text(before), Text(after), note));

    private static string? Text(object? definition) =>
        definition is null ? null : JsonSerializer.Serialize(definition, definition.GetType(), FieldDefinition.Format);
}
