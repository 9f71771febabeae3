using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.PersonalData;

/// <summary>Values in words: codes by their labels, parts of groups by theirs.</summary>
internal sealed class ValueTexts(Catalogue catalogue, string language)
{
    public string LabelOf(FieldView field) => Languages.Label(field.Labels, language, field.Id);

    public string Of(FieldView field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array
            ? string.Join(" · ", value.EnumerateArray().Select(v => One(field, v)))
            : One(field, value);

    private string One(FieldView field, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => string.Join(
                "; ",
                field
                    .Parts.Where(p => value.TryGetProperty(p.Id, out _))
                    .Select(p => $"{LabelOf(p)}: {Of(p, value.GetProperty(p.Id))}")
            ),
            JsonValueKind.String => Code(field, value.GetString()!),
            JsonValueKind.True => "✓",
            JsonValueKind.False => "✗",
            _ => value.GetRawText(),
        };

    private string Code(FieldView field, string text) =>
        field.CodeList is { } list
        && catalogue.CodeLists.TryGetValue(list, out var codes)
        && codes.Codes.FirstOrDefault(c => c.Code == text) is { } code
            ? Languages.Label(code.Labels, language, text)
            : text;
}
