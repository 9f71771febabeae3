using Microsoft.Extensions.Time.Testing;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Tests;

/// <summary>A key ring in a folder that is removed after the test, and a clock that stands still.</summary>
internal sealed class TestKeys : IDisposable
{
    public const string Issuer = "https://registry.example.org";

    private readonly string folder = Directory.CreateTempSubdirectory("registry-keys-").FullName;

    public TestKeys(string issuer = Issuer) =>
        Ring = new FileKeyRing(new KeyStoreOptions { Path = Path.Combine(folder, "keys"), PublicUrl = issuer }, Clock);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public FileKeyRing Ring { get; }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
