using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Registrants;

/// <summary>
/// Masked forms: enough to tell records apart in a list, too little to use. The number of hidden characters is not told.
/// Of a sensitive field nothing is told but that it has a value.
/// </summary>
internal static class Masks
{
    private const string Hidden = "***";

    /// <summary>Parts of an address that name an area and no house.</summary>
    private static readonly string[] OfAreas = ["locality", "sub_region_code", "region_code", "country_code"];

    /// <summary>How the disclosure log names a field that was shown masked.</summary>
    public static string Shown(string field) => field + ":masked";

    /// <summary>The masked form of a value: a list stays a list and a group a group, what is in them becomes text.</summary>
    public static JsonElement Of(FieldView field, JsonElement value) =>
        field.Class == FieldClass.Sensitive
            ? JsonSerializer.SerializeToElement(Hidden)
            : JsonSerializer.SerializeToElement(Mask(field, value));

    /// <summary>The last four characters, of a short text fewer: at most a third is shown.</summary>
    public static string LastCharacters(string text)
    {
        var characters = Characters(text);
        return Hidden + string.Concat(characters.TakeLast(Math.Min(4, characters.Count / 3)));
    }

    private static JsonNode? Mask(FieldView field, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(item => Mask(field, item))]),
            JsonValueKind.Object => new JsonObject(
                value
                    .EnumerateObject()
                    .Select(part => KeyValuePair.Create(part.Name, MaskPart(field, part.Name, part.Value)))
            ),
            JsonValueKind.String => Text(field, value.GetString()!),
            _ => Hidden,
        };

    private static JsonNode? MaskPart(FieldView field, string name, JsonElement value) =>
        OfAreas.Contains(name) ? JsonNode.Parse(value.GetRawText())
        : field.Parts.FirstOrDefault(part => part.Id == name) is { Type: FieldType.Group } group ? Mask(group, value)
        : Hidden;

    private static string Text(FieldView field, string text)
    {
        if (field.Type == FieldType.Date)
        {
            return text.Length >= 4 ? text[..4] : Hidden;
        }

        if (field.Type != FieldType.Text)
        {
            return Hidden;
        }

        var at = text.LastIndexOf('@');
        return at > 0 ? First(text) + text[at..]
            : text.Any(char.IsDigit) ? LastCharacters(text)
            : First(text);
    }

    private static string First(string text) => Characters(text).FirstOrDefault() + Hidden;

    private static List<string> Characters(string text)
    {
        var characters = new List<string>();
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            characters.Add(elements.GetTextElement());
        }

        return characters;
    }
}
