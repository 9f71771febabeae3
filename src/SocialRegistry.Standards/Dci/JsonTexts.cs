using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace SocialRegistry.Standards.Dci;

/// <summary>Strings of outside JSON.</summary>
internal static class JsonTexts
{
    /// <summary>False for other kinds and for a string that holds half a surrogate pair.</summary>
    public static bool TryGet(JsonElement element, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (element.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = element.GetString();
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Absent in the sense of the samples: null, or an empty string where something else belongs.</summary>
    public static bool IsBlank(JsonElement element) =>
        element.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined
        || (element.ValueKind == JsonValueKind.String && element.ValueEquals(""));

    /// <summary>An id as it may be logged and echoed: 1 to 99 characters, none of them a control character.</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= 99 && !text.Any(char.IsControl);

    /// <summary>What stands after the last colon of a namespaced name, such as <c>Social</c> in <c>ns:org:RegistryType:Social</c>.</summary>
    public static string LocalName(string name) => name[(name.LastIndexOf(':') + 1)..];
}
