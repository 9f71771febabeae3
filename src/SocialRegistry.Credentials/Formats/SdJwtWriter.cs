using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials;

/// <summary>SD-JWT (RFC 9901) as SD-JWT VC: every claim is a disclosure of its own with a fresh salt of 128 bits.</summary>
internal static class SdJwtWriter
{
    /// <summary>The claim that tells who found the others true.</summary>
    public const string AttestationsClaim = "attestations";

    private const int SaltBytes = 16;
    private const int DigestText = 43;

    /// <summary>Writes the payload, and the disclosures each behind its <c>~</c> with the last <c>~</c> at the end.</summary>
    public static void WritePayload(
        Workbench bench,
        CredentialContent content,
        DateTimeOffset until,
        Jwk? holder,
        string issuer,
        string vct
    )
    {
        var count = WriteDisclosures(bench, content);
        bench.Payload.Clear();
        var json = bench.Json;
        json.Reset();
        json.WriteStartObject();
        json.WriteString("iss"u8, issuer);
        json.WriteString("vct"u8, vct);
        json.WriteNumber("iat"u8, content.IssuedAt.ToUnixTimeSeconds());
        json.WriteNumber("nbf"u8, content.IssuedAt.ToUnixTimeSeconds());
        json.WriteNumber("exp"u8, until.ToUnixTimeSeconds());
        if (holder is not null)
        {
            json.WriteStartObject("cnf"u8);
            json.WriteStartObject("jwk"u8);
            HolderKeyWriter.WriteMembers(json, holder);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteString("_sd_alg"u8, "sha-256"u8);
        WriteDigests(json, bench.Digests.Written, count);
        json.WriteEndObject();
        json.Flush();
    }

    private static int WriteDisclosures(Workbench bench, CredentialContent content)
    {
        var count = content.Claims.Count + (content.Attestations.Count > 0 ? 1 : 0);
        Span<byte> salts = stackalloc byte[SaltBytes * 32];
        salts = count <= 32 ? salts[..(SaltBytes * count)] : new byte[SaltBytes * count];
        RandomNumberGenerator.Fill(salts);
        for (var i = 0; i < content.Claims.Count; i++)
        {
            var claim = content.Claims[i];
            Begin(bench, salts.Slice(i * SaltBytes, SaltBytes), claim.Name);
            bench.Json.WriteRawValue(JsonMarshal.GetRawUtf8Value(claim.Value), skipInputValidation: true);
            End(bench);
        }

        if (content.Attestations.Count > 0)
        {
            Begin(bench, salts[^SaltBytes..], AttestationsClaim);
            AttestationWriter.Write(bench.Json, content.Attestations);
            End(bench);
        }

        bench.Disclosures.Append((byte)'~');
        return count;
    }

    private static void Begin(Workbench bench, ReadOnlySpan<byte> salt, string name)
    {
        bench.Payload.Clear();
        bench.Json.Reset();
        bench.Json.WriteStartArray();
        Span<byte> text = stackalloc byte[22];
        Base64Url.EncodeToUtf8(salt, text);
        bench.Json.WriteStringValue(text);
        bench.Json.WriteStringValue(name);
    }

    /// <summary>RFC 9901 §4.2.3: the digest is over the base64url text of the disclosure.</summary>
    private static void End(Workbench bench)
    {
        bench.Json.WriteEndArray();
        bench.Json.Flush();
        bench.Disclosures.Append((byte)'~');
        var start = bench.Disclosures.Length;
        bench.Disclosures.AppendBase64Url(bench.Payload.Written);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bench.Disclosures.Written[start..], digest);
        bench.Digests.AppendBase64Url(digest);
    }

    /// <summary>Sorted, so that their order tells nothing of the claims' order (RFC 9901 §4.2.4.1).</summary>
    private static void WriteDigests(Utf8JsonWriter json, ReadOnlySpan<byte> digests, int count)
    {
        var order = ArrayPool<int>.Shared.Rent(count);
        for (var i = 0; i < count; i++)
        {
            var digest = digests.Slice(i * DigestText, DigestText);
            var at = i;
            while (at > 0 && digest.SequenceCompareTo(digests.Slice(order[at - 1] * DigestText, DigestText)) < 0)
            {
                order[at] = order[at - 1];
                at--;
            }

            order[at] = i;
        }

        json.WriteStartArray("_sd"u8);
        for (var i = 0; i < count; i++)
        {
            json.WriteStringValue(digests.Slice(order[i] * DigestText, DigestText));
        }

        json.WriteEndArray();
        ArrayPool<int>.Shared.Return(order);
    }
}
