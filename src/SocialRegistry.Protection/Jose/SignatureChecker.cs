using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;

namespace SocialRegistry.Protection;

/// <summary>An imported public key. Thread-safe.</summary>
internal abstract class SignatureChecker
{
    /// <summary>The algorithm fits key type and curve, and the key's own <c>alg</c> when it has one.</summary>
    public static bool Belongs(string algorithm, Jwk key) =>
        (key.Alg is null || key.Alg == algorithm)
        && (algorithm, key.Kty, key.Crv) switch
        {
            ("ES256", "EC", "P-256") => true,
            ("ES384", "EC", "P-384") => true,
            ("ES256K", "EC", "secp256k1") => true,
            ("EdDSA", "OKP", "Ed25519") => true,
            ("RS256" or "PS256", "RSA", null) => true,
            _ => false,
        };

    public static SignatureChecker For(Jwk key)
    {
        if (JwkRules.ShapeProblem(key) is not null)
        {
            return new Refuses();
        }

        try
        {
            return key.Kty switch
            {
                "EC" => new Ec(key),
                "RSA" => new Rsa(key),
                _ => new Okp(key),
            };
        }
        catch (CryptographicException)
        {
            // Not a point of the curve.
            return new Refuses();
        }
    }

    public abstract bool Check(string algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    private sealed class Refuses : SignatureChecker
    {
        public override bool Check(string algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => false;
    }

    private sealed class Okp : SignatureChecker
    {
        private readonly byte[] publicKey;

        public Okp(Jwk key) => StrictBase64Url.TryDecode(key.X, out publicKey);

        public override bool Check(string algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
            Ed25519.Verify(publicKey, data, signature);
    }

    private sealed class Ec : SignatureChecker
    {
        private readonly DefaultObjectPool<ECDsa> keys;

        public Ec(Jwk key)
        {
            keys = new DefaultObjectPool<ECDsa>(new Policy<ECDsa>(() => EcKeys.Import(key)));
            keys.Return(EcKeys.Import(key));
        }

        public override bool Check(string algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
        {
            var hash = algorithm == "ES384" ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
            if (signature.Length != (algorithm == "ES384" ? 96 : 64))
            {
                return false;
            }

            var imported = keys.Get();
            try
            {
                return imported.VerifyData(data, signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
            }
            finally
            {
                keys.Return(imported);
            }
        }
    }

    private sealed class Rsa(Jwk key) : SignatureChecker
    {
        private readonly DefaultObjectPool<RSA> keys = new(new Policy<RSA>(() => Import(key)));

        public override bool Check(string algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
        {
            var padding = algorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
            var imported = keys.Get();
            try
            {
                return signature.Length == imported.KeySize / 8
                    && imported.VerifyData(data, signature, HashAlgorithmName.SHA256, padding);
            }
            finally
            {
                keys.Return(imported);
            }
        }

        private static RSA Import(Jwk key)
        {
            StrictBase64Url.TryDecode(key.N, out var n);
            StrictBase64Url.TryDecode(key.E, out var e);
            return RSA.Create(new RSAParameters { Modulus = n, Exponent = e });
        }
    }

    private sealed class Policy<T>(Func<T> create) : IPooledObjectPolicy<T>
        where T : class
    {
        public T Create() => create();

        public bool Return(T obj) => true;
    }
}
