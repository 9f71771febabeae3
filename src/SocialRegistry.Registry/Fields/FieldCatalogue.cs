using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Fields;

/// <summary>The catalogue that stands, read once at start.</summary>
internal sealed class FieldCatalogue(RegistryOptions options) : IFieldCatalogue
{
    private readonly Lazy<Catalogue> current = new(() => new Catalogue(CatalogueFile.Read(options.CatalogueFile)));

    public Catalogue Current => current.Value;

    public Task<CatalogueView> GetAsync(CancellationToken cancellationToken) => Task.FromResult(Current.View);
}
