namespace SocialRegistry.Contracts;

/// <summary>The fields, code lists and identifier types of this registry. Reading it needs no permission: it holds no personal data.</summary>
public interface IFieldCatalogue
{
    /// <summary>The catalogue that stands.</summary>
    Task<CatalogueView> GetAsync(CancellationToken cancellationToken);
}

/// <summary>One state of the catalogue.</summary>
public sealed record CatalogueView
{
    /// <summary>One more with every change.</summary>
    public required int Version { get; init; }

    /// <summary>Published and retired ones, in the order of forms.</summary>
    public required IReadOnlyList<FieldView> Fields { get; init; }

    public required IReadOnlyList<CodeListView> CodeLists { get; init; }

    public required IReadOnlyList<IdentifierTypeView> IdentifierTypes { get; init; }

    /// <summary>Finds a field of a kind, published or retired, by its id.</summary>
    public FieldView? Field(string kind, string id) => Fields.FirstOrDefault(f => f.Id == id && f.Kind == kind);
}
