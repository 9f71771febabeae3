using System.Security.Cryptography;
using System.Text;
using SocialRegistry.Protection;

namespace SocialRegistry.Registry.Identifiers;

/// <summary>Seals numbers that wait in the pool: whoever reads the database must not know what the next persons will be called.</summary>
internal sealed class NumberSeal(IKeyRing keys)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <returns>Nonce (12) · ciphertext · tag (16); bound to type and token.</returns>
    public byte[] Seal(string type, byte[] token, string number)
    {
        var clear = Encoding.UTF8.GetBytes(number);
        var result = new byte[NonceSize + clear.Length + TagSize];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceSize));
        using var cipher = Cipher();
        cipher.Encrypt(
            result.AsSpan(0, NonceSize),
            clear,
            result.AsSpan(NonceSize, clear.Length),
            result.AsSpan(NonceSize + clear.Length),
            Bound(type, token)
        );
        return result;
    }

    /// <exception cref="ProtectionException">Moved or altered.</exception>
    public string Open(string type, byte[] token, byte[] number)
    {
        if (number.Length <= NonceSize + TagSize)
        {
            throw new ProtectionException();
        }

        var clear = new byte[number.Length - NonceSize - TagSize];
        using var cipher = Cipher();
        try
        {
            cipher.Decrypt(
                number.AsSpan(0, NonceSize),
                number.AsSpan(NonceSize, clear.Length),
                number.AsSpan(NonceSize + clear.Length),
                clear,
                Bound(type, token)
            );
        }
        catch (CryptographicException)
        {
            throw new ProtectionException();
        }

        return Encoding.UTF8.GetString(clear);
    }

    private AesGcm Cipher() => new(keys.Secret("number-pool/seal"), TagSize);

    private static byte[] Bound(string type, byte[] token) => [.. Encoding.UTF8.GetBytes(type), 0, .. token];
}
