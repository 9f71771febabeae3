using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocialRegistry.Protection;

/// <summary>
/// The certificate of the RSA base key. It is only a carrier: a MOSIP keymanager names a key by the SHA-256 of its certificate's DER, and
/// the head of an SRF1 envelope begins with it.
/// </summary>
internal static class BaseKeyCertificate
{
    public static byte[] New(RSA rsa, DateTimeOffset now)
    {
        var request = new CertificateRequest(
            "CN=Social Registry record protection",
            rsa,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment, true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(now.AddMinutes(-5), now.AddYears(10));
        return certificate.RawData;
    }
}
