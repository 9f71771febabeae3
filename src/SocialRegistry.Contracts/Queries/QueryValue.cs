using System.Globalization;
using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>Values of queries in the form in which they are compared.</summary>
internal static class QueryValue
{
    /// <summary>The value in the field's type; <c>null</c> when it is none.</summary>
    /// <param name="fault">What is expected.</param>
    public static object? Read(QueryField field, JsonElement json, out string fault)
    {
        fault = "";
        object? value;
        switch (field.Leaf.Type)
        {
            case FieldType.Integer or FieldType.Decimal:
                fault = "Send a number of at most 15 digits.";
                return Number(json);
            case FieldType.Boolean:
                fault = "Send true or false.";
                return json.ValueKind switch
                {
                    JsonValueKind.True => true,
                    JsonValueKind.False => false,
                    _ => null,
                };
            case FieldType.Date:
                fault = "Send a date as YYYY-MM-DD, YYYY-MM or YYYY.";
                return json.ValueKind == JsonValueKind.String && QueryDate.TryParse(json.GetString(), out var date)
                    ? date
                    : null;
            default:
                fault = $"Send a text of 1 to {QueryLimits.MaxTextLength} characters.";
                value = json.ValueKind == JsonValueKind.String ? QueryText.Read(json) : null;
                if (value is not string { Length: > 0 and <= QueryLimits.MaxTextLength } text)
                {
                    return null;
                }

                return !field.IsProtected ? text
                    : TextFold.Apply(text) is { Length: > 0 } folded ? folded
                    : null;
        }
    }

    /// <summary>A folded text to be contained; <c>null</c> when nothing of it counts or it is too long.</summary>
    public static string? ReadPart(JsonElement json) =>
        json.ValueKind == JsonValueKind.String
        && QueryText.Read(json) is { Length: <= QueryLimits.MaxTextLength } text
        && TextFold.Apply(text) is { Length: > 0 and <= QueryLimits.MaxPartLength } part
            ? part
            : null;

    /// <summary>A number that both databases hold exactly; <c>null</c> when it is none.</summary>
    private static object? Number(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number
        && json.TryGetDecimal(out var number)
        && json.TryGetDouble(out var twin)
        && decimal.TryParse(
            twin.ToString("R", CultureInfo.InvariantCulture),
            NumberStyles.Float,
            CultureInfo.InvariantCulture,
            out var back
        )
        && back == number
            ? number
            : null;
}
