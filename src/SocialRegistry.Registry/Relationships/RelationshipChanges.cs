using System.Text.Json.Nodes;

namespace SocialRegistry.Registry.Relationships;

/// <summary>How relationships stand in the change log.</summary>
internal static class RelationshipChanges
{
    /// <summary>The word for relationships in scopes, changed fields and disclosures.</summary>
    public const string Field = "relationships";

    /// <summary>An entry's content: one relationship before and after.</summary>
    /// <param name="sort"><c>parents</c>, <c>spouses</c> or <c>relation</c>.</param>
    public static string Of(string sort, JsonNode? before, JsonNode? after) =>
        new JsonObject
        {
            [Field] = new JsonObject { ["old"] = Wrapped(sort, before), ["new"] = Wrapped(sort, after) },
        }.ToJsonString();

    private static JsonObject? Wrapped(string sort, JsonNode? node) =>
        node is null ? null : new JsonObject { [sort] = node };
}
