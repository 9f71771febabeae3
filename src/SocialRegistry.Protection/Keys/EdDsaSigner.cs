using System.Buffers.Text;

namespace SocialRegistry.Protection;

/// <summary>Ed25519 as JOSE <c>EdDSA</c> (RFC 8037).</summary>
internal sealed class EdDsaSigner : ISigner
{
    private readonly Ed25519 key;

    public EdDsaSigner(byte[] seed, string use)
    {
        key = Ed25519.Import(seed);
        var jwk = new Jwk
        {
            Kty = "OKP",
            Crv = "Ed25519",
            X = Base64Url.EncodeToString(key.PublicKey),
            Alg = Algorithm,
            Use = use,
        };
        KeyId = jwk.Thumbprint();
        PublicKey = jwk with { Kid = KeyId };
    }

    public string Algorithm => "EdDSA";

    public string KeyId { get; }

    public Jwk PublicKey { get; }

    public IReadOnlyList<byte[]> CertificateChain => [];

    public byte[] Sign(ReadOnlySpan<byte> data) => key.Sign(data);

    public override string ToString() => $"EdDSA {KeyId}";
}
