using System.Text.Json;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Fields;

/// <summary>A catalogue as JSON: the file it is seeded from, and the form in which its versions are stored.</summary>
internal sealed record CatalogueFile
{
    public required int Version { get; init; }

    public required IReadOnlyList<FieldDefinition> Fields { get; init; }

    public required IReadOnlyList<CodeListView> CodeLists { get; init; }

    public required IReadOnlyList<IdentifierTypeView> IdentifierTypes { get; init; }

    /// <summary>The catalogue of this registry: the named file, or the one that comes with the module.</summary>
    /// <exception cref="InvalidOperationException">Not a catalogue; the message says where.</exception>
    public static CatalogueView Read(string? path)
    {
        using var stream = path is null
            ? typeof(CatalogueFile).Assembly.GetManifestResourceStream("default-catalogue.json")!
            : File.OpenRead(path);
        return Read(stream, path ?? "default-catalogue.json");
    }

    public static CatalogueView Read(Stream stream, string name) =>
        Read(() => JsonSerializer.Deserialize<CatalogueFile>(stream, FieldDefinition.Format)!, name);

    /// <summary>Reads a stored version.</summary>
    public static CatalogueView Parse(string text, string name) =>
        Read(() => JsonSerializer.Deserialize<CatalogueFile>(text, FieldDefinition.Format)!, name);

    /// <summary>The form in which a version is stored.</summary>
    public static string Text(CatalogueView view) =>
        JsonSerializer.Serialize(
            new CatalogueFile
            {
                Version = view.Version,
                Fields = [.. view.Fields.Select(FieldDefinition.From)],
                CodeLists = view.CodeLists,
                IdentifierTypes = view.IdentifierTypes,
            },
            FieldDefinition.Format
        );

    private static CatalogueView Read(Func<CatalogueFile> read, string name)
    {
        try
        {
            var file = read();
            return new CatalogueView
            {
                Version = file.Version,
                Fields = [.. file.Fields.Select(Whole)],
                CodeLists = file.CodeLists,
                IdentifierTypes = file.IdentifierTypes,
            };
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"The field catalogue {name} cannot be read: {e.Message}", e);
        }
    }

    private static FieldView Whole(FieldDefinition field) =>
        field.Kind is null ? throw new JsonException($"The field {field.Id} has no kind.")
        : field.Class is null ? throw new JsonException($"The field {field.Id} has no class.")
        : field.ToView();
}
