using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>A field's value as a claim: members of a group take the claim names of the catalogue, those without one are left out.</summary>
internal static class ClaimValue
{
    public static JsonElement From(FieldView field, JsonElement value) =>
        field.Type == FieldType.Group ? JsonSerializer.SerializeToElement(Rename(field, value)) : value;

    private static JsonNode? Rename(FieldView field, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            return new JsonArray([.. value.EnumerateArray().Select(item => Rename(field, item))]);
        }

        if (field.Type != FieldType.Group || value.ValueKind != JsonValueKind.Object)
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
