using System.Security.Cryptography;
using SocialRegistry.Access.Accounts;
using SocialRegistry.Protection;

namespace SocialRegistry.Access.Codes;

/// <summary>
/// Seals the secrets of one-time codes: AES-256-GCM under a key of the deployment, bound to the account (nonce, ciphertext, tag).
/// They cannot be hashed, since each code is derived from them.
/// </summary>
internal sealed class CodeSecrets(IKeyRing keys)
{
    /// <summary>Bytes of a secret (RFC 4226 §4: at least 16, 20 recommended).</summary>
    public const int Length = 20;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly Lazy<byte[]> key = new(() => keys.Secret("access/code-secrets"));

    public byte[] Seal(Account account, ReadOnlySpan<byte> secret)
    {
        var sealedSecret = new byte[NonceLength + secret.Length + TagLength];
        var nonce = sealedSecret.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key.Value, TagLength);
        cipher.Encrypt(
            nonce,
            secret,
            sealedSecret.AsSpan(NonceLength, secret.Length),
            sealedSecret.AsSpan(NonceLength + secret.Length),
            account.Id.ToByteArray()
        );
        return sealedSecret;
    }

    /// <exception cref="CryptographicException">Altered, of another account or of another deployment.</exception>
    public byte[] Open(Account account, ReadOnlySpan<byte> sealedSecret)
    {
        var secret = new byte[sealedSecret.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(key.Value, TagLength);
        cipher.Decrypt(
            sealedSecret[..NonceLength],
            sealedSecret[NonceLength..^TagLength],
            sealedSecret[^TagLength..],
            secret,
            account.Id.ToByteArray()
        );
        return secret;
    }
}
