using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SocialRegistry.Protection;

namespace SocialRegistry.Access.Sessions;

/// <summary>The token that pages send with every write: a keyed hash of the session's own token, so nothing more is stored.</summary>
internal sealed class CsrfTokens(IKeyRing keys)
{
    private readonly Lazy<byte[]> key = new(() => keys.Secret("access/csrf"));

    public string For(string sessionToken) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes(sessionToken)));

    public bool Matches(string sessionToken, string given) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(For(sessionToken)),
            Encoding.UTF8.GetBytes(given)
        );
}
