using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;

namespace SocialRegistry.Protection;

/// <summary>An RSA-2048 key that wraps data keys into heads (OAEP with SHA-256 and MGF1-SHA-256). Thread-safe.</summary>
internal sealed class BaseKey
{
    private readonly DefaultObjectPool<RSA> keys;
    private readonly byte[] thumbprint;

    public BaseKey(byte[] pkcs8, byte[] certificate)
    {
        keys = new DefaultObjectPool<RSA>(new Policy(pkcs8), Environment.ProcessorCount * 4);
        thumbprint = SHA256.HashData(certificate);
        var key = keys.Get();
        if (key.KeySize != 2048)
        {
            throw new CryptographicException("The base key must be RSA-2048.");
        }

        keys.Return(key);
    }

    /// <summary>SHA-256 of the certificate's DER, as a keymanager computes it.</summary>
    public ReadOnlyMemory<byte> Thumbprint => thumbprint;

    public byte[] Wrap(ReadOnlySpan<byte> dataKey)
    {
        var key = keys.Get();
        try
        {
            return key.Encrypt(dataKey, RSAEncryptionPadding.OaepSHA256);
        }
        finally
        {
            keys.Return(key);
        }
    }

    /// <exception cref="CryptographicException">Not wrapped with this key.</exception>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped)
    {
        var key = keys.Get();
        try
        {
            return key.Decrypt(wrapped, RSAEncryptionPadding.OaepSHA256);
        }
        finally
        {
            keys.Return(key);
        }
    }

    private sealed class Policy(byte[] pkcs8) : IPooledObjectPolicy<RSA>
    {
        public RSA Create()
        {
            var key = RSA.Create();
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            return key;
        }

        public bool Return(RSA obj) => true;
    }
}
