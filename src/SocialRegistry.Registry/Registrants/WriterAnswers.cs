using SocialRegistry.Contracts;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Registrants;

/// <summary>What a writer is answered with.</summary>
internal sealed class WriterAnswers(
    RecordViews views,
    FieldCatalogue catalogue,
    DisclosureLog disclosures,
    RowRules rules,
    IRecordSave save
)
{
    /// <summary>Who may read sees the record, and that is a disclosure of the same transaction; who may only write sees what it has sent.</summary>
    /// <param name="sent">Ids of the fields that were sent.</param>
    public RegistrantView Show(
        RegistryDbContext db,
        OpenRecord record,
        IReadOnlySet<string> sent,
        IReadOnlyList<Identifier>? identifiers,
        Caller caller
    )
    {
        var gate = ReadGate.Open(caller, Permissions.ReadRegistrants, null, catalogue.Current);
        // Who needs a consent to read is answered with what it has sent.
        if (!gate.Succeeded || caller.ConsentRequired)
        {
            return views.Show(record, ReadGate.OfWriter(caller), [], sent) with { Identifiers = identifiers ?? [] };
        }

        var shown = new List<string>();
        var view = views.Show(record, gate.Value, shown);
        db.Disclosures.Add(disclosures.Row(caller, record.Row.Id, shown));
        return view;
    }

    /// <summary>
    /// Stores what is tracked, unless that would move a record beyond the caller's rows; in a dry run the database checks it, and keeps
    /// nothing but that the record was shown.
    /// </summary>
    public async Task<Problem?> StoreAsync(
        RegistryDbContext db,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!dryRun && RowRules.IsFree(caller))
        {
            await save.SaveAsync(db, cancellationToken);
            return null;
        }

        var shown = db.ChangeTracker.Entries<Disclosure>().Select(e => e.Entity).ToList();
        await using (
            var transaction = db.Database.CurrentTransaction is null
                ? await db.Database.BeginTransactionAsync(cancellationToken)
                : null
        )
        {
            var written = RowRules.Written(db);
            await db.SaveChangesAsync(cancellationToken);
            if (await rules.LeftAsync(db, written, caller, cancellationToken) is { } left)
            {
                return left;
            }

            if (!dryRun)
            {
                await (transaction?.CommitAsync(cancellationToken) ?? Task.CompletedTask);
                return null;
            }
        }

        db.ChangeTracker.Clear();
        db.Disclosures.AddRange(shown);
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }
}
