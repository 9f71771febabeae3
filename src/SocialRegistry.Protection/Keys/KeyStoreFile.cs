using System.Security.Cryptography;
using System.Text.Json;

namespace SocialRegistry.Protection;

/// <summary>The one file that holds all keys, sealed with the passphrase when there is one.</summary>
internal sealed class KeyStoreFile(string path, string? passphrase)
{
    public const string Name = "registry.keys";

    private const string Kind = "store";

    private readonly KeyFolder folder = new(path);
    private readonly KeySeal? seal = passphrase is null ? null : new KeySeal(passphrase, Kind);

    public string FullPath => folder.FilePath(Name);

    public bool FolderIsEmpty => folder.IsEmpty;

    /// <summary>The keys; <c>null</c> when there is no key file yet.</summary>
    public StoredKeys? Read()
    {
        if (folder.Read(Name) is not { } file)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = 8 });
            var isSealed =
                document.RootElement.TryGetProperty("format", out var format) && format.ValueEquals(KeySeal.Format);
            return isSealed ? ReadSealed(file) : ReadClear(file);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new KeyStoreException(
                $"{FullPath} is damaged or was written by a newer release. Restore it with 'keys import' from an export."
            );
        }
    }

    /// <summary>Reads, changes and writes the keys while no other process does.</summary>
    /// <param name="change">The new keys from those that stand (<c>null</c>: none); the same object when nothing is to be written.</param>
    public StoredKeys Change(Func<StoredKeys?, StoredKeys> change)
    {
        using var held = folder.Lock();
        var before = Read();
        var after = change(before);
        if (!ReferenceEquals(before, after))
        {
            Write(after);
        }

        return after;
    }

    private StoredKeys ReadSealed(byte[] file)
    {
        if (seal is null)
        {
            throw new KeyStoreException(
                $"{FullPath} is sealed: set Keys__PassphraseFile or Keys__Passphrase to the passphrase it was made with."
            );
        }

        var clear =
            seal.Open(file)
            ?? throw new KeyStoreException(
                $"The passphrase does not open {FullPath}: it is another one, or the file was altered."
            );
        try
        {
            return StoredKeys.FromBytes(clear);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }

    private StoredKeys ReadClear(byte[] file) =>
        seal is null
            ? StoredKeys.FromBytes(file)
            : throw new KeyStoreException(
                $"{FullPath} was made without a passphrase and one is set now. To seal it: unset the passphrase and run 'keys export FILE', "
                    + "move the key folder away, set the passphrase and run 'keys import FILE'."
            );

    private void Write(StoredKeys keys)
    {
        var clear = keys.ToBytes();
        try
        {
            folder.Write(Name, seal is null ? clear : seal.Seal(clear));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(clear);
        }
    }
}
