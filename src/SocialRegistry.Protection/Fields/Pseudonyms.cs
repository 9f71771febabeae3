using System.Buffers.Text;
using System.Security.Cryptography;

namespace SocialRegistry.Protection;

/// <summary>What a partner sees instead of a registrant's id: the same in every answer to it, and unlike what another partner sees.</summary>
public static class Pseudonyms
{
    /// <summary>Key of a partner's pseudonyms.</summary>
    public static byte[] Key(IKeyRing keys, string partner) => keys.Secret("pseudonym/" + partner);

    /// <summary>22 base64url characters: HMAC-SHA-256 over the id's 16 bytes in network order, its first 16 bytes.</summary>
    public static string For(byte[] key, Guid registrant) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key, registrant.ToByteArray(bigEndian: true)).AsSpan(0, 16));
}
