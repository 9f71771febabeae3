using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SocialRegistry.Contracts;

/// <summary>The key of a document of a record: a version-7 UUID, 36 lower-case characters on the wire.</summary>
[JsonConverter(typeof(DocumentIdJson))]
public readonly record struct DocumentId(Guid Value)
{
    /// <summary>A new id whose first 48 bits are the time.</summary>
    public static DocumentId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <exception cref="FormatException">Not a UUID in its 36-character form.</exception>
    public static DocumentId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A document id is a UUID of 36 characters.");

    public static bool TryParse([NotNullWhen(true)] string? text, out DocumentId id)
    {
        var value = Guid.Empty;
        var parsed = text?.Length == 36 && Guid.TryParseExact(text, "D", out value);
        id = new DocumentId(value);
        return parsed;
    }

    public override string ToString() => Value.ToString("D");
}

/// <summary>The text of the id as JSON.</summary>
public sealed class DocumentIdJson : JsonConverter<DocumentId>
{
    public override DocumentId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && DocumentId.TryParse(reader.GetString(), out var id)
            ? id
            : throw new JsonException("A document id is a UUID of 36 characters.");

    public override void Write(Utf8JsonWriter writer, DocumentId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
