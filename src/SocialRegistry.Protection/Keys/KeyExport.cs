using System.Security.Cryptography;
using System.Text.Json;

namespace SocialRegistry.Protection;

/// <summary>One sealed file with all keys, to be kept apart from database backups.</summary>
public static class KeyExport
{
    private const string Kind = "export";
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Restores an export into an empty key folder, sealed there with the folder's own passphrase.</summary>
    /// <param name="source">The exported file, at most 4 MiB.</param>
    /// <param name="passphrase">The export's passphrase.</param>
    /// <exception cref="KeyStoreException">Not such a file, another passphrase, or the folder is not empty.</exception>
    public static void Import(Stream source, string passphrase, KeyStoreOptions options)
    {
        var file = new KeyStoreFile(options.Path, options.ReadPassphrase(mayBeAbsent: !options.RequirePassphrase));
        RefuseUnlessEmpty(file, options);
        var keys = Read(source, passphrase);
        KeySelfTest.Run(OpenKeys.From(keys));
        file.Change(standing =>
            standing is null
                ? keys
                : throw new KeyStoreException($"Another process has just made keys in {options.Path}.")
        );
    }

    internal static void Write(KeyStoreOptions options, Stream target, string passphrase)
    {
        // An export is sealed whatever the store is: so a store without a passphrase may be exported, to be sealed.
        var file = new KeyStoreFile(options.Path, options.ReadPassphrase(mayBeAbsent: true));
        var keys = file.Read() ?? throw new KeyStoreException($"There are no keys in {options.Path} (Keys__Path) yet.");
        var clear = keys.ToBytes();
        try
        {
            target.Write(new KeySeal(passphrase, Kind).Seal(clear));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    private static void RefuseUnlessEmpty(KeyStoreFile file, KeyStoreOptions options)
    {
        if (!file.FolderIsEmpty)
        {
            throw new KeyStoreException(
                $"The key folder {options.Path} (Keys__Path) is not empty: keys are restored only into an empty folder. Move it away first."
            );
        }
    }

    private static StoredKeys Read(Stream source, string passphrase)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = source.Read(buffer)) > 0)
        {
            copy.Write(buffer, 0, read);
            if (copy.Length > MaxBytes)
            {
                throw new KeyStoreException("The file is too large to be an export of keys.");
            }
        }

        try
        {
            var clear =
                new KeySeal(passphrase, Kind).Open(copy.ToArray())
                ?? throw new KeyStoreException(
                    "The passphrase does not open the export: it is another one, or the file was altered."
                );
            var keys = StoredKeys.FromBytes(clear);
            CryptographicOperations.ZeroMemory(clear);
            return keys;
        }
        catch (JsonException)
        {
            throw new KeyStoreException("The file is not an export of keys.");
        }
    }
}
