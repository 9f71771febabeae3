using System.Security.Cryptography;
using System.Text;

namespace SocialRegistry.Protection;

/// <summary>
/// Keyed tokens for exact search over protected values: equal values have equal tokens and nothing else shows. Only for values of high
/// entropy, with a key of their own: whoever holds the key tries all ten-digit numbers in hours.
/// </summary>
public static class BlindIndex
{
    /// <summary>Bytes of a token.</summary>
    public const int TokenSize = 16;

    /// <summary>HMAC-SHA-256 of the normalised value, its first 16 bytes.</summary>
    /// <param name="key">From <see cref="IKeyRing.Secret"/>, such as <c>blind-index/identifier/UIN</c>.</param>
    /// <param name="normalised">From <see cref="Normalisation.Apply"/>.</param>
    public static byte[] Token(byte[] key, string normalised) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(normalised))[..TokenSize];
}
