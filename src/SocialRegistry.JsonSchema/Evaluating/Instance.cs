using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>A value under validation; its text and number are read once, however many keywords ask.</summary>
internal struct Instance(JsonElement element)
{
    private string? text;
    private JsonNumber? number;

    public JsonElement Element { get; } = element;

    public JsonValueKind Kind { get; } = element.ValueKind;

    /// <summary>Only of strings.</summary>
    public string Text => text ??= Element.GetString()!;

    /// <summary>Only of numbers.</summary>
    public JsonNumber Number => number ??= JsonNumber.Of(Element);
}
