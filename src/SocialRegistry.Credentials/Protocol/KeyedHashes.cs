using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Protocol;

/// <summary>HMAC-SHA-256 under keys of the deployment: with the table alone no code, however short, can be tried.</summary>
internal sealed class KeyedHashes(IKeyRing keys)
{
    private readonly Lazy<byte[]> hash = new(() => keys.Secret("credentials/hash"));
    private readonly Lazy<byte[]> code = new(() => keys.Secret("credentials/code"));

    /// <summary>How a secret text stands in the database.</summary>
    /// <param name="use">Keeps the hashes of different secrets apart.</param>
    public byte[] Of(string use, string secret) =>
        HMACSHA256.HashData(hash.Value, Encoding.UTF8.GetBytes(use + "\n" + secret));

    /// <summary>The pre-authorized code of an offer, made from its reference: so it need not be stored to be shown again.</summary>
    public string CodeOf(string reference) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(code.Value, Encoding.UTF8.GetBytes(reference)));

    /// <summary>256 random bits, 43 characters.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
