using System.Text.Json;
using Microsoft.Extensions.Options;
using SocialRegistry.Credentials.Nonces;
using SocialRegistry.Credentials.Protocol;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>The keys a wallet has proved to hold, and the nonces its proofs spend.</summary>
internal sealed record ProvenKeys(IReadOnlyList<HolderKey> Keys, IReadOnlyList<UsedNonce> Nonces);

/// <summary>Key proofs of type <c>jwt</c> (OpenID4VCI 1.0 appendix F.1, checks of F.4).</summary>
internal sealed class KeyProofs(
    NonceMint nonces,
    CredentialIssuer issuer,
    IOptions<CredentialsOptions> options,
    TimeProvider time
)
{
    /// <summary>What the metadata list.</summary>
    public static readonly string[] Algorithms = ["ES256", "EdDSA", "RS256", "ES256K"];

    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    public Reply<ProvenKeys> Check(IReadOnlyList<string> proofs)
    {
        var keys = new List<HolderKey>();
        var spent = new List<UsedNonce>();
        foreach (var proof in proofs)
        {
            var checkedProof = Check(proof);
            if (checkedProof.Error is { } error)
            {
                return error;
            }

            var (key, nonce) = checkedProof.Value!;
            if (keys.Any(known => known.Key == key.Key))
            {
                return WalletError.InvalidProof("Two key proofs are by the same key.");
            }

            keys.Add(key);
            if (!spent.Exists(known => known.Nonce.AsSpan().SequenceEqual(nonce.Nonce)))
            {
                spent.Add(nonce);
            }
        }

        return new ProvenKeys(keys, spent);
    }

    private Reply<Proof> Check(string compact)
    {
        // 1. all required members are there; 2. the type is the one explicit type
        if (!Jws.TryParse(compact, out var token) || token.Text("typ") != "openid4vci-proof+jwt")
        {
            return WalletError.InvalidProof("A key proof is a signed JWT with typ openid4vci-proof+jwt.");
        }

        // 3. an asymmetric algorithm that the metadata list; Ed25519 is the newer name of EdDSA
        var algorithm = token.Algorithm == "Ed25519" ? "EdDSA" : token.Algorithm;
        if (!Algorithms.Contains(algorithm))
        {
            return WalletError.InvalidProof("The algorithm of a key proof is not one that the issuer metadata list.");
        }

        // 4. the header names one key and holds nothing private
        if (HolderKeys.Read(token.Header) is not { } holder)
        {
            return WalletError.InvalidProof(
                "A key proof names its public key by exactly one of jwk, or kid as a did:jwk or did:key."
            );
        }

        // 5. the signature is that key's
        if (!JwsVerifier.Verify(algorithm, token.SigningInput, token.Signature, holder.Key))
        {
            return WalletError.InvalidProof("The signature of a key proof is not by the key it names.");
        }

        return CheckClaims(token.Payload, holder);
    }

    private Reply<Proof> CheckClaims(byte[] payload, HolderKey holder)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(payload, CredentialJson.Strict);
        }
        catch (JsonException)
        {
            return WalletError.InvalidProof("The payload of a key proof is not a JSON object.");
        }

        using (document)
        {
            var claims = document.RootElement;
            if (!IsForUs(claims))
            {
                return WalletError.InvalidProof(
                    "The audience of a key proof must be the credential issuer identifier."
                );
            }

            var now = time.GetUtcNow();
            if (
                claims.Time("iat") is not { } made
                || made > now + Skew
                || made < now.AddSeconds(-options.Value.ProofSeconds)
                || (claims.Has("exp") && !(claims.Time("exp") > now - Skew))
                || (claims.Has("nbf") && !(claims.Time("nbf") <= now + Skew))
            )
            {
                return WalletError.InvalidProof(
                    "A key proof is too old, not valid yet, or has no time. Check the clock."
                );
            }

            if (claims.Text("nonce") is not { } nonce)
            {
                return WalletError.InvalidProof("A key proof must hold a nonce of the nonce endpoint.");
            }

            return nonces.TryRead(nonce, out var read)
                ? new Proof(holder, read)
                : WalletError.InvalidNonce("The nonce of a key proof is unknown or has expired. Ask for a new one.");
        }
    }

    private bool IsForUs(JsonElement claims)
    {
        if (claims.ValueKind != JsonValueKind.Object || !claims.TryGetProperty("aud", out var audience))
        {
            return false;
        }

        return audience.ValueKind == JsonValueKind.Array && audience.GetArrayLength() == 1
            ? audience[0].ValueKind == JsonValueKind.String && audience[0].ValueEquals(issuer.Url)
            : audience.ValueKind == JsonValueKind.String && audience.ValueEquals(issuer.Url);
    }

    private sealed record Proof(HolderKey Key, UsedNonce Nonce);
}
