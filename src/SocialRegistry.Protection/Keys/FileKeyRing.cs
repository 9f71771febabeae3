using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SocialRegistry.Protection;

/// <summary>The keys of one deployment in a local folder. Nothing is read or written before the first use.</summary>
public sealed partial class FileKeyRing(KeyStoreOptions options, TimeProvider time) : IKeyRing
{
    private const int MaxSecrets = 64;
    private const int SecretSize = 32;

    private readonly Lock opening = new();
    private readonly ConcurrentDictionary<string, byte[]> roots = new();
    private volatile OpenKeys? open;

    /// <summary>Fingerprint of this set of keys: the same in every copy and after a restore.</summary>
    public Guid Id => Opened().Stored.Id;

    /// <summary>Opens the key file, or makes it when the folder is empty. Calling it again does nothing.</summary>
    /// <exception cref="KeyStoreException">With a message for the operator.</exception>
    public void Open() => _ = Opened();

    public ISigner Signer(KeyPurpose purpose) => Opened().Signers(purpose)[0];

    public IReadOnlyList<Jwk> PublicKeys(KeyPurpose purpose) => Opened().PublicKeys(purpose);

    public IReadOnlyList<byte[]> TrustAnchors(KeyPurpose purpose) =>
        purpose == KeyPurpose.CredentialEs256
            ? [.. Opened().Stored.Generations(KeyNames.IssuingCa).Select(ca => ca.Certificates[0].ToArray())]
            : [];

    public byte[] Secret(string use)
    {
        if (use is not { Length: <= 256 } || !Use().IsMatch(use))
        {
            throw new ArgumentException("A use is lower-case words joined by '/', such as blind-index/identifier/UIN.");
        }

        var root = roots.GetOrAdd(use.Split('/', 2)[0], Root);
        return HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            root,
            SecretSize,
            salt: [],
            info: Encoding.UTF8.GetBytes("social-registry/" + use)
        );
    }

    /// <summary>Signs and verifies, encrypts and decrypts a known value with each key.</summary>
    /// <exception cref="KeyStoreException">Names the key that does not work.</exception>
    public void SelfTest() => KeySelfTest.Run(Opened());

    /// <summary>Writes one sealed file with all keys; <see cref="KeyExport.Import"/> restores it.</summary>
    /// <exception cref="KeyStoreException">There are no keys yet, or they cannot be opened.</exception>
    public void Export(Stream target, string passphrase) => KeyExport.Write(options, target, passphrase);

    internal RecordKeys RecordKeys => Opened().RecordKeys;

    private OpenKeys Opened()
    {
        if (open is { } opened)
        {
            return opened;
        }

        lock (opening)
        {
            return open ??= OpenKeys.From(ReadOrMake());
        }
    }

    private StoredKeys ReadOrMake()
    {
        var file = File();
        var standing = file.Read();
        var complete = KeyMaker.Complete(standing, options.PublicUrl, time.GetUtcNow());
        return ReferenceEquals(standing, complete)
            ? complete
            : file.Change(keys => KeyMaker.Complete(keys, options.PublicUrl, time.GetUtcNow()));
    }

    private byte[] Root(string segment)
    {
        var name = KeyNames.SecretPrefix + segment;
        if (Opened().Stored.Generations(name) is [{ } known, ..])
        {
            return known.Private;
        }

        // Made after this process read the file, by another one or now by us.
        var keys = File()
            .Change(standing =>
            {
                var keys = standing ?? throw new KeyStoreException($"The key file in {options.Path} is gone.");
                return
                    keys.Keys.Count(key => key.Name.StartsWith(KeyNames.SecretPrefix, StringComparison.Ordinal))
                    < MaxSecrets
                    ? KeyMaker.WithSecret(keys, name, time.GetUtcNow())
                    : throw new KeyStoreException("There are too many kinds of secrets in the key file.");
            });
        return keys.Generations(name)[0].Private;
    }

    private KeyStoreFile File() => new(options.Path, options.ReadPassphrase(mayBeAbsent: !options.RequirePassphrase));

    [GeneratedRegex("^[a-z][a-z0-9-]{0,63}(/[^/\\p{C}]{1,128})*\\z")]
    private static partial Regex Use();
}
