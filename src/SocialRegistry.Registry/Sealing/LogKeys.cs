using SocialRegistry.Protection;

namespace SocialRegistry.Registry.Sealing;

/// <summary>Signs checkpoints and names the keys that verify them.</summary>
internal sealed class LogKeys(IKeyRing ring, RegistryOptions options, KeyStoreOptions store)
{
    /// <summary>What a new log is called; one that has begun keeps its name.</summary>
    public string NewOrigin =>
        options.LogOrigin
        ?? (
            Uri.TryCreate(store.PublicUrl, UriKind.Absolute, out var address)
                ? (address.Authority + address.AbsolutePath).TrimEnd('/') + "/log"
                : "localhost/log"
        );

    public string Sign(CheckpointText checkpoint) =>
        SignedNote.Sign(checkpoint.ToString(), checkpoint.Origin, ring.Signer(KeyPurpose.LogSigning));

    /// <summary>The one that signs now first.</summary>
    public IReadOnlyList<VerifierKey> Verifiers(string origin) =>
        [.. ring.PublicKeys(KeyPurpose.LogSigning).Select(key => VerifierKey.Of(origin, key))];
}
