using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Registrants;

/// <summary>JSON Merge Patch (RFC 7396) within values: an object changes the members it names, null removes one, all else replaces.</summary>
internal static class MergePatch
{
    /// <summary>The whole values that a patch leads to; null stays null and removes the field.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Apply(
        OpenRecord record,
        IReadOnlyDictionary<string, JsonElement> patch,
        Catalogue catalogue
    ) =>
        patch.ToDictionary(
            field => field.Key,
            field =>
                field.Value.ValueKind == JsonValueKind.Object
                && catalogue.Rule(record.Row.Kind, field.Key)
                    is { View: { Repeated: false, Type: FieldType.Group } } rule
                    ? Merge(record.Value(rule), field.Value)
                    : field.Value
        );

    private static JsonElement Merge(JsonElement? value, JsonElement patch)
    {
        try
        {
            var target = value is { ValueKind: JsonValueKind.Object } there ? JsonObject.Create(there)! : [];
            Merge(target, patch);
            return JsonSerializer.SerializeToElement(target.Count == 0 ? null : target);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // Half a surrogate pair, or a member twice: the validator says so about the value as it was sent.
            return patch;
        }
    }

    private static void Merge(JsonObject target, JsonElement patch)
    {
        foreach (var member in patch.EnumerateObject())
        {
            switch (member.Value.ValueKind)
            {
                case JsonValueKind.Null:
                    target.Remove(member.Name);
                    break;
                case JsonValueKind.Object:
                    var inner = target[member.Name] as JsonObject ?? [];
                    Merge(inner, member.Value);
                    if (inner.Count == 0)
                    {
                        target.Remove(member.Name);
                    }
                    else if (inner.Parent is null)
                    {
                        target[member.Name] = inner;
                    }

                    break;
                default:
                    target[member.Name] = JsonNode.Parse(member.Value.GetRawText());
                    break;
            }
        }
    }
}
