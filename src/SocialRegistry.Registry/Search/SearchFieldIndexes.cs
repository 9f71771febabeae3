using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields.Indexes;

namespace SocialRegistry.Registry.Search;

/// <summary>
/// What becoming searchable asks of the records that are there: the database's index, and the rows that searches look into beside the
/// records (tokens of protected values, folded copies of clear ones).
/// </summary>
/// <param name="reindex">Asked for late: it needs the catalogue, which needs the indexes for its first state.</param>
internal sealed class SearchFieldIndexes(IFieldIndexes database, Func<Reindex> reindex) : IFieldIndexes
{
    public bool Supports(FieldView field) => database.Supports(field) || SearchRows.Kept(field).Any();

    public async Task<bool> EnsureAsync(FieldView field, CancellationToken cancellationToken)
    {
        if (database.Supports(field) && !await database.EnsureAsync(field, cancellationToken))
        {
            return false;
        }

        if (SearchRows.Kept(field).Any())
        {
            await reindex().RunAsync(null, cancellationToken);
        }

        return true;
    }

    public async Task DropAsync(string kind, string field, CancellationToken cancellationToken) =>
        await database.DropAsync(kind, field, cancellationToken);
}
