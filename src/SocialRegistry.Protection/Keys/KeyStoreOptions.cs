namespace SocialRegistry.Protection;

/// <summary>Where the deployment's keys are kept (configuration section <c>Keys</c>).</summary>
public sealed class KeyStoreOptions
{
    /// <summary>Shortest passphrase with which a file is sealed, in characters.</summary>
    public const int MinPassphraseLength = 8;

    /// <summary>Folder of the keys, relative to the current folder: default <c>./data/keys</c>. Mode 0700, its files 0600.</summary>
    public string Path { get; set; } = System.IO.Path.Combine("data", "keys");

    /// <summary>Seals the key file. Set this or <see cref="PassphraseFile"/>, not both.</summary>
    public string? Passphrase { get; set; }

    /// <summary>File whose first line is the passphrase, such as a mounted secret.</summary>
    public string? PassphraseFile { get; set; }

    /// <summary>Refuse to work with keys that no passphrase seals: set by the host outside the demo and Development.</summary>
    public bool RequirePassphrase { get; set; }

    /// <summary>Public address of the deployment (<c>PublicUrl</c>): becomes the alternative names of the issuer's certificate.</summary>
    public string? PublicUrl { get; set; }

    /// <summary>The passphrase, or <c>null</c> when none is set and none is required.</summary>
    /// <exception cref="KeyStoreException">None although required, both set, or an unreadable file.</exception>
    internal string? ReadPassphrase(bool mayBeAbsent)
    {
        if (!string.IsNullOrEmpty(Passphrase) && !string.IsNullOrEmpty(PassphraseFile))
        {
            throw new KeyStoreException(
                "Both Keys__Passphrase and Keys__PassphraseFile are set; set only one of them."
            );
        }

        var passphrase = string.IsNullOrEmpty(PassphraseFile) ? Passphrase : ReadFirstLine(PassphraseFile);
        if (!string.IsNullOrEmpty(passphrase))
        {
            return passphrase;
        }

        return mayBeAbsent
            ? null
            : throw new KeyStoreException(
                "The keys need a passphrase. Set Keys__PassphraseFile to a file that holds it, or Keys__Passphrase to the passphrase itself (at least "
                    + MinPassphraseLength
                    + " characters). Keep it apart from the database and its backups."
            );
    }

    private static string ReadFirstLine(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            return reader.ReadLine() is { Length: > 0 and <= 4096 } line
                ? line
                : throw new KeyStoreException($"The first line of {path} (Keys__PassphraseFile) is empty or too long.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyStoreException(
                $"The passphrase file {path} (Keys__PassphraseFile) cannot be read: {e.Message}"
            );
        }
    }
}
