using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>A schema resource (core §4.3.5): what one identifier names, with its anchors.</summary>
internal sealed class Resource(string uri, JsonElement root, Dialect dialect)
{
    /// <summary>Without fragment; empty for a schema that nobody named.</summary>
    public string Uri { get; } = uri;

    public JsonElement Root { get; } = root;

    public Dialect Dialect { get; } = dialect;

    public Dictionary<string, Node> Anchors { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Node> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    /// <summary>By JSON pointer from the root.</summary>
    public Dictionary<string, Node> Nodes { get; } = new(StringComparer.Ordinal);
}
