using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SocialRegistry.Grpc.Tests.Support;

/// <summary>A self-made certificate in a PFX file that goes away with it.</summary>
internal sealed class TestCertificate : IDisposable
{
    public const string Password = "not a secret";

    private readonly string folder = Directory.CreateTempSubdirectory("registry-grpc-").FullName;

    public TestCertificate(DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=registry test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var end = until ?? DateTimeOffset.UtcNow.AddHours(1);
        using var certificate = request.CreateSelfSigned(end.AddHours(-2), end);
        Thumbprint = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        File = Path.Combine(folder, "certificate.pfx");
        System.IO.File.WriteAllBytes(File, certificate.Export(X509ContentType.Pfx, Password));
    }

    public string File { get; }

    public string Thumbprint { get; }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
