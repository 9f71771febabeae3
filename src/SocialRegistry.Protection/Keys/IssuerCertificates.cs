using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocialRegistry.Protection;

/// <summary>
/// The issuer's small certificate authority: a root that verifiers are given once, and the certificate of the credential key below it,
/// whose alternative names are the public address (<c>x5c</c> may not hold a self-signed leaf).
/// </summary>
internal static class IssuerCertificates
{
    private const int RootYears = 20;
    private const int LeafDays = 730;
    private const int RenewDays = 180;

    public static byte[] NewRoot(StoredKey ca, DateTimeOffset now)
    {
        using var key = Import(ca);
        var request = new CertificateRequest("CN=Social Registry issuing CA", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        using var certificate = request.CreateSelfSigned(now.AddMinutes(-5), now.AddYears(RootYears));
        return certificate.RawData;
    }

    public static byte[] NewLeaf(StoredKey leaf, StoredKey ca, string? publicUrl, DateTimeOffset now)
    {
        using var key = Import(leaf);
        using var caKey = Import(ca);
        using var root = X509CertificateLoader.LoadCertificate(ca.Certificates[0]);
        var request = new CertificateRequest("CN=Social Registry credential issuer", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(root, true, false));
        if (AlternativeNames(publicUrl) is { } names)
        {
            request.CertificateExtensions.Add(names);
        }

        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7F) | 0x40);
        var end = now.AddDays(LeafDays);
        var rootEnd = new DateTimeOffset(root.NotAfter.ToUniversalTime());
        using var certificate = request.Create(
            root.SubjectName,
            X509SignatureGenerator.CreateForECDsa(caKey),
            now.AddMinutes(-5),
            end < rootEnd ? end : rootEnd,
            serial
        );
        return certificate.RawData;
    }

    /// <summary>True when the certificate names this address and does not end soon.</summary>
    public static bool Fits(byte[] der, string? publicUrl, DateTimeOffset now)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(der);
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var wanted = AlternativeNames(publicUrl);
        return certificate.NotBefore.ToUniversalTime() <= now.UtcDateTime
            && certificate.NotAfter.ToUniversalTime() > now.AddDays(RenewDays).UtcDateTime
            && (names?.RawData ?? []).AsSpan().SequenceEqual(wanted?.RawData ?? []);
    }

    private static X509Extension? AlternativeNames(string? publicUrl)
    {
        if (
            !Uri.TryCreate(publicUrl, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
        )
        {
            return null;
        }

        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(address.IdnHost, out var number))
        {
            names.AddIpAddress(number);
        }
        else
        {
            names.AddDnsName(address.IdnHost);
        }

        names.AddUri(new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/')));
        return names.Build();
    }

    private static ECDsa Import(StoredKey stored)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(stored.Private, out _);
        return key;
    }
}
