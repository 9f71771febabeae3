using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Areas;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Documents;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Groups;

/// <summary>Makes the record of a new group within a change of groups.</summary>
internal sealed class NewGroupRecord(
    RecordStore store,
    IdentifierReader identifierReader,
    FieldCatalogue catalogue,
    IAreaTrees areas,
    RowRules rules,
    DocumentReferences references,
    TimeProvider time
)
{
    public async Task<Outcome<OpenRecord>> MakeAsync(
        GroupEdit edit,
        IReadOnlyDictionary<string, JsonElement> values,
        IReadOnlyList<Identifier> identifiers,
        CancellationToken cancellationToken
    )
    {
        var draft = RecordDraft.Check(
            RegistrantKinds.Group,
            values,
            identifiers,
            edit.Note.Reason,
            edit.Note.EffectiveOn,
            catalogue.Current,
            identifierReader,
            edit.Note.Caller,
            edit.Note.Now,
            await areas.CurrentAsync(cancellationToken)
        );
        if (!draft.Succeeded)
        {
            return draft.Problem;
        }

        if (
            await references.CheckAsync(edit.Db, RegistrantKinds.Group, values, edit.Note.Caller, cancellationToken) is
            { } unknown
        )
        {
            return unknown;
        }

        var asked = CreateRegistrant.NewRecord(RegistrantKinds.Group, values, identifiers);
        if (!await rules.AdmitsNewAsync(asked, edit.Note.Caller, cancellationToken))
        {
            return RegistrantProblems.OutsideRows;
        }

        var record = store.Make(new Registrant(RegistrantId.New(time), RegistrantKinds.Group, edit.Note.Now));
        edit.Adopt(record);
        var document = CreateRegistrant.Begin(record, draft.Value, edit.Note.Compared, out var clear);
        if (!document.Succeeded)
        {
            return document.Problem;
        }

        if (await CreateRegistrant.IsTakenAsync(edit.Db, draft.Value.Identifiers!, cancellationToken))
        {
            return RegistrantProblems.IdentifierTaken;
        }

        edit.Db.Registrants.Add(record.Row);
        edit.Writer.WriteVersion(record, document.Value, ChangeOperations.Created, edit.Note, clear);
        return record;
    }
}
