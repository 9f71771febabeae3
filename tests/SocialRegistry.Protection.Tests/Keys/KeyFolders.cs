using Microsoft.Extensions.Time.Testing;

namespace SocialRegistry.Protection.Tests.Keys;

/// <summary>A key folder that is removed after the test.</summary>
internal sealed class KeyFolders : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("registry-keys-").FullName;

    public KeyFolders() => Folder = Path.Combine(parent, "keys");

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public string Folder { get; }

    public string File => Path.Combine(Folder, KeyStoreFile.Name);

    public KeyStoreOptions Options(string? passphrase = null, string folder = "keys") =>
        new()
        {
            Path = Path.Combine(parent, folder),
            Passphrase = passphrase,
            PublicUrl = "https://registry.example.org",
        };

    public FileKeyRing Ring(string? passphrase = null) => new(Options(passphrase), Clock);

    public FileKeyRing Ring(KeyStoreOptions options) => new(options, Clock);

    /// <summary>A folder with this key file, both with their right modes.</summary>
    public void Put(string content)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Folder);
        }
        else
        {
            Directory.CreateDirectory(Folder, (UnixFileMode)0b111_000_000);
        }

        new KeyFolder(Folder).Write(KeyStoreFile.Name, System.Text.Encoding.UTF8.GetBytes(content));
    }

    public void Dispose() => Directory.Delete(parent, recursive: true);
}
