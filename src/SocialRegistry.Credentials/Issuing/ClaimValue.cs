using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>A field's value as a claim: members of a group take the claim names of the catalogue, those without one are left out.</summary>
internal static class ClaimValue
{
    public static JsonElement From(FieldView field, JsonElement value) =>
        field.HasParts || field.Type == FieldType.Date
            ? JsonSerializer.SerializeToElement(Rename(field, value))
            : value;

    private static JsonNode? Rename(FieldView field, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            return new JsonArray([.. value.EnumerateArray().Select(item => Rename(field, item))]);
        }

        // A date known to the month goes as its year: OpenID Connect Core 5.1 has a birthdate to the day or to the year, and no day is invented.
        if (field.Type == FieldType.Date && PartialDate.From(value) is { Precision: DatePrecision.Month } date)
        {
            return date.Earliest.ToString("yyyy", CultureInfo.InvariantCulture);
        }

        if (!field.HasParts || value.ValueKind != JsonValueKind.Object)
        {
            return JsonSerializer.SerializeToNode(value);
        }

        var claim = new JsonObject();
        foreach (var part in field.Parts.Where(part => part.Claim is not null))
        {
            if (value.TryGetProperty(part.Id, out var member))
            {
                claim[part.Claim!] = Rename(part, member);
            }
        }

        return claim;
    }
}
