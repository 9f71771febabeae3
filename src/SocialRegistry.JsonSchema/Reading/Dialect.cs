using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>The vocabularies of 2020-12.</summary>
[Flags]
internal enum Vocabularies
{
    None = 0,
    Core = 1,
    Applicator = 2,
    Unevaluated = 4,
    Validation = 8,
    MetaData = 16,
    FormatAnnotation = 32,
    FormatAssertion = 64,
    Content = 128,
    Standard = Core | Applicator | Unevaluated | Validation | MetaData | FormatAnnotation | Content,
}

/// <summary>What the keywords of a schema mean: the metaschema it names and the vocabularies that this one declares.</summary>
/// <param name="Uri">Of the metaschema.</param>
/// <param name="Vocabularies">That are in force.</param>
/// <param name="Metaschema">Against which a schema is held; null for metaschemas themselves.</param>
/// <param name="IsOlder">Draft 2019-09, where an array of <c>items</c> and <c>additionalItems</c> say what 2020-12 says by <c>prefixItems</c> and <c>items</c>.</param>
internal sealed record Dialect(string Uri, Vocabularies Vocabularies, Schema? Metaschema, bool IsOlder = false)
{
    public const string StandardUri = "https://json-schema.org/draft/2020-12/schema";
    public const string OlderUri = "https://json-schema.org/draft/2019-09/schema";

    private const string Prefix = "https://json-schema.org/draft/2020-12/vocab/";

    private static readonly Dictionary<string, Vocabularies> Known = new(StringComparer.Ordinal)
    {
        [Prefix + "core"] = Vocabularies.Core,
        [Prefix + "applicator"] = Vocabularies.Applicator,
        [Prefix + "unevaluated"] = Vocabularies.Unevaluated,
        [Prefix + "validation"] = Vocabularies.Validation,
        [Prefix + "meta-data"] = Vocabularies.MetaData,
        [Prefix + "format-annotation"] = Vocabularies.FormatAnnotation,
        [Prefix + "format-assertion"] = Vocabularies.FormatAssertion,
        [Prefix + "content"] = Vocabularies.Content,
    };

    /// <summary>2020-12 without a check against the metaschema.</summary>
    public static Dialect Bare { get; } = new(StandardUri, Vocabularies.Standard, Metaschema: null);

    public static Dialect Older { get; } = new(OlderUri, Vocabularies.Standard, Metaschema: null, IsOlder: true);

    /// <summary>The vocabularies that a metaschema declares (core §8.1.2).</summary>
    /// <param name="metaschema">Its JSON.</param>
    /// <param name="unknown">A vocabulary that it demands and that is not known here.</param>
    public static Vocabularies Declared(JsonElement metaschema, out string? unknown)
    {
        unknown = null;
        if (
            metaschema.ValueKind != JsonValueKind.Object
            || !metaschema.TryGetProperty("$vocabulary", out var declared)
            || declared.ValueKind != JsonValueKind.Object
        )
        {
            return Vocabularies.Standard;
        }

        var result = Vocabularies.Core;
        foreach (var vocabulary in declared.EnumerateObject())
        {
            if (Known.TryGetValue(vocabulary.Name, out var known))
            {
                result |= known;
            }
            else if (vocabulary.Value.ValueKind == JsonValueKind.True)
            {
                unknown = vocabulary.Name;
            }
        }

        return result;
    }
}
