using System.Collections.Frozen;
using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>The metaschemas of 2020-12, as published (json-schema.org, AFL-3.0 or BSD-3-Clause).</summary>
internal static class StandardMetaschemas
{
    private static readonly FrozenDictionary<string, JsonElement> Documents = Read();

    private static readonly Lazy<Dialect> Checked = new(() =>
        new Dialect(
            Dialect.StandardUri,
            Vocabularies.Standard,
            Schema
                .Compile(
                    Documents[Dialect.StandardUri],
                    new SchemaOptions
                    {
                        AssertFormats = false,
                        BaseUri = Dialect.StandardUri,
                        MaxDepth = 1_000,
                    }
                )
                .Schema
        )
    );

    /// <summary>2020-12 with a check against its metaschema.</summary>
    public static Dialect Standard => Checked.Value;

    public static bool TryGet(string uri, out JsonElement document) => Documents.TryGetValue(uri, out document);

    private static FrozenDictionary<string, JsonElement> Read()
    {
        var assembly = typeof(StandardMetaschemas).Assembly;
        var documents = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (
            var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith(".json", StringComparison.Ordinal))
        )
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var document = JsonDocument.Parse(stream);
            documents.Add(document.RootElement.GetProperty("$id").GetString()!, document.RootElement.Clone());
        }

        return documents.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
