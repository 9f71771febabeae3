namespace SocialRegistry.Protection;

/// <summary>Keys of the file, imported once.</summary>
internal sealed class OpenKeys
{
    private readonly Dictionary<KeyPurpose, IReadOnlyList<ISigner>> signers = [];
    private readonly Dictionary<KeyPurpose, IReadOnlyList<Jwk>> publicKeys = [];

    private OpenKeys(StoredKeys stored)
    {
        Stored = stored;
        foreach (var purpose in Enum.GetValues<KeyPurpose>())
        {
            signers[purpose] = [.. stored.Generations(KeyNames.Of(purpose)).Select(key => Import(purpose, key))];
            publicKeys[purpose] = [.. signers[purpose].Select(signer => signer.PublicKey)];
        }

        RecordKeys = new RecordKeys(
            [.. stored.Generations(KeyNames.RecordBase).Select(key => new BaseKey(key.Private, key.Certificates[0]))],
            [
                .. stored
                    .Generations(KeyNames.RecordKek)
                    .Select(key => new KeyEncryptionKey("kek-" + key.Generation, key.Private)),
            ]
        );
    }

    public StoredKeys Stored { get; }

    public RecordKeys RecordKeys { get; }

    public IReadOnlyList<ISigner> Signers(KeyPurpose purpose) => signers[purpose];

    public IReadOnlyList<Jwk> PublicKeys(KeyPurpose purpose) => publicKeys[purpose];

    /// <exception cref="KeyStoreException">A key of the file is of no use.</exception>
    public static OpenKeys From(StoredKeys stored)
    {
        try
        {
            return new OpenKeys(stored);
        }
        catch (Exception e)
            when (e is System.Security.Cryptography.CryptographicException or ArgumentException or FormatException)
        {
            throw new KeyStoreException(
                "The key file holds a key that cannot be used. Restore it with 'keys import' from an export."
            );
        }
    }

    private static ISigner Import(KeyPurpose purpose, StoredKey key) =>
        purpose.IsEd25519()
            ? new EdDsaSigner(key.Private, "sig")
            : new Es256Signer(key.Private, "sig", key.Certificates);
}
