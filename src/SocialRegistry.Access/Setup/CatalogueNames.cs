using SocialRegistry.Contracts;

namespace SocialRegistry.Access.Setup;

/// <summary>
/// Turns the names in a file into what the core calls them: field ids, DCI names (one field, or a group such as <c>name</c> that stands for
/// all fields in it), identifier types with their other spellings, and the words for identifiers and memberships as a whole.
/// </summary>
internal sealed class CatalogueNames
{
    /// <summary>What is no field of the catalogue but can be given or withheld like one.</summary>
    private static readonly Dictionary<string, string> Beside = new(StringComparer.OrdinalIgnoreCase)
    {
        ["identifiers"] = "identifiers",
        ["identifier"] = "identifiers",
        ["memberships"] = "memberships",
        ["member_list"] = "member_list",
        ["group_head_info"] = "group_head_info",
        ["relationships"] = "relationships",
        ["related_person"] = "related_person",
        ["area"] = "area",
        ["kind"] = "kind",
        ["status"] = "status",
    };

    private readonly Dictionary<string, HashSet<string>> fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<string>> dciFields = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, HashSet<string>> dciGroups = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> identifiers = new(StringComparer.OrdinalIgnoreCase);

    public CatalogueNames(CatalogueView catalogue)
    {
        Queries = new QueryBinder(catalogue);
        foreach (var field in catalogue.Fields)
        {
            Add(fields, field.Id, field.Id);
            if (field.DciPath is { } path)
            {
                AddPath(path, field.Id);
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
    }

    /// <summary>Checks row rules against this catalogue.</summary>
    public QueryBinder Queries { get; }

    /// <summary>The ids a name stands for; empty when it stands for nothing, or is the last part of several fields' DCI names.</summary>
    public IReadOnlyCollection<string> Find(string name) =>
        fields.TryGetValue(name, out var own) ? own
        : dciFields.TryGetValue(name, out var one) && one.Count == 1 ? one
        : dciGroups.TryGetValue(name, out var all) ? all
        : FindIdentifierType(name) is { } type ? [type]
        : Beside.TryGetValue(name, out var word) ? [word]
        : [];

    public string? FindIdentifierType(string name) => identifiers.GetValueOrDefault(name);

    /// <summary><c>a.b.c</c> is the field under its whole path and as <c>c</c>, and belongs to the groups <c>a</c>, <c>a.b</c> and <c>b</c>.</summary>
    private void AddPath(string path, string id)
    {
        var parts = path.Split('.');
        Add(dciFields, path, id);
        Add(dciFields, parts[^1], id);
        for (var length = 1; length < parts.Length; length++)
        {
            Add(dciGroups, string.Join('.', parts[..length]), id);
            Add(dciGroups, parts[length - 1], id);
        }
    }

    private static void Add(Dictionary<string, HashSet<string>> index, string name, string id)
    {
        if (!index.TryGetValue(name, out var ids))
        {
            index[name] = ids = new HashSet<string>(StringComparer.Ordinal);
        }

        ids.Add(id);
    }
}
