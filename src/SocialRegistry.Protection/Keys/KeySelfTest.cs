using System.Security.Cryptography;

namespace SocialRegistry.Protection;

/// <summary>Tries every key before the deployment relies on it.</summary>
internal static class KeySelfTest
{
    private static readonly byte[] Known = "Social Registry key self-test"u8.ToArray();

    public static void Run(OpenKeys keys)
    {
        foreach (var purpose in Enum.GetValues<KeyPurpose>())
        {
            foreach (var signer in keys.Signers(purpose))
            {
                Try(purpose.ToString(), () => SignAndVerify(purpose, signer));
            }
        }

        foreach (var key in keys.RecordKeys.BaseKeys)
        {
            Try(KeyNames.RecordBase, () => key.Unwrap(key.Wrap(Known)).AsSpan().SequenceEqual(Known));
        }

        foreach (var key in keys.RecordKeys.KeyEncryptionKeys)
        {
            Try(KeyNames.RecordKek, () => WrapAndUnwrap(key));
        }

        foreach (
            var key in keys.Stored.Keys.Where(key =>
                key.Name.StartsWith(KeyNames.SecretPrefix, StringComparison.Ordinal)
            )
        )
        {
            Try(key.Name, () => key.Private is { Length: 32 } secret && secret.AsSpan().ContainsAnyExcept((byte)0));
        }
    }

    private static bool SignAndVerify(KeyPurpose purpose, ISigner signer)
    {
        var signature = signer.Sign(Known);
        var token = new JwsToken(Header(signer.Algorithm), [], Known, signature);
        var certified =
            purpose != KeyPurpose.CredentialEs256
            || (X5c.TryReadKey(signer.CertificateChain, out var key) && key.Thumbprint() == signer.KeyId);
        return certified && JwsVerifier.Verify(token, signer.PublicKey);
    }

    private static bool WrapAndUnwrap(KeyEncryptionKey key)
    {
        var clear = new byte[Srf1.DataKeySize];
        Known.CopyTo(clear, 0);
        return key.TryUnwrap(key.Wrap(clear, Known), Known, out var again) && again.AsSpan().SequenceEqual(clear);
    }

    private static System.Text.Json.JsonElement Header(string algorithm) =>
        System.Text.Json.JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["alg"] = algorithm });

    private static void Try(string name, Func<bool> works)
    {
        bool worked;
        try
        {
            worked = works();
        }
        catch (Exception e) when (e is CryptographicException or ProtectionException or ArgumentException)
        {
            worked = false;
        }

        if (!worked)
        {
            throw new KeyStoreException($"The key {name} fails its self-test. Restore the keys with 'keys import'.");
        }
    }
}
