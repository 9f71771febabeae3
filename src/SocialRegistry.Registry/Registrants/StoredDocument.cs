using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using SocialRegistry.Registry.Fields;

namespace SocialRegistry.Registry.Registrants;

/// <summary>What versions are made of: status, values and identifiers in the form in which they are stored.</summary>
internal sealed class StoredDocument
{
    public required string Status { get; init; }

    /// <summary>Since when; absent as long as the record has its first status.</summary>
    public DateOnly? StatusOn { get; init; }

    /// <summary>By field id: a clear value, or a text with the base64url tail.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Values { get; init; }

    public required IReadOnlyList<StoredIdentifier> Identifiers { get; init; }

    public static StoredDocument Empty { get; } =
        new()
        {
            Status = "",
            Values = new Dictionary<string, JsonElement>(),
            Identifiers = [],
        };

    public static StoredDocument Parse(string status, DateOnly? statusOn, string values, string identifiers) =>
        new()
        {
            Status = status,
            StatusOn = statusOn,
            Values = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(values)!,
            Identifiers = ParseIdentifiers(identifiers),
        };

    public string ValuesJson() => JsonText.Text(WriteValues);

    public string IdentifiersJson() => JsonText.Text(writer => WriteIdentifiers(writer, Identifiers));

    public static void WriteIdentifiers(Utf8JsonWriter writer, IReadOnlyList<StoredIdentifier> identifiers) =>
        JsonSerializer.Serialize(writer, identifiers);

    /// <summary>Ids of fields that differ from another document, and <c>identifiers</c> or <c>status</c>.</summary>
    public IReadOnlyList<string> Differences(StoredDocument other)
    {
        var changed = Values
            .Keys.Union(other.Values.Keys)
            .Where(id => Text(Values, id) != Text(other.Values, id))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (!Identifiers.SequenceEqual(other.Identifiers))
        {
            changed.Add(IdentifierType.Identifiers);
        }

        if (Status != other.Status && other.Status.Length > 0)
        {
            changed.Add("status");
        }

        return changed;
    }

    /// <summary>What leads from this document back to <paramref name="older"/>: old values of what differs, null where there was none.</summary>
    public string ReversePatch(StoredDocument older) =>
        JsonText.Object(writer =>
        {
            writer.WriteStartObject("values");
            foreach (var id in Differences(older).Where(id => Values.ContainsKey(id) || older.Values.ContainsKey(id)))
            {
                writer.WritePropertyName(id);
                if (older.Values.TryGetValue(id, out var value))
                {
                    value.WriteTo(writer);
                }
                else
                {
                    writer.WriteNullValue();
                }
            }

            writer.WriteEndObject();
            if (!Identifiers.SequenceEqual(older.Identifiers))
            {
                writer.WritePropertyName("identifiers");
                WriteIdentifiers(writer, older.Identifiers);
            }

            if (Status != older.Status)
            {
                writer.WriteString("status", older.Status);
                WriteDay(writer, older.StatusOn);
            }
        });

    /// <summary>Applies a <see cref="ReversePatch"/>.</summary>
    public StoredDocument Back(string reversePatch)
    {
        using var patch = JsonDocument.Parse(reversePatch);
        var values = new Dictionary<string, JsonElement>(Values);
        foreach (var change in patch.RootElement.GetProperty("values").EnumerateObject())
        {
            if (change.Value.ValueKind == JsonValueKind.Null)
            {
                values.Remove(change.Name);
            }
            else
            {
                values[change.Name] = change.Value.Clone();
            }
        }

        return new StoredDocument
        {
            Status = patch.RootElement.TryGetProperty("status", out var status) ? status.GetString()! : Status,
            StatusOn = status.ValueKind == JsonValueKind.Undefined ? StatusOn : ReadDay(patch.RootElement),
            Values = values,
            Identifiers = patch.RootElement.TryGetProperty("identifiers", out var identifiers)
                ? ParseIdentifiers(identifiers.GetRawText())
                : Identifiers,
        };
    }

    /// <summary>This document, but with those fields as they are in another one.</summary>
    /// <param name="fields">As <see cref="Differences"/> names them.</param>
    public StoredDocument With(IReadOnlyList<string> fields, StoredDocument other)
    {
        var values = new Dictionary<string, JsonElement>(Values);
        foreach (var id in fields)
        {
            if (other.Values.TryGetValue(id, out var value))
            {
                values[id] = value;
            }
            else
            {
                values.Remove(id);
            }
        }

        var state = fields.Contains("status") ? other : this;
        return new StoredDocument
        {
            Status = state.Status,
            StatusOn = state.StatusOn,
            Values = values,
            Identifiers = fields.Contains(IdentifierType.Identifiers) ? other.Identifiers : Identifiers,
        };
    }

    /// <summary>The whole document as one JSON text.</summary>
    public string Snapshot() =>
        JsonText.Object(writer =>
        {
            writer.WriteString("status", Status);
            WriteDay(writer, StatusOn);
            writer.WritePropertyName("values");
            WriteValues(writer);
            writer.WritePropertyName("identifiers");
            WriteIdentifiers(writer, Identifiers);
        });

    public static StoredDocument FromSnapshot(string snapshot)
    {
        using var document = JsonDocument.Parse(snapshot);
        return Parse(
            document.RootElement.GetProperty("status").GetString()!,
            ReadDay(document.RootElement),
            document.RootElement.GetProperty("values").GetRawText(),
            document.RootElement.GetProperty("identifiers").GetRawText()
        );
    }

    private const string Day = "statusOn";

    private static void WriteDay(Utf8JsonWriter writer, DateOnly? day)
    {
        if (day is { } there)
        {
            writer.WriteString(Day, there.ToString("O", CultureInfo.InvariantCulture));
        }
    }

    private static DateOnly? ReadDay(JsonElement document) =>
        document.TryGetProperty(Day, out var day)
            ? DateOnly.ParseExact(day.GetString()!, "O", CultureInfo.InvariantCulture)
            : null;

    private void WriteValues(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (id, value) in Values)
        {
            writer.WritePropertyName(id);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    // jsonb writes numbers and objects in its own way, so clear values are compared by content.
    private static string? Text(IReadOnlyDictionary<string, JsonElement> values, string id) =>
        values.TryGetValue(id, out var value) ? Canonical.Text(value) : null;

    private static List<StoredIdentifier> ParseIdentifiers(string json) =>
        JsonSerializer.Deserialize<List<StoredIdentifier>>(json)!;
}

/// <summary>An identifier of a record.</summary>
/// <param name="Type">Id of the identifier type.</param>
/// <param name="Tail">The value as the paper shows it: base64url tail of SRF1.</param>
/// <param name="Token">Base64url of the directory's token, so that removal finds the entry without the clear value.</param>
internal sealed record StoredIdentifier(string Type, string Tail, string Token)
{
    /// <summary>Period and issuer: base64url tail of SRF1 over <see cref="IdentifierDetails"/> as JSON; absent when none were given.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Details { get; init; }
}
