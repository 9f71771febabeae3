using System.Buffers.Text;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials;

/// <summary>The JOSE headers of a key, encoded once, each with its dot behind.</summary>
internal sealed class SigningHeaders
{
    public SigningHeaders(ISigner signer, CredentialIssuer issuer)
    {
        var chain = signer.CertificateChain;
        CertificateEnd = DateTimeOffset.MaxValue;
        var sdJwt = new JsonObject
        {
            ["alg"] = signer.Algorithm,
            ["typ"] = "dc+sd-jwt",
            ["kid"] = signer.KeyId,
        };
        if (chain.Count > 0)
        {
            sdJwt["x5c"] = new JsonArray([.. X5c.Write(chain).Select(text => (JsonNode)text)]);
            using var leaf = X509CertificateLoader.LoadCertificate(chain[0]);
            CertificateEnd = new DateTimeOffset(leaf.NotAfter.ToUniversalTime());
        }

        SdJwt = Encode(sdJwt);
        JwtVc = Encode(
            new JsonObject
            {
                ["alg"] = signer.Algorithm,
                ["typ"] = "JWT",
                ["kid"] = issuer.VerificationMethod(signer.KeyId),
            }
        );
    }

    /// <summary>SD-JWT VC: <c>typ</c> <c>dc+sd-jwt</c>, <c>x5c</c> without the trust anchor.</summary>
    public byte[] SdJwt { get; }

    /// <summary>VCDM 1.1 as JWT: <c>kid</c> is a DID URL.</summary>
    public byte[] JwtVc { get; }

    /// <summary>When the key's certificate ends; the end of time when it has none.</summary>
    public DateTimeOffset CertificateEnd { get; }

    private static byte[] Encode(JsonObject header) =>
        [.. Base64Url.EncodeToUtf8(JsonSerializer.SerializeToUtf8Bytes(header, CredentialJson.Options)), (byte)'.'];
}
