using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Search;

/// <summary>What a condition looks for in the directories of tokens.</summary>
internal sealed class SearchLookups(SearchRows rows, IdentifierReader identifiers, FieldCatalogue catalogue)
{
    public byte[] Token(string field, string folded) => rows.Token(field, folded);

    /// <summary>The identifier's token; <c>null</c> when no record can carry it.</summary>
    public byte[]? Identifier(BoundIdentifier identifier) =>
        catalogue.Current.IdentifierType(identifier.Type.Id) is { } type
            ? identifiers.Read(type, identifier.Value)?.Token
            : null;
}
