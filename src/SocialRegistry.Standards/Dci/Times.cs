using System.Globalization;
using System.Text.Json;

namespace SocialRegistry.Standards.Dci;

/// <summary>Timestamps with a zone (RFC 3339): a time without one is no timestamp.</summary>
internal static class Times
{
    /// <summary>UTC with milliseconds, such as <c>2026-01-19T12:15:04.555Z</c>.</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static bool TryRead(JsonElement element, out DateTimeOffset time)
    {
        time = default;
        return element.ValueKind == JsonValueKind.String
            && JsonTexts.TryGet(element, out var text)
            && text.Length is >= 20 and <= 40
            && text[10] == 'T'
            && text[16] == ':'
            && (text[^1] == 'Z' || (text[^6] is '+' or '-' && text[^3] == ':'))
            && element.TryGetDateTimeOffset(out time);
    }
}
