using System.Text;
using System.Text.Json;

namespace SocialRegistry.Registry.Areas;

/// <summary>Names by language as rows keep them.</summary>
internal static class AreaNames
{
    public static IReadOnlyDictionary<string, string> Read(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;

    public static string Write(IReadOnlyDictionary<string, string> names) =>
        JsonSerializer.Serialize(new SortedDictionary<string, string>(names.ToDictionary(), StringComparer.Ordinal));

    /// <summary>A text as the search compares it: NFKC, upper and lower case alike.</summary>
    public static string Fold(string text) => text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
}
