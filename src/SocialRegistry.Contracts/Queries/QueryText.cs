using System.Text.Json;

namespace SocialRegistry.Contracts;

/// <summary>Texts of queries: such as a record could hold.</summary>
internal static class QueryText
{
    /// <summary>The text; <c>null</c> when it holds what no record holds: control characters, half a surrogate pair.</summary>
    public static string? Read(JsonElement json)
    {
        try
        {
            return json.GetString() is { } text && !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'))
                ? text
                : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
