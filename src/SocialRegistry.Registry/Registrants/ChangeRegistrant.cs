using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Changes values by merge patch, and archives.</summary>
internal sealed class ChangeRegistrant(
    UnitOfWork work,
    RecordStore store,
    RecordViews views,
    IdentifierReader identifierReader,
    FieldCatalogue catalogue,
    DisclosureLog disclosures,
    TimeProvider time
)
{
    public async Task<Outcome<RegistrantView>> UpdateAsync(
        RegistrantId id,
        RegistrantPatch patch,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteRegistrants))
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteRegistrants);
        }

        var note = ChangeNote.By(caller, patch.Reason, patch.EffectiveOn, time);
        return await RunAsync<RegistrantView>(
            id,
            caller,
            patch.ExpectedVersion,
            async (db, record) =>
            {
                var draft = RecordDraft.Check(
                    record.Row.Kind,
                    patch.Values,
                    patch.Identifiers,
                    patch.Reason,
                    patch.EffectiveOn,
                    catalogue.Current,
                    identifierReader,
                    caller,
                    note.Now
                );
                if (!draft.Succeeded)
                {
                    return draft.Problem;
                }

                var clear = new Dictionary<string, JsonElement>();
                var merged = draft.Value.MergeInto(record, addIdentifiers: false, clear);
                if (!merged.Succeeded)
                {
                    return merged.Problem;
                }

                var changed = merged.Value.Differences(record.Document);
                if (changed.Count > 0)
                {
                    await store.LoadSearchRowsAsync(db, record, changed, cancellationToken);
                    new RecordWriter(db, time).WriteVersion(
                        record,
                        merged.Value,
                        ChangeOperations.Updated,
                        note,
                        clear
                    );
                }

                var view = Answer(db, record, patch, caller);
                await db.SaveChangesAsync(cancellationToken);
                return view;
            },
            cancellationToken
        );
    }

    public async Task<Outcome<Done>> ArchiveAsync(
        RegistrantId id,
        long expectedVersion,
        string reason,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.May(Permissions.WriteRegistrants) || caller.Kind == CallerKind.Person)
        {
            return RegistrantProblems.NotAllowed(Permissions.WriteRegistrants);
        }

        if (reason is not { Length: > 0 and <= ValueLimits.MaxReasonLength })
        {
            return Problem.Invalid(
                RegistrantProblems.InvalidCode,
                "Say why the record is archived.",
                new FieldProblem("reason", "length", $"A reason has 1 to {ValueLimits.MaxReasonLength} characters.")
            );
        }

        var note = ChangeNote.By(caller, reason, null, time);
        return await RunAsync<Done>(
            id,
            caller,
            expectedVersion,
            async (db, record) =>
            {
                var archived = new StoredDocument
                {
                    Status = RecordStatuses.Archived,
                    Values = record.Document.Values,
                    Identifiers = record.Document.Identifiers,
                };
                var nothing = new Dictionary<string, JsonElement>();
                new RecordWriter(db, time).WriteVersion(record, archived, ChangeOperations.Archived, note, nothing);
                await db.SaveChangesAsync(cancellationToken);
                return default(Done);
            },
            cancellationToken
        );
    }

    private Task<Outcome<T>> RunAsync<T>(
        RegistrantId id,
        Caller caller,
        long expectedVersion,
        Func<RegistryDbContext, OpenRecord, Task<Outcome<T>>> change,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync<T>(
            async db =>
            {
                var loaded = await store.LoadAsync(db, [id.Value], caller, cancellationToken);
                using var record = loaded.GetValueOrDefault(id.Value);
                return record is null || record.Row.IsArchived ? RegistrantProblems.NotFound
                    : record.Row.Version != expectedVersion ? RegistrantProblems.ChangedSince(record.Row.Version)
                    : await change(db, record);
            },
            conflict => conflict == WriteConflict.Identifier ? RegistrantProblems.IdentifierTaken : null,
            cancellationToken
        );

    /// <summary>Who may read sees the record, and that is a disclosure of the same transaction; who may only write sees what it has sent.</summary>
    private RegistrantView Answer(RegistryDbContext db, OpenRecord record, RegistrantPatch patch, Caller caller)
    {
        var gate = ReadGate.Open(caller, Permissions.ReadRegistrants, null, catalogue.Current);
        if (!gate.Succeeded)
        {
            return views.Show(record, ReadGate.OfWriter(caller), [], patch.Values.Keys.ToHashSet()) with
            {
                Identifiers = patch.Identifiers ?? [],
            };
        }

        var shown = new List<string>();
        var view = views.Show(record, gate.Value, shown);
        db.Disclosures.Add(disclosures.Row(caller, record.Row.Id, shown));
        return view;
    }
}
