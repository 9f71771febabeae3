using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials;

/// <summary>
/// Codes, tokens and nonces. What opens something stands in the database as a keyed hash only (HMAC-SHA-256), so that a copy of the
/// database opens nothing.
/// </summary>
internal sealed class CredentialSecrets(IKeyRing keys)
{
    private const int RandomBytes = 24;
    private const int TxCodeDigits = 1_000_000;

    private readonly ConcurrentDictionary<string, byte[]> secrets = new(StringComparer.Ordinal);

    /// <summary>192 random bits, 32 characters.</summary>
    public static string NewReference() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>Six digits.</summary>
    public static string NewTxCode() => RandomNumberGenerator.GetInt32(TxCodeDigits).ToString("D6");

    public byte[] ReferenceHash(string reference) => Hash("offer-reference", reference);

    /// <summary>The pre-authorized code of an offer: computed from its reference, never stored.</summary>
    public string PreAuthorizedCode(string reference) =>
        Base64Url.EncodeToString(Hash("pre-authorized-code", reference));

    public byte[] CodeHash(string code) => Hash("code-hash", code);

    /// <summary>Bound to the offer, so that equal codes do not look equal.</summary>
    public byte[] TxCodeHash(Guid offer, string txCode) => Hash("tx-code", offer.ToString("N") + txCode);

    public byte[] TokenHash(string token) => Hash("access-token", token);

    /// <summary>Authenticates a nonce.</summary>
    public byte[] NonceTag(ReadOnlySpan<byte> nonce) => HMACSHA256.HashData(Key("nonce"), nonce);

    private byte[] Hash(string use, string text) => HMACSHA256.HashData(Key(use), Encoding.UTF8.GetBytes(text));

    private byte[] Key(string use) => secrets.GetOrAdd("credentials/" + use, keys.Secret);
}
