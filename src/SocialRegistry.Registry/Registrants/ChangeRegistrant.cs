using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Areas;
using SocialRegistry.Registry.ChangeRequests;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Documents;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Versions;

namespace SocialRegistry.Registry.Registrants;

/// <summary>Changes values by merge patch, and archives.</summary>
internal sealed class ChangeRegistrant(
    UnitOfWork work,
    RecordStore store,
    WriterAnswers answers,
    ChangeStatus status,
    IdentifierReader identifierReader,
    FieldCatalogue catalogue,
    IAreaTrees areas,
    NamedVersionJoins joins,
    EditRules editRules,
    DisclosureLog disclosures,
    HouseholdHeads heads,
    DocumentReferences references,
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
        var tree = await areas.CurrentAsync(cancellationToken);
        var outcome = await RunAsync<RegistrantView>(
            id,
            caller,
            patch,
            async (db, record) =>
            {
                if (
                    editRules.Refuse(record.Row.Kind, patch.Values.Keys, patch.Identifiers is not null, caller) is
                    { } asked
                )
                {
                    return asked;
                }

                var draft = RecordDraft.Check(
                    record.Row.Kind,
                    MergePatch.Apply(record, patch.Values, catalogue.Current),
                    patch.Identifiers,
                    patch.Reason,
                    patch.EffectiveOn?.Earliest,
                    catalogue.Current,
                    identifierReader,
                    caller,
                    note.Now,
                    tree
                );
                if (!draft.Succeeded)
                {
                    return draft.Problem;
                }

                if (
                    await references.CheckAsync(db, record.Row.Kind, patch.Values, caller, cancellationToken) is
                    { } unknown
                )
                {
                    return unknown;
                }

                var clear = new Dictionary<string, JsonElement>();
                var merged = draft.Value.MergeInto(record, addIdentifiers: false, clear, note.Compared);
                if (!merged.Succeeded)
                {
                    return merged.Problem;
                }

                var begun = await joins.BeginAsync(db, patch.NamedVersion, patch.DryRun, caller, cancellationToken);
                if (!begun.Succeeded)
                {
                    return begun.Problem;
                }

                await using var joining = begun.Value;
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
                    if (
                        changed.Contains(HouseholdRule.TypeField)
                        && await heads.RefuseAsync(db, record, cancellationToken) is { } headless
                    )
                    {
                        return headless;
                    }
                }

                await joining.AddAsync(record, record.Row.Version, note, time, cancellationToken);
                var view = answers.Show(db, record, patch.Values.Keys.ToHashSet(), patch.Identifiers, caller);
                if (await answers.StoreAsync(db, patch.DryRun, caller, cancellationToken) is { } left)
                {
                    return left;
                }

                await joining.CommitAsync(cancellationToken);
                return view;
            },
            cancellationToken
        );
        await disclosures.WriteAsync(note, cancellationToken);
        return outcome;
    }

    public async Task<Outcome<Done>> ArchiveAsync(
        RegistrantId id,
        long expectedVersion,
        string reason,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var change = new StatusChange
        {
            ExpectedVersion = expectedVersion,
            Status = RegistrantStatuses.Archived,
            Reason = reason,
        };
        return (await status.HandleAsync(id, change, caller, cancellationToken)).Map(_ => default(Done));
    }

    private Task<Outcome<T>> RunAsync<T>(
        RegistrantId id,
        Caller caller,
        RegistrantPatch patch,
        Func<RegistryDbContext, OpenRecord, Task<Outcome<T>>> change,
        CancellationToken cancellationToken
    ) =>
        work.RunAsync<T>(
            async db =>
            {
                List<string> fields = [.. patch.Values.Keys, IdentifierType.Identifiers];
                using var record = await store.LoadAsync(db, id.Value, fields, caller, cancellationToken);
                return record is null || record.Row.IsArchived ? RegistrantProblems.NotFound
                    : record.Row.IsMerged ? StatusProblems.Merged
                    : record.Row.Version != patch.ExpectedVersion ? RegistrantProblems.ChangedSince(record.Row.Version)
                    : await change(db, record);
            },
            conflict => conflict == WriteConflict.Identifier ? RegistrantProblems.IdentifierTaken : null,
            cancellationToken
        );
}
