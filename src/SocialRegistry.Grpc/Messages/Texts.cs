using System.Globalization;
using System.Text.Json;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Messages;

/// <summary>Values that travel as text, and back. What cannot be read is named by its field, never shown.</summary>
internal static class Texts
{
    /// <summary>Deepest nesting of a JSON value.</summary>
    public const int MaxJsonDepth = 32;

    private static readonly JsonDocumentOptions JsonOptions = new()
    {
        MaxDepth = MaxJsonDepth,
        AllowDuplicateProperties = false,
    };

    public static string ToWire(this DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateOnly ToDate(this string text, string field) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw UnreadableMessageException.Of(field, "type", "expected a date YYYY-MM-DD");

    public static PartialDate ToPartialDate(this string text, string field) =>
        PartialDate.TryParse(text, out var date)
            ? date
            : throw UnreadableMessageException.Of(field, "type", "expected a date YYYY-MM-DD, YYYY-MM or YYYY");

    public static Timestamp ToWire(this DateTimeOffset moment) => Timestamp.FromDateTimeOffset(moment);

    public static DateTimeOffset ToMoment(this Timestamp? timestamp, string field)
    {
        try
        {
            return timestamp?.ToDateTimeOffset()
                ?? throw UnreadableMessageException.Of(field, "required", "expected a moment");
        }
        catch (InvalidOperationException)
        {
            throw UnreadableMessageException.Of(field, "type", "expected a moment in the years 1 to 9999");
        }
    }

    public static RegistrantId ToRegistrantId(this string text, string field) =>
        RegistrantId.TryParse(text, out var id)
            ? id
            : throw UnreadableMessageException.Of(field, "type", "expected a UUID of 36 characters");

    public static Guid ToUuid(this string text, string field) => text.ToRegistrantId(field).Value;

    public static JsonElement ToJson(this string text, string field)
    {
        try
        {
            using var document = JsonDocument.Parse(text, JsonOptions);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw UnreadableMessageException.Of(
                field,
                "json",
                $"expected JSON text without duplicate members, at most {MaxJsonDepth} deep"
            );
        }
    }

    public static IReadOnlyDictionary<string, JsonElement> ToValues(this MapField<string, string> texts) =>
        texts.ToDictionary(pair => pair.Key, pair => pair.Value.ToJson("values." + Shown(pair.Key)));

    public static void AddJson(this MapField<string, string> texts, IReadOnlyDictionary<string, JsonElement> values)
    {
        foreach (var (field, value) in values)
        {
            texts.Add(field, value.GetRawText());
        }
    }

    public static IReadOnlyDictionary<string, string> ToLabels(this MapField<string, string> labels) =>
        new Dictionary<string, string>(labels);

    public static void IfThere(this string? text, Action<string> set)
    {
        if (text is not null)
        {
            set(text);
        }
    }

    public static void IfThere(this DateOnly? day, Action<string> set)
    {
        if (day is { } there)
        {
            set(there.ToWire());
        }
    }

    /// <summary>Names of fields come from the sender: a long one is cut before it stands in a problem.</summary>
    private static string Shown(string field) => field.Length <= 100 ? field : field[..100];
}
