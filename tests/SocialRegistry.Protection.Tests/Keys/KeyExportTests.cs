using System.Text;
using Xunit;

namespace SocialRegistry.Protection.Tests.Keys;

public class KeyExportTests
{
    private const string OfStore = "passphrase of the store";
    private const string OfExport = "passphrase of the export";

    [Fact]
    public void An_export_restores_every_key()
    {
        using var folders = new KeyFolders();
        var ring = folders.Ring(OfStore);
        var secret = ring.Secret("blind-index/identifier/UIN");
        var protection = new RecordProtection(() => ring.RecordKeys);
        var context = new RecordKeyContext("t", "person", "1", "personal", 1);
        using var key = protection.Create(context);
        var tail = key.Protect("name", "personal", "Asha"u8);
        var export = Export(ring);

        var target = folders.Options("another passphrase", "restored");
        KeyExport.Import(export, OfExport, target);

        var restored = folders.Ring(target);
        restored.SelfTest();
        Assert.Equal(ring.Id, restored.Id);
        Assert.Equal(secret, restored.Secret("blind-index/identifier/UIN"));
        foreach (var purpose in Enum.GetValues<KeyPurpose>())
        {
            Assert.Equal(ring.PublicKeys(purpose), restored.PublicKeys(purpose));
            Assert.Equal(ring.Signer(purpose).CertificateChain, restored.Signer(purpose).CertificateChain);
        }

        var again = new RecordProtection(() => restored.RecordKeys);
        using var byHead = again.Open(context, key.Head, null);
        using var byWrap = again.Open(context, key.Head, key.FastWrap);
        Assert.Equal("Asha"u8.ToArray(), byHead.Unprotect("name", "personal", tail));
        Assert.Equal("Asha"u8.ToArray(), byWrap.Unprotect("name", "personal", tail));
        Assert.Throws<KeyStoreException>(() => folders.Ring(folders.Options(OfStore, "restored")).Open());
    }

    [Fact]
    public void A_store_without_a_passphrase_is_sealed_by_way_of_an_export()
    {
        using var folders = new KeyFolders();
        var ring = folders.Ring();
        var keyId = ring.Signer(KeyPurpose.CredentialEdDsa).KeyId;
        var options = folders.Options();
        options.RequirePassphrase = true;
        var export = Export(folders.Ring(options));

        var target = folders.Options(OfStore, "sealed");
        KeyExport.Import(export, OfExport, target);
        Assert.Equal(keyId, folders.Ring(target).Signer(KeyPurpose.CredentialEdDsa).KeyId);
    }

    [Fact]
    public void Keys_are_restored_only_into_an_empty_folder()
    {
        using var folders = new KeyFolders();
        var ring = folders.Ring(OfStore);
        ring.Open();
        var export = Export(ring);
        var before = File.ReadAllBytes(folders.File);

        var refused = Assert.Throws<KeyStoreException>(() =>
            KeyExport.Import(export, OfExport, folders.Options(OfStore))
        );
        Assert.Contains("not empty", refused.Message);
        Assert.Equal(before, File.ReadAllBytes(folders.File));

        var other = folders.Options(OfStore, "other");
        Directory.CreateDirectory(other.Path);
        File.WriteAllText(Path.Combine(other.Path, "something"), "");
        export.Position = 0;
        Assert.Throws<KeyStoreException>(() => KeyExport.Import(export, OfExport, other));
    }

    [Fact]
    public void Another_passphrase_an_altered_file_and_other_files_restore_nothing()
    {
        using var folders = new KeyFolders();
        var ring = folders.Ring(OfStore);
        ring.Open();
        var export = Export(ring).ToArray();
        var target = folders.Options(OfStore, "target");
        byte[] altered = [.. export];
        altered[^20] = (byte)(altered[^20] == 'A' ? 'B' : 'A');

        foreach (
            var (bytes, passphrase, reason) in new[]
            {
                (export, OfStore, "passphrase does not open"),
                (altered, OfExport, "passphrase does not open"),
                (export[..^30], OfExport, "not an export"),
                (File.ReadAllBytes(folders.File), OfStore, "not an export"),
                ([], OfExport, "not an export"),
                (Encoding.UTF8.GetBytes("null"), OfExport, "not an export"),
                (
                    Encoding.UTF8.GetBytes(
                        Encoding.UTF8.GetString(export).Replace("\"memoryKiB\":65536", "\"memoryKiB\":2000000000")
                    ),
                    OfExport,
                    "not an export"
                ),
                (new byte[5_000_000], OfExport, "too large"),
            }
        )
        {
            var refused = Assert.Throws<KeyStoreException>(() =>
                KeyExport.Import(new MemoryStream(bytes), passphrase, target)
            );
            Assert.Contains(reason, refused.Message);
            Assert.False(File.Exists(Path.Combine(target.Path, KeyStoreFile.Name)));
        }
    }

    [Fact]
    public void An_export_is_not_a_store()
    {
        using var folders = new KeyFolders();
        var ring = folders.Ring(OfStore);
        ring.Open();
        File.WriteAllBytes(folders.File, Export(ring).ToArray());
        Assert.Throws<KeyStoreException>(() => folders.Ring(OfExport).Open());
    }

    [Fact]
    public void There_is_nothing_to_export_before_there_are_keys()
    {
        using var folders = new KeyFolders();
        Assert.Throws<KeyStoreException>(() => folders.Ring(OfStore).Export(Stream.Null, OfExport));
        Assert.False(Directory.Exists(folders.Folder));
    }

    [Fact]
    public void A_short_passphrase_exports_nothing()
    {
        using var folders = new KeyFolders();
        var ring = folders.Ring();
        ring.Open();
        using var target = new MemoryStream();
        Assert.Throws<KeyStoreException>(() => ring.Export(target, "short"));
        Assert.Equal(0, target.Length);
    }

    [Fact]
    public void Keys_are_not_restored_without_a_passphrase_where_one_is_required()
    {
        using var folders = new KeyFolders();
        var ring = folders.Ring();
        ring.Open();
        var target = folders.Options(folder: "target");
        target.RequirePassphrase = true;
        Assert.Throws<KeyStoreException>(() => KeyExport.Import(Export(ring), OfExport, target));
        Assert.False(Directory.Exists(target.Path));
    }

    private static MemoryStream Export(FileKeyRing ring)
    {
        var export = new MemoryStream();
        ring.Export(export, OfExport);
        export.Position = 0;
        return export;
    }
}
