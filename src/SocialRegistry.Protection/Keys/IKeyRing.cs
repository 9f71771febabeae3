namespace SocialRegistry.Protection;

/// <summary>What a key is for. No key serves two purposes (design section 5).</summary>
public enum KeyPurpose
{
    /// <summary>Signs access tokens (ES256).</summary>
    TokenSigning,

    /// <summary>Signs the caller tokens between roles of this deployment (ES256).</summary>
    InternalCalls,

    /// <summary>Signs credentials as ES256, with a certificate chain.</summary>
    CredentialEs256,

    /// <summary>Signs credentials as EdDSA (Ed25519).</summary>
    CredentialEdDsa,

    /// <summary>Signs messages to partners (ES256).</summary>
    MessageSigning,

    /// <summary>Signs checkpoints of the change log (Ed25519).</summary>
    LogSigning,
}

/// <summary>What follows from a purpose.</summary>
internal static class KeyPurposes
{
    /// <summary>True for Ed25519; the others are P-256.</summary>
    public static bool IsEd25519(this KeyPurpose purpose) =>
        purpose is KeyPurpose.CredentialEdDsa or KeyPurpose.LogSigning;
}

/// <summary>The deployment's keys, opened once at start.</summary>
public interface IKeyRing
{
    /// <summary>The active signing key of a purpose; made on first use of a new key store.</summary>
    ISigner Signer(KeyPurpose purpose);

    /// <summary>All public keys with which signatures of a purpose may still be checked, the active one first.</summary>
    IReadOnlyList<Jwk> PublicKeys(KeyPurpose purpose);

    /// <summary>Root certificates (DER) above the purpose's certificate chain, the active one first: what a verifier is told to trust. Empty when the purpose has no certificates.</summary>
    IReadOnlyList<byte[]> TrustAnchors(KeyPurpose purpose) => [];

    /// <summary>A 32-byte secret derived for one use (HKDF-SHA256 from a root of its own), such as <c>blind-index/identifier/UIN</c> or <c>pseudonym/partner-id</c>. The roots of different first path segments are separate keys.</summary>
    byte[] Secret(string use);
}

/// <summary>A private key that only signs.</summary>
public interface ISigner
{
    /// <summary><c>ES256</c> or <c>EdDSA</c>.</summary>
    string Algorithm { get; }

    /// <summary>The key's RFC 7638 thumbprint.</summary>
    string KeyId { get; }

    Jwk PublicKey { get; }

    /// <summary>DER certificates, leaf first and without the trust anchor; empty when the key has none.</summary>
    IReadOnlyList<byte[]> CertificateChain { get; }

    /// <summary>A raw JOSE signature of 64 bytes (ES256: r‖s). Thread-safe.</summary>
    byte[] Sign(ReadOnlySpan<byte> data);
}
