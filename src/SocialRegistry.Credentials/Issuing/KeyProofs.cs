using System.Text.Json;
using SocialRegistry.Credentials.Issuer;
using SocialRegistry.Credentials.Verification;
using SocialRegistry.LinkedData;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>A key that the wallet proved to hold.</summary>
/// <param name="Did">Its did:key or did:jwk.</param>
/// <param name="Nonce">The <c>c_nonce</c> in the proof.</param>
internal sealed record ProvedKey(Jwk Key, string Did, string Nonce);

/// <summary>Checks key proofs of type <c>jwt</c> (OpenID4VCI 1.0 appendix F.1 and F.4), except that the nonce is unused.</summary>
internal sealed class KeyProofs(IssuerIdentity issuer, TimeProvider time)
{
    public const string Type = "openid4vci-proof+jwt";

    /// <summary>Algorithms of holders' keys.</summary>
    public static readonly IReadOnlyList<string> Algorithms = ["ES256", "EdDSA"];

    private const int MaxLength = 8 * 1024;

    /// <summary>How old a proof may be: a wallet makes it for this request.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    public WalletOutcome<ProvedKey> Check(string proof)
    {
        if (proof.Length > MaxLength || !CompactJws.TryParse(proof, out var token, out var payload))
        {
            return WalletError.InvalidProof("The key proof is not a signed JWT.");
        }

        if (token.Text("typ") != Type)
        {
            return WalletError.InvalidProof("The key proof is not of typ openid4vci-proof+jwt.");
        }

        if (!Algorithms.Contains(token.Algorithm))
        {
            return WalletError.InvalidProof("The algorithm of the key proof is not one of the listed ones.");
        }

        if (ReadKey(token) is not { } holder)
        {
            return WalletError.InvalidProof(
                "The header must have exactly one of jwk (public key) and kid (URL of a did:key or did:jwk)."
            );
        }

        if (!JwsVerifier.Verify(token, holder.Key))
        {
            return WalletError.InvalidProof("The signature is not that of the key in the header.");
        }

        if (!IsForUs(payload))
        {
            return WalletError.InvalidProof("aud must be the credential issuer identifier.");
        }

        if (!IsFresh(payload))
        {
            return WalletError.InvalidProof("iat is missing, or not within the last five minutes.");
        }

        return payload.TryText("nonce", out var nonce)
            ? new ProvedKey(holder.Key, holder.Did, nonce)
            : WalletError.InvalidProof("The key proof has no nonce.");
    }

    private static (Jwk Key, string Did)? ReadKey(JwsToken token)
    {
        var named = token.Header.Has("kid");
        if (token.Header.Has("x5c") || token.Header.Has("trust_chain") || named == token.Header.Has("jwk"))
        {
            return null;
        }

        if (!named)
        {
            return
                Jwk.TryParse(token.Header.GetProperty("jwk"), out var key)
                && key.Crv is not null
                && key.X is not null
                && Parts(key) is var parts
                ? (Bare(parts), DidJwk.Encode(parts))
                : null;
        }

        var kid = token.Text("kid");
        return DidKey.TryResolve(kid, out var resolved) || DidJwk.TryResolve(kid, out resolved)
            ? (Bare(resolved), kid!.Split('#')[0])
            : null;
    }

    private static PublicKeyParts Parts(Jwk key) => new(key.Kty, key.Crv!, key.X!, key.Y);

    // Only what makes the key: names and uses that a wallet adds have no place in a credential.
    private static Jwk Bare(PublicKeyParts parts) =>
        new()
        {
            Kty = parts.Kty,
            Crv = parts.Crv,
            X = parts.X,
            Y = parts.Y,
        };

    private bool IsForUs(JsonElement payload) =>
        payload.TryGetProperty("aud", out var audience)
        && (
            audience.ValueKind == JsonValueKind.String
                ? audience.ValueEquals(issuer.Url)
                : audience.ValueKind == JsonValueKind.Array
                    && audience.GetArrayLength() == 1
                    && audience[0].ValueKind == JsonValueKind.String
                    && audience[0].ValueEquals(issuer.Url)
        );

    private bool IsFresh(JsonElement payload)
    {
        var now = time.GetUtcNow();
        return payload.TryMoment("iat", out var issuedAt)
            && issuedAt <= now + Dates.Skew
            && issuedAt >= now - MaxAge
            && (!payload.Has("exp") || (payload.TryMoment("exp", out var expiresAt) && expiresAt > now - Dates.Skew))
            && (!payload.Has("nbf") || (payload.TryMoment("nbf", out var notBefore) && notBefore <= now + Dates.Skew));
    }
}
