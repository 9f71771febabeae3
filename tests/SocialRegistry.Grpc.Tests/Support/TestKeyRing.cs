using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SocialRegistry.Protection;

namespace SocialRegistry.Grpc.Tests.Support;

/// <summary>A deployment's keys in memory: one ES256 key per purpose.</summary>
internal sealed class TestKeyRing : IKeyRing
{
    private readonly Dictionary<KeyPurpose, TestSigner> signers = Enum.GetValues<KeyPurpose>()
        .ToDictionary(p => p, _ => new TestSigner());

    public ISigner Signer(KeyPurpose purpose) => signers[purpose];

    public IReadOnlyList<Jwk> PublicKeys(KeyPurpose purpose) => [signers[purpose].PublicKey];

    public byte[] Secret(string use) => SHA256.HashData(Encoding.UTF8.GetBytes(use));
}

/// <summary>An ES256 key whose key id can be a lie.</summary>
internal sealed class TestSigner : ISigner
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestSigner(string? keyId = null)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        KeyId = keyId ?? Base64Url.EncodeToString(SHA256.HashData([.. point.X!, .. point.Y!]));
        PublicKey = new Jwk
        {
            Kty = "EC",
            Crv = "P-256",
            X = Base64Url.EncodeToString(point.X),
            Y = Base64Url.EncodeToString(point.Y),
            Kid = KeyId,
            Alg = "ES256",
        };
    }

    public string Algorithm => "ES256";

    public string KeyId { get; }

    public Jwk PublicKey { get; }

    public IReadOnlyList<byte[]> CertificateChain => [];

    public byte[] Sign(ReadOnlySpan<byte> data) => key.SignData(data, HashAlgorithmName.SHA256);
}
