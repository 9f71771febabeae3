using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;

namespace SocialRegistry.Exchange.Imports;

/// <summary>Reads the text of a cell as the type of its field. Whether the value is allowed is for the registry to say.</summary>
internal static class CellValue
{
    /// <summary>The value, or <c>null</c> with the code of what is wrong.</summary>
    public static JsonNode? Parse(string text, FieldView field, CatalogueView catalogue, out FieldProblem? problem)
    {
        problem = null;
        switch (field.Type)
        {
            case FieldType.Text or FieldType.Document:
                return JsonValue.Create(text);
            case FieldType.Integer
                when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer):
                return JsonValue.Create(integer);
            case FieldType.Decimal
                when decimal.TryParse(
                    text,
                    NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var number
                ):
                return JsonValue.Create(number);
            case FieldType.Date when PartialDate.TryParse(text, out _):
                return JsonValue.Create(text);
            case FieldType.Boolean when Truth(text) is { } truth:
                return JsonValue.Create(truth);
            case FieldType.Code when Code(text, field, catalogue) is { } code:
                return JsonValue.Create(code);
            default:
                problem = new FieldProblem(
                    field.Id,
                    field.Type == FieldType.Code ? "code" : "type",
                    Expected(field.Type)
                );
                return null;
        }
    }

    /// <summary>How yes and no are written; <c>null</c> for anything else.</summary>
    public static bool? Truth(string text) =>
        text.ToUpperInvariant() switch
        {
            "TRUE" or "YES" or "1" => true,
            "FALSE" or "NO" or "0" => false,
            _ => null,
        };

    /// <summary>The code itself, else the one code that has this label or synonym.</summary>
    private static string? Code(string text, FieldView field, CatalogueView catalogue)
    {
        var codes = catalogue.CodeLists.FirstOrDefault(l => l.Id == field.CodeList)?.Codes ?? [];
        if (codes.FirstOrDefault(c => c.Code == text) is { } exact)
        {
            return exact.Code;
        }

        bool Same(string other) => string.Equals(text, other, StringComparison.OrdinalIgnoreCase);
        return
            codes
                .Where(c => !c.Retired)
                .Where(c => Same(c.Code) || c.Labels.Values.Any(Same) || c.Synonyms.Any(Same))
                .ToList()
                is [var one]
            ? one.Code
            : null;
    }

    private static string Expected(FieldType type) =>
        type switch
        {
            FieldType.Integer => "A whole number in digits.",
            FieldType.Decimal => "A number with '.' as its decimal point.",
            FieldType.Date => "A date as YYYY-MM-DD; where the field allows it also YYYY-MM or YYYY.",
            FieldType.Boolean => "true, false, yes, no, 1 or 0.",
            FieldType.Code => "A code of the field's list, or one of its labels.",
            _ => "Text.",
        };
}
