namespace SocialRegistry.LinkedData;

/// <summary>A public key as the members of a JWK (RFC 7518 §6.2, RFC 8037 §2).</summary>
/// <param name="Kty"><c>OKP</c> or <c>EC</c>.</param>
/// <param name="Crv"><c>Ed25519</c>, <c>P-256</c>, <c>P-384</c> or <c>secp256k1</c>.</param>
/// <param name="X">Base64url of the fixed-length coordinate.</param>
/// <param name="Y">Base64url of the other coordinate; absent for <c>OKP</c>.</param>
public sealed record PublicKeyParts(string Kty, string Crv, string X, string? Y);
