using SocialRegistry.Contracts;
using SocialRegistry.Registry.ChangeRequests;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Relationships;

/// <summary>What every change of relationships works with.</summary>
internal sealed class RelationshipTools(
    UnitOfWork work,
    RecordStore store,
    IRowLocks locks,
    IBulkInsert bulk,
    IdentifierReader reader,
    FieldCatalogue catalogue,
    DisclosureLog disclosures,
    RegistryOptions options,
    EditRules editRules,
    RowRules rows,
    TimeProvider time
)
{
    public RecordStore Store => store;

    public IRowLocks Locks => locks;

    public RegistryOptions Options => options;

    public TimeProvider Time => time;

    public Catalogue Catalogue => catalogue.Current;

    /// <summary>The field of birth dates, when the catalogue has it.</summary>
    public FieldRule? BirthDate => catalogue.Current.Rule(RegistrantKinds.Individual, "birth_date");

    /// <summary>Records to be changed: those asked for that are for the caller, and those beside them, whoever asks.</summary>
    public async Task<Dictionary<Guid, OpenRecord>> LoadAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> asked,
        IReadOnlyCollection<Guid> beside,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var records = await store.LoadAsync(db, asked, caller, cancellationToken);
        List<Guid> others = [.. beside.Except(asked).Distinct()];
        foreach (var (id, record) in await store.LoadAsync(db, others, Nobody, cancellationToken))
        {
            records.Add(id, record);
        }

        return records;
    }

    private static Caller Nobody { get; } = Caller.System("relationships", "registry");

    /// <summary>The refusal of a direct change where relationships have to be asked for.</summary>
    public Problem? Asked(Caller caller) => editRules.Refuse([EditRules.Relationships], caller);

    public Task<NamedPersons> NamesAsync(
        RegistryDbContext db,
        IEnumerable<PersonReference?> references,
        Caller caller,
        CancellationToken cancellationToken
    ) => NamedPersons.LoadAsync(db, references, reader, catalogue.Current, caller, cancellationToken);

    /// <summary>
    /// Runs a change in one transaction that begins before the first read; stored when it succeeds and is not a dry run. A clash with
    /// another writer begins it again. What it was held against unseen is logged in any case.
    /// </summary>
    public async Task<Outcome<T>> RunAsync<T>(
        Func<RegistryDbContext, RecordWriter, Task<Outcome<T>>> change,
        bool dryRun,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        var result = await work.RunAsync<T>(
            async db =>
            {
                var bulkRows = new NewRows();
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                var outcome = await change(db, new RecordWriter(db, time, bulkRows));
                if (!outcome.Succeeded)
                {
                    return outcome;
                }

                var shown = db.ChangeTracker.Entries<Disclosure>().Select(e => e.Entity).ToList();
                var written = RowRules.Written(db);
                await db.SaveChangesAsync(bulkRows, cancellationToken);
                await bulk.InsertAsync(db, bulkRows, cancellationToken);
                if (await rows.LeftAsync(db, written, note.Caller, cancellationToken) is { } left)
                {
                    return left;
                }

                if (!dryRun)
                {
                    await transaction.CommitAsync(cancellationToken);
                    return outcome;
                }

                // The database has checked it too; nothing stays but that somebody was shown.
                await transaction.RollbackAsync(cancellationToken);
                db.ChangeTracker.Clear();
                db.Disclosures.AddRange(shown);
                await db.SaveChangesAsync(cancellationToken);
                return outcome;
            },
            _ => null,
            cancellationToken
        );
        await disclosures.WriteAsync(note, cancellationToken);
        return result;
    }

    /// <summary>Those of the records that are archived or that the caller may not know of.</summary>
    public Task<HashSet<Guid>> GoneAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> ids,
        Caller caller,
        CancellationToken cancellationToken
    ) => RelationshipReader.GoneAsync(db, ids, rows, caller, cancellationToken);

    /// <summary>Logs, in the change's own transaction, whom its answer names.</summary>
    public void Disclose(RegistryDbContext db, Caller caller, IEnumerable<Guid> named) =>
        db.AddRange(named.Distinct().Select(id => disclosures.Row(caller, id, [RelationshipChanges.Field])));
}
