using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SocialRegistry.Credentials.Issuer;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Formats;

/// <summary>
/// <c>dc+sd-jwt</c>: SD-JWT VC over RFC 9901, ES256, certificate chain in <c>x5c</c> without the trust anchor. Each claim, and the
/// evidence as a whole, is a disclosure of its own with 128 bits of salt.
/// </summary>
internal sealed class SdJwtVcFormat
{
    public const string Name = "dc+sd-jwt";

    private const int SaltBytes = 16;
    private const int DigestLength = 43;

    private readonly ISigner signer;
    private readonly IssuerIdentity issuer;
    private readonly byte[] header;

    public SdJwtVcFormat(ISigner signer, IssuerIdentity issuer)
    {
        this.signer = signer;
        this.issuer = issuer;
        header = Header(signer);
    }

    public string Issue(CredentialContent content)
    {
        using var disclosures = new PooledBytes(2048);
        var digests = WriteDisclosures(disclosures, content);

        // RFC 9901 §4.2.4.1: the order of digests must not tell the order of claims.
        Array.Sort(digests, StringComparer.Ordinal);
        using var payload = new PooledBytes(2048);
        using (var writer = new Utf8JsonWriter(payload, JsonParts.Options))
        {
            WritePayload(writer, content, digests);
        }

        using var token = new PooledBytes(8192);
        token.Append(header);
        token.AppendBase64Url(payload.Written);
        var signature = signer.Sign(token.Written);
        token.Append((byte)'.');
        token.AppendBase64Url(signature);
        token.Append((byte)'~');
        token.Append(disclosures.Written);
        return Encoding.ASCII.GetString(token.Written);
    }

    private static string[] WriteDisclosures(PooledBytes disclosures, CredentialContent content)
    {
        var claims = content.Claims;
        var count = claims.Count + (content.Evidence.Count > 0 ? 1 : 0);
        var digests = new string[count];
        Span<byte> salts = count <= 32 ? stackalloc byte[32 * SaltBytes] : new byte[count * SaltBytes];
        salts = salts[..(count * SaltBytes)];
        RandomNumberGenerator.Fill(salts);

        using var json = new PooledBytes(512);
        using var writer = new Utf8JsonWriter(json, JsonParts.Options);
        for (var i = 0; i < count; i++)
        {
            json.Clear();
            writer.Reset();
            writer.WriteStartArray();
            WriteSalt(writer, salts.Slice(i * SaltBytes, SaltBytes));
            if (i < claims.Count)
            {
                writer.WriteStringValue(claims[i].Name);
                writer.WriteValue(claims[i].Value);
            }
            else
            {
                writer.WriteStringValue("evidence"u8);
                writer.WriteEvidence(content.Evidence);
            }

            writer.WriteEndArray();
            writer.Flush();
            digests[i] = Append(disclosures, json.Written);
        }

        return digests;
    }

    // RFC 9901 §4.2.3: the digest is over the ASCII bytes of the base64url text.
    private static string Append(PooledBytes disclosures, ReadOnlySpan<byte> json)
    {
        var start = disclosures.Written.Length;
        disclosures.AppendBase64Url(json);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(disclosures.Written[start..], digest);
        disclosures.Append((byte)'~');
        return Base64Url.EncodeToString(digest);
    }

    private static void WriteSalt(Utf8JsonWriter writer, ReadOnlySpan<byte> salt)
    {
        Span<byte> text = stackalloc byte[DigestLength];
        Base64Url.EncodeToUtf8(salt, text, out _, out var written);
        writer.WriteStringValue(text[..written]);
    }

    private void WritePayload(Utf8JsonWriter writer, CredentialContent content, string[] digests)
    {
        writer.WriteStartObject();
        writer.WriteString("iss"u8, issuer.Url);
        writer.WriteNumber("iat"u8, content.IssuedAt.ToUnixTimeSeconds());
        writer.WriteNumber("exp"u8, content.ExpiresAt.ToUnixTimeSeconds());
        writer.WriteString("vct"u8, issuer.Vct(content.Type));
        if (content.HolderKey is { } key)
        {
            writer.WriteStartObject("cnf"u8);
            writer.WritePropertyName("jwk"u8);
            writer.WriteJwk(key);
            writer.WriteEndObject();
        }

        writer.WriteString("_sd_alg"u8, "sha-256"u8);
        writer.WriteStartArray("_sd"u8);
        foreach (var digest in digests)
        {
            writer.WriteStringValue(digest);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static byte[] Header(ISigner signer)
    {
        using var json = new PooledBytes(2048);
        using (var writer = new Utf8JsonWriter(json, JsonParts.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("alg"u8, signer.Algorithm);
            writer.WriteString("typ"u8, Name);
            writer.WriteString("kid"u8, signer.KeyId);
            writer.WriteStartArray("x5c"u8);
            foreach (var certificate in X5c.Write(signer.CertificateChain))
            {
                writer.WriteStringValue(certificate);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        using var encoded = new PooledBytes(4096);
        encoded.AppendBase64Url(json.Written);
        encoded.Append((byte)'.');
        return encoded.Written.ToArray();
    }
}
