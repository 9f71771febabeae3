using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Fields;

/// <summary>A catalogue as a JSON file: the shape of <see cref="CatalogueView"/>, where parts take kind and class from their field.</summary>
internal sealed record CatalogueFile
{
    public required int Version { get; init; }

    public required IReadOnlyList<FileField> Fields { get; init; }

    public required IReadOnlyList<CodeListView> CodeLists { get; init; }

    public required IReadOnlyList<IdentifierTypeView> IdentifierTypes { get; init; }

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 32,
        RespectNullableAnnotations = true,
    };

    /// <summary>The catalogue of this registry: the named file, or the one that comes with the module.</summary>
    /// <exception cref="InvalidOperationException">Not a catalogue; the message says where.</exception>
    public static CatalogueView Read(string? path)
    {
        using var stream = path is null
            ? typeof(CatalogueFile).Assembly.GetManifestResourceStream("default-catalogue.json")!
            : File.OpenRead(path);
        return Read(stream, path ?? "default-catalogue.json");
    }

    public static CatalogueView Read(Stream stream, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<CatalogueFile>(stream, Format)!.ToView();
        }
        catch (JsonException e)
        {
            throw new InvalidOperationException($"The field catalogue {name} cannot be read: {e.Message}", e);
        }
    }

    private CatalogueView ToView() =>
        new()
        {
            Version = Version,
            Fields =
            [
                .. Fields.Select(f =>
                    f.ToView(
                        f.Kind ?? throw new JsonException($"The field {f.Id} has no kind."),
                        f.Class ?? throw new JsonException($"The field {f.Id} has no class.")
                    )
                ),
            ],
            CodeLists = CodeLists,
            IdentifierTypes = IdentifierTypes,
        };

    /// <summary>A field or a part of one.</summary>
    internal sealed record FileField
    {
        public required string Id { get; init; }

        public string? Kind { get; init; }

        public required FieldType Type { get; init; }

        public FieldClass? Class { get; init; }

        public required IReadOnlyDictionary<string, string> Labels { get; init; }

        public string Section { get; init; } = "general";

        public bool Repeated { get; init; }

        public bool Required { get; init; }

        public bool Attestable { get; init; }

        public bool Searchable { get; init; }

        public bool Computed { get; init; }

        public string? CodeList { get; init; }

        public IReadOnlyList<FileField> Parts { get; init; } = [];

        public JsonElement? Validation { get; init; }

        public string? DciPath { get; init; }

        public string? Claim { get; init; }

        public FieldView ToView(string kind, FieldClass fieldClass) =>
            new()
            {
                Id = Id,
                Kind = kind,
                Type = Type,
                Class = fieldClass,
                Labels = Labels,
                Section = Section,
                Repeated = Repeated,
                Required = Required,
                Attestable = Attestable,
                Searchable = Searchable,
                Computed = Computed,
                CodeList = CodeList,
                Parts = [.. Parts.Select(p => p.ToView(kind, fieldClass))],
                Validation = Validation,
                DciPath = DciPath,
                Claim = Claim,
            };
    }
}
