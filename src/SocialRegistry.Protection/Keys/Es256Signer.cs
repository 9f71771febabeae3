using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;

namespace SocialRegistry.Protection;

/// <summary>ECDSA P-256 with SHA-256 (RFC 7518 §3.4). Key objects are pooled, because one may not be used by two threads.</summary>
internal sealed class Es256Signer : ISigner
{
    private readonly DefaultObjectPool<ECDsa> keys;

    public Es256Signer(byte[] pkcs8, string use, IReadOnlyList<byte[]> certificateChain)
    {
        keys = new DefaultObjectPool<ECDsa>(new Policy(pkcs8), Environment.ProcessorCount * 4);
        CertificateChain = certificateChain;
        var key = keys.Get();
        var point = key.ExportParameters(false).Q;
        keys.Return(key);
        var jwk = new Jwk
        {
            Kty = "EC",
            Crv = "P-256",
            X = Base64Url.EncodeToString(point.X),
            Y = Base64Url.EncodeToString(point.Y),
            Alg = Algorithm,
            Use = use,
        };
        KeyId = jwk.Thumbprint();
        PublicKey = jwk with { Kid = KeyId };
    }

    public string Algorithm => "ES256";

    public string KeyId { get; }

    public Jwk PublicKey { get; }

    public IReadOnlyList<byte[]> CertificateChain { get; }

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        var key = keys.Get();
        try
        {
            return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        finally
        {
            keys.Return(key);
        }
    }

    public override string ToString() => $"ES256 {KeyId}";

    private sealed class Policy(byte[] pkcs8) : IPooledObjectPolicy<ECDsa>
    {
        public ECDsa Create()
        {
            var key = ECDsa.Create();
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            return key;
        }

        public bool Return(ECDsa obj) => true;
    }
}
