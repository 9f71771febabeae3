using SocialRegistry.Contracts;
using SocialRegistry.Standards.Dci.Records;

namespace SocialRegistry.Standards.Dci.Search;

/// <summary>The words partners may use, made from one state of the catalogue.</summary>
internal sealed class Vocabulary
{
    private static readonly string[] BesideFields = ["registration_date", "last_updated", "group_size"];

    private readonly Dictionary<string, IdentifierTypeView> identifierTypes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> attributes = new(StringComparer.OrdinalIgnoreCase);

    public Vocabulary(CatalogueView catalogue)
    {
        Version = catalogue.Version;
        Plans = new RecordPlans(catalogue);
        foreach (var type in catalogue.IdentifierTypes)
        {
            identifierTypes.TryAdd(type.Id, type);
        }

        foreach (var type in catalogue.IdentifierTypes)
        {
            foreach (var synonym in type.Synonyms)
            {
                identifierTypes.TryAdd(synonym, type);
            }
        }

        foreach (var field in catalogue.Fields)
        {
            attributes.TryAdd(field.Id, field.Id);
            if (field.DciPath is { } path)
            {
                attributes.TryAdd(path, field.Id);
                attributes.TryAdd(JsonTexts.LocalName(path.Replace('.', ':')), field.Id);
            }
        }

        foreach (var name in BesideFields)
        {
            attributes.TryAdd(name, name);
        }
    }

    public int Version { get; }

    public RecordPlans Plans { get; }

    /// <summary>An identifier type by id or synonym, without case; also namespaced, such as <c>ns:org:IdentifierType:UIN</c>.</summary>
    public IdentifierTypeView? IdentifierType(string name) =>
        identifierTypes.GetValueOrDefault(name) ?? identifierTypes.GetValueOrDefault(JsonTexts.LocalName(name));

    /// <summary>True when the partner may filter by identifiers of the type.</summary>
    public static bool MayFilter(IdentifierTypeView type, FieldScope filters) =>
        filters.Contains("identifiers")
        || filters.Contains("identifier")
        || filters.Contains(type.Id)
        || type.Synonyms.Any(filters.Contains);

    /// <summary>True when there is such an attribute and the partner may filter and sort by it. Samples have a level <c>person</c> that the model lost.</summary>
    public bool MaySort(string name, FieldScope filters)
    {
        if (IdentifierType(name) is { } type)
        {
            return MayFilter(type, filters);
        }

        return (
                attributes.GetValueOrDefault(name)
                ?? attributes.GetValueOrDefault(name.Replace(".person.", ".", StringComparison.Ordinal))
            )
                is { } id
            && filters.Contains(id);
    }
}

/// <summary>Keeps the vocabulary until the catalogue changes.</summary>
internal sealed class VocabularySource(IFieldCatalogue catalogue)
{
    private volatile Vocabulary? current;

    public async Task<Vocabulary> GetAsync(CancellationToken cancellationToken)
    {
        var view = await catalogue.GetAsync(cancellationToken);
        var known = current;
        return known?.Version == view.Version ? known : current = new Vocabulary(view);
    }
}
