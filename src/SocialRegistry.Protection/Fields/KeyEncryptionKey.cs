using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;

namespace SocialRegistry.Protection;

/// <summary>An AES-256 key that makes the fast wraps of data keys. Thread-safe: the cipher objects, which are not, are pooled.</summary>
internal sealed class KeyEncryptionKey(string id, byte[] key)
{
    private readonly DefaultObjectPool<AesGcm> ciphers = new(new Policy(key), Environment.ProcessorCount * 4);

    /// <summary>Bound into each wrap, so that a wrap of one generation is none of another.</summary>
    public string Id { get; } = id;

    /// <returns>Nonce (12) · wrapped key (32) · tag (16).</returns>
    public byte[] Wrap(ReadOnlySpan<byte> dataKey, ReadOnlySpan<byte> bound)
    {
        var wrap = new byte[Srf1.FastWrapSize];
        RandomNumberGenerator.Fill(wrap.AsSpan(0, Srf1.NonceSize));
        var cipher = ciphers.Get();
        try
        {
            cipher.Encrypt(Nonce(wrap), dataKey, Body(wrap), Tag(wrap), bound);
        }
        finally
        {
            ciphers.Return(cipher);
        }

        return wrap;
    }

    public bool TryUnwrap(byte[] wrap, ReadOnlySpan<byte> bound, out byte[] dataKey)
    {
        dataKey = new byte[Srf1.DataKeySize];
        if (wrap.Length != Srf1.FastWrapSize)
        {
            return false;
        }

        var cipher = ciphers.Get();
        try
        {
            cipher.Decrypt(Nonce(wrap), Body(wrap), Tag(wrap), dataKey, bound);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            ciphers.Return(cipher);
        }
    }

    private static Span<byte> Nonce(byte[] wrap) => wrap.AsSpan(0, Srf1.NonceSize);

    private static Span<byte> Body(byte[] wrap) => wrap.AsSpan(Srf1.NonceSize, Srf1.DataKeySize);

    private static Span<byte> Tag(byte[] wrap) => wrap.AsSpan(Srf1.NonceSize + Srf1.DataKeySize);

    private sealed class Policy(byte[] key) : IPooledObjectPolicy<AesGcm>
    {
        public AesGcm Create() => new(key, Srf1.GcmTagSize);

        public bool Return(AesGcm obj) => true;
    }
}
