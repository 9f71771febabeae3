using System.Runtime.CompilerServices;

namespace SocialRegistry.Protection;

/// <summary>
/// Checks signatures of JWS (RFC 7515): ES256, ES256K, ES384, EdDSA, RS256 and PS256. The key decides: an algorithm that does not belong
/// to its type and curve is refused, as are <c>none</c> and everything symmetric.
/// </summary>
public static class JwsVerifier
{
    private static readonly ConditionalWeakTable<Jwk, SignatureChecker> Checkers = [];

    /// <summary>True when the signature is the key's over this very header and payload. Says nothing about times, audience or trust.</summary>
    public static bool Verify(JwsToken token, Jwk key) =>
        Verify(token.Algorithm, token.SigningInput, token.Signature, key);

    /// <summary>The same for a signature that does not stand in a JWS.</summary>
    /// <param name="algorithm">JOSE name.</param>
    public static bool Verify(string algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, Jwk key)
    {
        if (!SignatureChecker.Belongs(algorithm, key) || key.Use is not (null or "sig"))
        {
            return false;
        }

        // Importing a key costs as much as a check: a key object that is used again keeps its import.
        return Checkers.GetValue(key, SignatureChecker.For).Check(algorithm, data, signature);
    }
}
