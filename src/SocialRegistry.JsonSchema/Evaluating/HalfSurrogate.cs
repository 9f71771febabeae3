using System.Text.Json;

namespace SocialRegistry.JsonSchema;

/// <summary>Half a surrogate pair in a text or name, which JSON can spell and no text can hold.</summary>
internal static class HalfSurrogate
{
    public static bool StandsIn(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is null,
                JsonValueKind.Array => value.EnumerateArray().Any(StandsIn),
                JsonValueKind.Object => value.EnumerateObject().Any(m => m.Name is null || StandsIn(m.Value)),
                _ => false,
            };
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
