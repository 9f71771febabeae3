using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;

namespace SocialRegistry.Grpc.Listening;

/// <summary>Certificates and thumbprints from settings.</summary>
internal static class Certificates
{
    private static readonly char[] Separators = [',', ';', ' '];

    /// <summary>The PFX file whose path stands at this key, its password at the key with <c>Password</c>; <c>null</c> when not set.</summary>
    /// <exception cref="InvalidOperationException">The file cannot be opened, or has no private key.</exception>
    public static X509Certificate2? Load(IConfiguration? configuration, string key)
    {
        if (configuration?[key] is not { Length: > 0 } path)
        {
            return null;
        }

        var name = Name(configuration, key);
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, configuration[key + "Password"]);
            return certificate.HasPrivateKey
                ? certificate
                : throw new InvalidOperationException($"{name}: the file holds no private key.");
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"{name}: '{path}' cannot be opened as a PFX file (is {name}Password right?)."
            );
        }
    }

    /// <summary>SHA-256 thumbprints at this key, as a list or in one text; with or without colons, in either case.</summary>
    /// <exception cref="InvalidOperationException">One of them is not 64 hexadecimal digits.</exception>
    public static IReadOnlySet<string> Thumbprints(IConfiguration? configuration, string key)
    {
        var section = configuration?.GetSection(key);
        var texts = section is null
            ? []
            : section
                .GetChildren()
                .Select(c => c.Value)
                .Prepend(section.Value)
                .SelectMany(text => (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries));
        var thumbprints = texts
            .Select(t => t.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant())
            .ToHashSet();
        return thumbprints.All(t => t.Length == 64 && t.All(char.IsAsciiHexDigit))
            ? thumbprints
            : throw new InvalidOperationException(
                $"{Name(configuration!, key)}: a thumbprint is the SHA-256 of the certificate in 64 hexadecimal digits."
            );
    }

    /// <summary>One of these certificates, in its time of validity. Nothing else about it counts: it is pinned.</summary>
    public static bool IsPermitted(X509Certificate? presented, IReadOnlySet<string> thumbprints)
    {
        if (presented is null || !thumbprints.Contains(presented.GetCertHashString(HashAlgorithmName.SHA256)))
        {
            return false;
        }

        using var certificate = X509CertificateLoader.LoadCertificate(presented.GetRawCertData());
        // TLS knows no clock of ours.
        var now = TimeProvider.System.GetLocalNow().DateTime;
        return now >= certificate.NotBefore && now <= certificate.NotAfter;
    }

    private static string Name(IConfiguration configuration, string key) =>
        configuration is IConfigurationSection section ? section.Path + ":" + key : key;
}
