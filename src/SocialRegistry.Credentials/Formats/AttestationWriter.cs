using System.Globalization;
using System.Text.Json;

namespace SocialRegistry.Credentials;

/// <summary>Who found which claims true, when and how: <c>evidence</c> of W3C credentials, a claim of SD-JWT.</summary>
internal static class AttestationWriter
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ClaimAttestation> attestations)
    {
        json.WriteStartArray();
        foreach (var attestation in attestations)
        {
            json.WriteStartObject();
            json.WriteStartArray("type"u8);
            json.WriteStringValue("FieldAttestation"u8);
            json.WriteEndArray();
            json.WriteStartArray("claims"u8);
            for (var i = 0; i < attestation.Claims.Count; i++)
            {
                json.WriteStringValue(attestation.Claims[i]);
            }

            json.WriteEndArray();
            WriteText(json, "attestedBy"u8, attestation.AttestedBy);
            if (attestation.AttestedAt is { } at)
            {
                json.WriteString(
                    "attestedAt"u8,
                    at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)
                );
            }

            WriteText(json, "method"u8, attestation.Method);
            if (attestation.ValidUntil is { } until)
            {
                json.WriteString("validUntil"u8, until.ToString("O", CultureInfo.InvariantCulture));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }
}
