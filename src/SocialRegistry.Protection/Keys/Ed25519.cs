using System.Security.Cryptography;
using NSec.Cryptography;

namespace SocialRegistry.Protection;

/// <summary>Ed25519 signatures (RFC 8032 §5.1) over NSec: the one place that knows the library. Thread-safe.</summary>
public sealed class Ed25519 : IDisposable
{
    public const int SeedSize = 32;
    public const int PublicKeySize = 32;
    public const int SignatureSize = 64;

    private readonly Key key;

    private Ed25519(Key key)
    {
        this.key = key;
        PublicKey = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }

    /// <summary>The encoded point, 32 bytes.</summary>
    public byte[] PublicKey { get; }

    /// <summary>A fresh key.</summary>
    public static Ed25519 Generate()
    {
        var seed = RandomNumberGenerator.GetBytes(SeedSize);
        try
        {
            return Import(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>From the 32-byte private key (RFC 8032 calls it the secret seed; JWK member <c>d</c>).</summary>
    /// <exception cref="ArgumentException">Not 32 bytes.</exception>
    public static Ed25519 Import(ReadOnlySpan<byte> seed) =>
        seed.Length == SeedSize
            ? new Ed25519(
                Key.Import(
                    SignatureAlgorithm.Ed25519,
                    seed,
                    KeyBlobFormat.RawPrivateKey,
                    new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport }
                )
            )
            : throw new ArgumentException("An Ed25519 private key has 32 bytes.", nameof(seed));

    /// <summary>The 32-byte private key: seal it, never log it.</summary>
    public byte[] Export() => key.Export(KeyBlobFormat.RawPrivateKey);

    public byte[] Sign(ReadOnlySpan<byte> data) => SignatureAlgorithm.Ed25519.Sign(key, data);

    /// <summary>Strict: false for wrong lengths, S not reduced, encodings that are not canonical and points of small order.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        publicKey.Length == PublicKeySize
        && signature.Length == SignatureSize
        && NSec.Cryptography.PublicKey.TryImport(
            SignatureAlgorithm.Ed25519,
            publicKey,
            KeyBlobFormat.RawPublicKey,
            out var imported
        )
        && SignatureAlgorithm.Ed25519.Verify(imported!, data, signature);

    public void Dispose() => key.Dispose();

    public override string ToString() => "Ed25519";
}
