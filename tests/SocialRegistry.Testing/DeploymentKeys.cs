using Microsoft.Extensions.Time.Testing;
using SocialRegistry.Protection;

namespace SocialRegistry.Testing;

/// <summary>Keys of a deployment, made once per test run: an RSA key for every server would take longer than most tests.</summary>
public static class DeploymentKeys
{
    private static readonly Lazy<string> Made = new(Make);

    /// <summary>Puts a copy of the keys into a folder, unless they are there.</summary>
    /// <returns>The folder, for <c>Keys:Path</c>.</returns>
    public static string Into(string folder)
    {
        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        foreach (var file in Directory.EnumerateFiles(Made.Value))
        {
            // The mode is copied too: the ring refuses files that others can read.
            var copy = Path.Combine(folder, Path.GetFileName(file));
            if (!File.Exists(copy))
            {
                File.Copy(file, copy);
            }
        }

        return folder;
    }

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("registry-test-keys-").FullName;
        var path = Path.Combine(folder, "keys");
        // Older than any test's clock.
        var clock = new FakeTimeProvider(new DateTimeOffset(2025, 12, 1, 0, 0, 0, TimeSpan.Zero));
        new FileKeyRing(new KeyStoreOptions { Path = path }, clock).Open();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return path;
    }
}
