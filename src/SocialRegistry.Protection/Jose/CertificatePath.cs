using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocialRegistry.Protection;

/// <summary>Builds a certificate path (RFC 5280 §6) to given roots only.</summary>
internal static class CertificatePath
{
    public static bool Builds(IReadOnlyList<byte[]> chain, IReadOnlyList<byte[]> roots, DateTimeOffset at)
    {
        var loaded = new List<X509Certificate2>();
        try
        {
            loaded.AddRange(chain.Select(der => X509CertificateLoader.LoadCertificate(der)));
            var anchors = roots.Select(der => X509CertificateLoader.LoadCertificate(der)).ToList();
            using var path = new X509Chain();
            path.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            path.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            path.ChainPolicy.DisableCertificateDownloads = true;
            path.ChainPolicy.VerificationTime = at.UtcDateTime;
            path.ChainPolicy.VerificationTimeIgnored = false;
            path.ChainPolicy.CustomTrustStore.AddRange(anchors.ToArray());
            path.ChainPolicy.ExtraStore.AddRange(loaded.Skip(1).ToArray());
            var builds = MaySign(loaded[0]) && path.Build(loaded[0]) && IsOrdered(path, chain);
            loaded.AddRange(anchors);
            loaded.AddRange(path.ChainElements.Select(element => element.Certificate));
            return builds;
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            loaded.ForEach(certificate => certificate.Dispose());
        }
    }

    private static bool MaySign(X509Certificate2 leaf) =>
        leaf.Extensions.OfType<X509KeyUsageExtension>()
            .All(usage => usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature))
        && leaf.Extensions.OfType<X509BasicConstraintsExtension>().All(basic => !basic.CertificateAuthority);

    // The path is the given chain and then the root: nothing left out, nothing added, and never the root as leaf.
    private static bool IsOrdered(X509Chain path, IReadOnlyList<byte[]> chain)
    {
        var found = path.ChainElements.Select(element => element.Certificate.RawData).ToList();
        return found.Count >= 2
            && (found.Count == chain.Count + 1 || found.Count == chain.Count)
            && chain.Zip(found).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
    }
}
