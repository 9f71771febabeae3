using System.Buffers.Text;
using SocialRegistry.Protection;

namespace SocialRegistry.Access.Tokens;

/// <summary>Signatures on tokens and client assertions.</summary>
internal static class Signatures
{
    /// <summary>Algorithms accepted from partners. None of them works with a shared secret.</summary>
    public static readonly string[] Algorithms = ["ES256", "EdDSA", "PS256", "RS256"];

    public static bool Verify(JwsToken token, Jwk key) => JwsVerifier.Verify(token, key);

    /// <summary>The signature is written in its one base64url form: no other spelling of a token is taken for the token.</summary>
    public static bool IsCanonical(string compact, JwsToken token) =>
        compact.AsSpan(compact.LastIndexOf('.') + 1).SequenceEqual(Base64Url.EncodeToString(token.Signature));
}
