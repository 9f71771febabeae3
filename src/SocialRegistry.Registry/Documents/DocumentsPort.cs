using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Documents;

/// <summary>The port: who may, then what.</summary>
internal sealed class DocumentsPort(
    AddDocument add,
    UnitOfWork work,
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    FieldCatalogue catalogue,
    RowRules rules,
    ConsentGate consents,
    DisclosureLog disclosures,
    TimeProvider time
) : IDocuments
{
    public async Task<Outcome<DocumentView>> AddAsync(
        RegistrantId id,
        NewDocument document,
        Stream content,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        MayWrite(caller) is { } refusal
            ? refusal
            : await add.HandleAsync(id, document, content, conditions, caller, cancellationToken);

    public async Task<Outcome<IReadOnlyList<DocumentView>>> ListAsync(
        RegistrantId id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var gate = Gate(caller);
        if (!gate.Succeeded)
        {
            return gate.Problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await RecordAsync(db, id, gate.Value, cancellationToken) is not { } record)
        {
            return RegistrantProblems.NotFound;
        }

        var of = (await consents.LoadAsync(db, [id.Value], caller, cancellationToken)).Gate(gate.Value, id.Value);
        if (!of.Caller.Fields.Contains(DocumentTypes.Field))
        {
            return Outcome.Of<IReadOnlyList<DocumentView>>([]);
        }

        var rows = await db
            .Documents.AsNoTracking()
            .Where(d => d.RegistrantId == id.Value)
            .OrderBy(d => d.Id)
            .ToListAsync(cancellationToken);
        var views = new List<DocumentView>(rows.Count);
        foreach (var epoch in rows.GroupBy(r => r.Epoch))
        {
            using var cipher = await CipherAsync(db, record, epoch.Key, cancellationToken);
            views.AddRange(epoch.Select(row => DocumentLabel.Open(cipher, row).Show(row, caller)));
        }

        await disclosures.WriteAsync([disclosures.Row(of, id.Value, [DocumentTypes.Field])], cancellationToken);
        return Outcome.Of<IReadOnlyList<DocumentView>>(views);
    }

    public async Task<Outcome<DocumentContent>> OpenAsync(
        RegistrantId id,
        DocumentId document,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var gate = Gate(caller);
        if (!gate.Succeeded)
        {
            return gate.Problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await RecordAsync(db, id, gate.Value, cancellationToken) is not { } record)
        {
            return RegistrantProblems.NotFound;
        }

        var row = await db
            .Documents.AsNoTracking()
            .SingleOrDefaultAsync(d => d.RegistrantId == id.Value && d.Id == document.Value, cancellationToken);
        var of = (await consents.LoadAsync(db, [id.Value], caller, cancellationToken)).Gate(gate.Value, id.Value);
        if (row is null || !of.Caller.Fields.Contains(DocumentTypes.Field))
        {
            return DocumentProblems.NotFound;
        }

        var cipher = await CipherAsync(db, record, row.Epoch, cancellationToken);
        try
        {
            var view = DocumentLabel.Open(cipher, row).Show(row, caller);
            await disclosures.WriteAsync(
                [disclosures.Row(of, id.Value, [DocumentTypes.Field, $"{DocumentTypes.Field}/{document}"])],
                cancellationToken
            );
            return new DocumentContent(view, new DocumentStream(contexts, row, cipher));
        }
        catch
        {
            cipher.Dispose();
            throw;
        }
    }

    public async Task<Outcome<Done>> RemoveAsync(
        RegistrantId id,
        DocumentId document,
        string reason,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (MayWrite(caller) is { } refusal)
        {
            return refusal;
        }

        if (!DocumentChecks.IsReason(reason))
        {
            return DocumentProblems.Invalid([
                new FieldProblem(
                    "reason",
                    "length",
                    $"A reason has 1 to {ValueLimits.MaxReasonLength} printable characters."
                ),
            ]);
        }

        var note = ChangeNote.By(caller, reason, null, time);
        return await work.RunAsync<Done>(
            db => RemoveAsync(db, id, document, conditions.DryRun, note, cancellationToken),
            _ => null,
            cancellationToken
        );
    }

    private async Task<Outcome<Done>> RemoveAsync(
        RegistryDbContext db,
        RegistrantId id,
        DocumentId document,
        bool dryRun,
        ChangeNote note,
        CancellationToken cancellationToken
    )
    {
        var loaded = await store.LoadAsync(db, [id.Value], note.Caller, cancellationToken);
        using var record = loaded.GetValueOrDefault(id.Value);
        if (record is null || record.Row.IsArchived)
        {
            return RegistrantProblems.NotFound;
        }

        var row = await db.Documents.SingleOrDefaultAsync(
            d => d.RegistrantId == id.Value && d.Id == document.Value,
            cancellationToken
        );
        if (row is null)
        {
            return DocumentProblems.NotFound;
        }

        if (dryRun)
        {
            return default(Done);
        }

        var change = DocumentChange.Of(row, null);
        var writer = new RecordWriter(db, time);
        writer.WriteEntry(record, ChangeOperations.DocumentRemoved, change, [DocumentTypes.Field], note);
        writer.KeepNewKeys(record);
        db.Documents.Remove(row);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await db
            .DocumentPieces.Where(p => p.RegistrantId == id.Value && p.DocumentId == document.Value)
            .ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return default(Done);
    }

    private static Problem? MayWrite(Caller caller) =>
        !caller.May(Permissions.WriteDocuments) || caller.Kind == CallerKind.Person
            ? RegistrantProblems.NotAllowed(Permissions.WriteDocuments)
        : !caller.Fields.Contains(DocumentTypes.Field) ? DocumentProblems.OutOfScope
        : null;

    private Outcome<ReadGate> Gate(Caller caller)
    {
        var gate = ReadGate.Open(caller, Permissions.ReadDocuments, null, catalogue.Current);
        return gate.Succeeded && !caller.Fields.Contains(DocumentTypes.Field) ? DocumentProblems.OutOfScope : gate;
    }

    private async Task<Registrant?> RecordAsync(
        RegistryDbContext db,
        RegistrantId id,
        ReadGate gate,
        CancellationToken cancellationToken
    )
    {
        var known = await rules.RowsAsync(db, [id.Value], gate.Caller, cancellationToken);
        var row = await known.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return row?.IsArchived == false ? row : null;
    }

    private async Task<RecordCipher> CipherAsync(
        RegistryDbContext db,
        Registrant record,
        int epoch,
        CancellationToken cancellationToken
    )
    {
        var keys = await db
            .RecordKeys.AsNoTracking()
            .Where(k => k.RegistrantId == record.Id && k.Epoch == epoch)
            .ToListAsync(cancellationToken);
        return store.Cipher(record, epoch, keys);
    }
}
