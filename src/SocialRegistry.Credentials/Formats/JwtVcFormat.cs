using System.Text;
using System.Text.Json;
using SocialRegistry.Credentials.Issuer;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Formats;

/// <summary>
/// <c>jwt_vc_json</c> (OpenID4VCI 1.0 appendix A.1.1): VCDM 1.1 §6.3.1 as JWT, with the registered claims beside the <c>vc</c> claim.
/// Named by did:web; <c>kid</c> is the DID URL of the key.
/// </summary>
internal sealed class JwtVcFormat
{
    public const string Name = "jwt_vc_json";

    private readonly ISigner signer;
    private readonly IssuerIdentity issuer;
    private readonly byte[] header;

    public JwtVcFormat(ISigner signer, IssuerIdentity issuer)
    {
        this.signer = signer;
        this.issuer = issuer;
        header = Header(signer, issuer);
    }

    public string Issue(CredentialContent content)
    {
        using var payload = new PooledBytes(2048);
        using (var writer = new Utf8JsonWriter(payload, JsonParts.Options))
        {
            WritePayload(writer, content);
        }

        using var token = new PooledBytes(4096);
        token.Append(header);
        token.AppendBase64Url(payload.Written);
        var signature = signer.Sign(token.Written);
        token.Append((byte)'.');
        token.AppendBase64Url(signature);
        return Encoding.ASCII.GetString(token.Written);
    }

    private void WritePayload(Utf8JsonWriter writer, CredentialContent content)
    {
        var id = "urn:uuid:" + content.Id.ToString("D");
        var issuedAt = content.IssuedAt.ToUnixTimeSeconds();
        writer.WriteStartObject();
        writer.WriteString("iss"u8, issuer.Did);
        if (content.HolderDid is not null)
        {
            writer.WriteString("sub"u8, content.HolderDid);
        }

        writer.WriteString("jti"u8, id);
        writer.WriteNumber("iat"u8, issuedAt);
        writer.WriteNumber("nbf"u8, issuedAt);
        writer.WriteNumber("exp"u8, content.ExpiresAt.ToUnixTimeSeconds());
        writer.WriteStartObject("vc"u8);
        writer.WriteStartArray("@context"u8);
        writer.WriteStringValue("https://www.w3.org/2018/credentials/v1"u8);
        writer.WriteEndArray();
        writer.WriteString("id"u8, id);
        writer.WriteStartArray("type"u8);
        writer.WriteStringValue("VerifiableCredential"u8);
        writer.WriteStringValue(content.Type);
        writer.WriteEndArray();
        writer.WriteString("issuer"u8, issuer.Did);
        writer.WriteMoment("issuanceDate"u8, content.IssuedAt);
        writer.WriteMoment("expirationDate"u8, content.ExpiresAt);
        writer.WriteStartObject("credentialSubject"u8);
        if (content.HolderDid is not null)
        {
            writer.WriteString("id"u8, content.HolderDid);
        }

        foreach (var claim in content.Claims)
        {
            writer.WritePropertyName(claim.Name);
            writer.WriteValue(claim.Value);
        }

        writer.WriteEndObject();
        if (content.Evidence.Count > 0)
        {
            writer.WritePropertyName("evidence"u8);
            writer.WriteEvidence(content.Evidence);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static byte[] Header(ISigner signer, IssuerIdentity issuer)
    {
        using var json = new PooledBytes(256);
        using (var writer = new Utf8JsonWriter(json, JsonParts.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("alg"u8, signer.Algorithm);
            writer.WriteString("typ"u8, "JWT"u8);
            writer.WriteString("kid"u8, issuer.KeyUrl(signer.KeyId));
            writer.WriteEndObject();
        }

        using var encoded = new PooledBytes(512);
        encoded.AppendBase64Url(json.Written);
        encoded.Append((byte)'.');
        return encoded.Written.ToArray();
    }
}
