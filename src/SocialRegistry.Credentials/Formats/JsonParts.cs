using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Formats;

/// <summary>Pieces that the formats write alike.</summary>
internal static class JsonParts
{
    public static JsonWriterOptions Options { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The value as it was parsed: it is valid JSON and needs no second look.</summary>
    public static void WriteValue(this Utf8JsonWriter writer, JsonElement value) =>
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);

    public static void WriteJwk(this Utf8JsonWriter writer, Jwk key)
    {
        writer.WriteStartObject();
        writer.WriteString("kty"u8, key.Kty);
        Optional(writer, "crv"u8, key.Crv);
        Optional(writer, "x"u8, key.X);
        Optional(writer, "y"u8, key.Y);
        Optional(writer, "n"u8, key.N);
        Optional(writer, "e"u8, key.E);
        writer.WriteEndObject();
    }

    public static void WriteEvidence(this Utf8JsonWriter writer, IReadOnlyList<CredentialEvidence> evidence)
    {
        writer.WriteStartArray();
        foreach (var item in evidence)
        {
            writer.WriteStartObject();
            writer.WriteStartArray("type"u8);
            writer.WriteStringValue("FieldAttestation"u8);
            writer.WriteEndArray();
            writer.WriteStartArray("claims"u8);
            foreach (var claim in item.Claims)
            {
                writer.WriteStringValue(claim);
            }

            writer.WriteEndArray();
            Optional(writer, "attestedBy"u8, item.AttestedBy);
            if (item.AttestedAt is { } at)
            {
                writer.WriteMoment("attestedAt"u8, at);
            }

            Optional(writer, "method"u8, item.Method);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary><c>2026-01-31T12:00:00Z</c>.</summary>
    public static void WriteMoment(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, DateTimeOffset moment)
    {
        Span<byte> text = stackalloc byte[20];
        moment.UtcDateTime.TryFormat(
            text,
            out _,
            "yyyy-MM-dd'T'HH:mm:ss'Z'",
            System.Globalization.CultureInfo.InvariantCulture
        );
        writer.WriteString(name, text);
    }

    private static void Optional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }
}
