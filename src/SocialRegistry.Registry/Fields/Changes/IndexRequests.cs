using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields.Indexes;

namespace SocialRegistry.Registry.Fields.Changes;

internal static class IndexRequests
{
    /// <summary>Asks for the index that the field needs now, or for the end of the one it no longer needs.</summary>
    public static async Task<FieldIndexView?> AskAsync(
        IFieldIndexes indexes,
        CatalogueEdit edit,
        FieldView? before,
        FieldView field,
        CancellationToken cancellationToken
    )
    {
        var wanted = indexes.Supports(field);
        var row = await edit.Db.FieldIndexes.SingleOrDefaultAsync(
            i => i.Kind == field.Kind && i.Field == field.Id,
            cancellationToken
        );
        if (row is null && wanted)
        {
            row = FieldIndexRow.New(field.Kind, field.Id, edit.Note.Now);
            edit.Db.FieldIndexes.Add(row);
        }
        else if (
            row is not null
            && (row.Wanted != wanted || (wanted && before is not null && !FieldEffects.SameIndex(before, field)))
        )
        {
            row.Ask(wanted, edit.Note.Now);
        }

        return wanted ? row!.Show() : null;
    }
}
