namespace SocialRegistry.Protection;

/// <summary>Names of the keys in the key file; those of <see cref="KeyPurpose"/> are the purpose's own.</summary>
internal static class KeyNames
{
    /// <summary>P-256: signs certificates of the issuer's key, nothing else.</summary>
    public const string IssuingCa = "IssuingCa";

    /// <summary>RSA-2048: wraps data keys into SRF1 heads.</summary>
    public const string RecordBase = "RecordBase";

    /// <summary>AES-256: makes the fast wraps of data keys.</summary>
    public const string RecordKek = "RecordKek";

    /// <summary>Begins the names of root secrets; the first segment of the use follows.</summary>
    public const string SecretPrefix = "Secret/";

    public static string Of(KeyPurpose purpose) => purpose.ToString();
}
