using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Setup;

/// <summary>Turns the names in a file into ids of the catalogue: field ids, DCI names, identifier types and their other spellings.</summary>
internal sealed class CatalogueNames
{
    private readonly Dictionary<string, HashSet<string>> fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> identifiers = new(StringComparer.OrdinalIgnoreCase);

    public CatalogueNames(CatalogueView catalogue)
    {
        foreach (var field in catalogue.Fields)
        {
            Add(field.Id, field.Id);
            if (field.DciPath is { } path)
            {
                Add(path, field.Id);
                Add(path[(path.LastIndexOf('.') + 1)..], field.Id);
            }
        }

        foreach (var type in catalogue.IdentifierTypes)
        {
            identifiers[type.Id] = type.Id;
            foreach (var synonym in type.Synonyms)
            {
                identifiers.TryAdd(synonym, type.Id);
            }
        }

        void Add(string name, string id)
        {
            if (!fields.TryGetValue(name, out var ids))
            {
                fields[name] = ids = new HashSet<string>(StringComparer.Ordinal);
            }

            ids.Add(id);
        }
    }

    /// <summary>The field or identifier type of this name; absent when there is none, or when a DCI name fits several fields.</summary>
    public string? Find(string name) =>
        fields.TryGetValue(name, out var ids)
            ? ids.Contains(name)
                ? name
                : ids.Count == 1
                    ? ids.Single()
                    : null
            : FindIdentifierType(name);

    public string? FindIdentifierType(string name) => identifiers.GetValueOrDefault(name);
}
