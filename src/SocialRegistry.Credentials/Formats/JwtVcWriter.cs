using System.Runtime.InteropServices;
using System.Text.Json;

namespace SocialRegistry.Credentials;

/// <summary>A credential of the VC Data Model 1.1 as JWT (§6.3.1): the claim <c>vc</c> beside the registered ones that repeat it.</summary>
internal static class JwtVcWriter
{
    public const string Context = "https://www.w3.org/2018/credentials/v1";

    public const string BaseType = "VerifiableCredential";

    public static void WritePayload(
        Workbench bench,
        CredentialContent content,
        DateTimeOffset until,
        string? holderDid,
        string issuerDid
    )
    {
        var json = bench.Json;
        json.WriteStartObject();
        json.WriteString("iss"u8, issuerDid);
        if (holderDid is not null)
        {
            json.WriteString("sub"u8, holderDid);
        }

        json.WriteString("jti"u8, content.Id);
        json.WriteNumber("iat"u8, content.IssuedAt.ToUnixTimeSeconds());
        json.WriteNumber("nbf"u8, content.IssuedAt.ToUnixTimeSeconds());
        json.WriteNumber("exp"u8, until.ToUnixTimeSeconds());
        json.WriteStartObject("vc"u8);
        json.WriteStartArray("@context"u8);
        json.WriteStringValue(Context);
        json.WriteEndArray();
        json.WriteString("id"u8, content.Id);
        json.WriteStartArray("type"u8);
        json.WriteStringValue(BaseType);
        json.WriteStringValue(content.Type);
        json.WriteEndArray();
        json.WriteString("issuer"u8, issuerDid);
        WriteTime(json, "issuanceDate"u8, content.IssuedAt);
        WriteTime(json, "expirationDate"u8, until);
        json.WriteStartObject("credentialSubject"u8);
        if (holderDid is not null)
        {
            json.WriteString("id"u8, holderDid);
        }

        for (var i = 0; i < content.Claims.Count; i++)
        {
            json.WritePropertyName(content.Claims[i].Name);
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(content.Claims[i].Value), skipInputValidation: true);
        }

        json.WriteEndObject();
        if (content.Attestations.Count > 0)
        {
            json.WritePropertyName("evidence"u8);
            AttestationWriter.Write(json, content.Attestations);
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
    }

    /// <summary>Whole seconds in UTC, as the numeric claims beside it.</summary>
    private static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[20];
        time.UtcDateTime.TryFormat(
            text,
            out _,
            "yyyy-MM-ddTHH:mm:ssZ",
            System.Globalization.CultureInfo.InvariantCulture
        );
        json.WriteString(name, text);
    }
}
