using System.Collections.Immutable;
using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>Schema documents by the URI under which others refer to them. Immutable; nothing is ever fetched.</summary>
public sealed class SchemaDocuments
{
    /// <summary>No documents beside the metaschemas of 2020-12.</summary>
    public static SchemaDocuments None { get; } = new(ImmutableDictionary<string, JsonElement>.Empty);

    private readonly ImmutableDictionary<string, JsonElement> documents;

    private SchemaDocuments(ImmutableDictionary<string, JsonElement> documents) => this.documents = documents;

    /// <summary>These and one more.</summary>
    /// <param name="uri">Absolute URI without a fragment.</param>
    /// <param name="schema">Is copied, so its document may be disposed of.</param>
    public SchemaDocuments With(string uri, JsonElement schema) =>
        new(documents.SetItem(UriReference.WithoutFragment(uri), schema.Clone()));

    internal bool TryGet(string uri, out JsonElement schema) => documents.TryGetValue(uri, out schema);
}
