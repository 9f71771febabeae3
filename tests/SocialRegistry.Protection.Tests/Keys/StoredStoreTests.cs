using System.Diagnostics;
using System.Text;
using Xunit;

namespace SocialRegistry.Protection.Tests.Keys;

/// <summary>The key folder: who may read it, what seals it, who makes it.</summary>
public class StoredStoreTests
{
    private const string Passphrase = "correct horse battery";

    [Fact]
    public void The_folder_and_its_files_are_the_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        using var folders = new KeyFolders();
        folders.Ring(Passphrase).Secret("pseudonym/a");

        Assert.Equal("700", Mode(folders.Folder));
        Assert.NotEmpty(Directory.GetFiles(folders.Folder));
        Assert.All(Directory.GetFiles(folders.Folder), file => Assert.Equal("600", Mode(file)));
    }

    [Theory, InlineData("750"), InlineData("701"), InlineData("777")]
    public void A_wider_folder_is_refused_with_the_command_that_mends_it(string mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        using var folders = new KeyFolders();
        folders.Ring().Open();
        SetMode(folders.Folder, mode);

        var refused = Assert.Throws<KeyStoreException>(() => folders.Ring().Open());
        Assert.Contains($"chmod 700 '{folders.Folder}'", refused.Message);
        SetMode(folders.Folder, "700");
        folders.Ring().Open();
    }

    [Fact]
    public void An_empty_wider_folder_is_refused_before_anything_is_written()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        using var folders = new KeyFolders();
        Directory.CreateDirectory(folders.Folder);
        SetMode(folders.Folder, "755");

        Assert.Throws<KeyStoreException>(() => folders.Ring().Open());
        Assert.Empty(Directory.GetFileSystemEntries(folders.Folder));
    }

    [Theory, InlineData("640"), InlineData("604"), InlineData("666")]
    public void A_wider_file_is_refused_with_the_command_that_mends_it(string mode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        using var folders = new KeyFolders();
        folders.Ring().Open();
        SetMode(folders.File, mode);

        var refused = Assert.Throws<KeyStoreException>(() => folders.Ring().Open());
        Assert.Contains($"chmod 600 '{folders.File}'", refused.Message);
    }

    [Fact]
    public void Without_a_passphrase_that_is_required_nothing_is_made_and_the_settings_are_named()
    {
        using var folders = new KeyFolders();
        var options = folders.Options();
        options.RequirePassphrase = true;

        var refused = Assert.Throws<KeyStoreException>(() => folders.Ring(options).Open());
        Assert.Contains("Keys__PassphraseFile", refused.Message);
        Assert.Contains("Keys__Passphrase ", refused.Message);
        Assert.False(Directory.Exists(folders.Folder));
    }

    [Fact]
    public void A_store_made_without_a_passphrase_is_refused_where_one_is_required()
    {
        using var folders = new KeyFolders();
        folders.Ring().Open();
        var options = folders.Options();
        options.RequirePassphrase = true;
        Assert.Throws<KeyStoreException>(() => folders.Ring(options).Open());
    }

    [Fact]
    public void The_passphrase_may_stand_in_a_file()
    {
        using var folders = new KeyFolders();
        var first = folders.Ring(Passphrase).Signer(KeyPurpose.TokenSigning).KeyId;
        var file = Path.Combine(Path.GetDirectoryName(folders.Folder)!, "passphrase");
        File.WriteAllText(file, Passphrase + "\r\nsecond line");
        var options = folders.Options();
        options.PassphraseFile = file;

        Assert.Equal(first, folders.Ring(options).Signer(KeyPurpose.TokenSigning).KeyId);

        options.Passphrase = Passphrase;
        Assert.Contains("only one", Assert.Throws<KeyStoreException>(() => folders.Ring(options).Open()).Message);
        options.Passphrase = null;
        File.WriteAllText(file, "");
        Assert.Contains(file, Assert.Throws<KeyStoreException>(() => folders.Ring(options).Open()).Message);
        File.Delete(file);
        Assert.Contains(file, Assert.Throws<KeyStoreException>(() => folders.Ring(options).Open()).Message);
    }

    [Fact]
    public void Another_passphrase_or_none_is_refused_and_says_so()
    {
        using var folders = new KeyFolders();
        folders.Ring(Passphrase).Open();

        var wrong = Assert.Throws<KeyStoreException>(() => folders.Ring(Passphrase + "x").Open());
        Assert.Contains("passphrase does not open", wrong.Message);
        Assert.DoesNotContain(Passphrase, wrong.Message);
        var none = Assert.Throws<KeyStoreException>(() => folders.Ring().Open());
        Assert.Contains("is sealed", none.Message);
        folders.Ring(Passphrase).Open();
    }

    [Fact]
    public void A_passphrase_for_a_store_made_without_one_says_how_to_seal_it()
    {
        using var folders = new KeyFolders();
        folders.Ring().Open();
        var refused = Assert.Throws<KeyStoreException>(() => folders.Ring(Passphrase).Open());
        Assert.Contains("keys export", refused.Message);
        Assert.Contains("keys import", refused.Message);
    }

    [Fact]
    public void A_short_passphrase_makes_no_store()
    {
        using var folders = new KeyFolders();
        var refused = Assert.Throws<KeyStoreException>(() => folders.Ring("short").Open());
        Assert.Contains("at least 8", refused.Message);
        Assert.False(File.Exists(folders.File));
    }

    [Fact]
    public void A_sealed_file_shows_no_bytes_of_keys()
    {
        using var folders = new KeyFolders();
        folders.Ring(Passphrase).Secret("blind-index/a");
        var keys = new KeyStoreFile(folders.Folder, Passphrase).Read()!;
        var file = File.ReadAllBytes(folders.File);
        var clear = folders.Options(folder: "clear");
        folders.Ring(clear).Open();
        var clearKeys = new KeyStoreFile(clear.Path, null).Read()!;
        var clearFile = File.ReadAllBytes(Path.Combine(clear.Path, KeyStoreFile.Name));

        Assert.True(keys.Keys.Count >= 9);
        Assert.All(keys.Keys, key => Assert.False(Shows(file, key), key.Name));
        // The same look finds every key in a file that is not sealed.
        Assert.All(clearKeys.Keys, key => Assert.True(Shows(clearFile, key), key.Name));
    }

    [Fact]
    public void An_altered_sealed_file_is_refused()
    {
        using var folders = new KeyFolders();
        folders.Ring(Passphrase).Open();
        var file = File.ReadAllText(folders.File);
        foreach (
            var altered in new[]
            {
                file.Replace("\"passes\":3", "\"passes\":2"),
                Flip(file, file.IndexOf("\"salt\":\"", StringComparison.Ordinal) + 10),
                Flip(file, file.IndexOf("\"sealed\":\"", StringComparison.Ordinal) + 12),
                Flip(file, file.Length - 40),
            }
        )
        {
            Assert.NotEqual(file, altered);
            File.WriteAllText(folders.File, altered);
            Assert.Contains(
                "passphrase does not open",
                Assert.Throws<KeyStoreException>(() => folders.Ring(Passphrase).Open()).Message
            );
        }

        File.WriteAllText(folders.File, file);
        folders.Ring(Passphrase).Open();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"format":"social-registry-keys/2","id":"0195b0a0-0000-7000-8000-000000000000","keys":[]}""")]
    [InlineData("""{"format":"social-registry-keys/1","id":"0195b0a0-0000-7000-8000-000000000000","keys":[null]}""")]
    [InlineData(
        """{"format":"social-registry-keys/1","id":"0195b0a0-0000-7000-8000-000000000000","keys":[],"more":1}"""
    )]
    public void A_damaged_or_newer_file_is_refused_and_left_alone(string content)
    {
        using var folders = new KeyFolders();
        folders.Put(content);

        Assert.Contains("damaged", Assert.Throws<KeyStoreException>(() => folders.Ring().Open()).Message);
        Assert.Equal(content, File.ReadAllText(folders.File));
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_refused()
    {
        using var folders = new KeyFolders();
        File.WriteAllText(folders.Folder, "");
        Assert.Contains(folders.Folder, Assert.Throws<KeyStoreException>(() => folders.Ring().Open()).Message);
        File.Delete(folders.Folder);
    }

    [Fact]
    public async Task Many_that_open_an_empty_store_at_once_get_the_same_keys()
    {
        using var folders = new KeyFolders();
        using var start = new ManualResetEventSlim();
        var opened = Enumerable
            .Range(0, 6)
            .Select(_ =>
                Task.Factory.StartNew(
                    () =>
                    {
                        start.Wait();
                        return Fingerprint(folders.Ring());
                    },
                    TaskCreationOptions.LongRunning
                )
            )
            .ToList();
        start.Set();
        var fingerprints = await Task.WhenAll(opened);
        Assert.Single(fingerprints.Distinct());
        Assert.Equal(
            [KeyStoreFile.Name, ".lock"],
            Directory.GetFiles(folders.Folder).Select(Path.GetFileName).OrderDescending()
        );
    }

    [Fact]
    public async Task Two_processes_that_open_an_empty_store_at_once_get_the_same_keys()
    {
        using var folders = new KeyFolders();
        var children = Enumerable.Range(0, 2).Select(i => StartChild(folders, i)).ToList();
        var fingerprints = new List<string>();
        for (var i = 0; i < children.Count; i++)
        {
            using var child = children[i];
            var output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(child.ExitCode == 0, output);
            fingerprints.Add(await File.ReadAllTextAsync(ChildFile(folders, i), TestContext.Current.CancellationToken));
        }

        Assert.Equal(fingerprints[0], fingerprints[1]);
        Assert.Equal(fingerprints[0], Fingerprint(folders.Ring()));
    }

    /// <summary>What the test above runs in processes of their own.</summary>
    [Fact(Explicit = true)]
    public void A_child_process_opens_the_store()
    {
        var folder = Environment.GetEnvironmentVariable("REGISTRY_TEST_KEYS")!;
        var ring = new FileKeyRing(new KeyStoreOptions { Path = folder }, TimeProvider.System);
        File.WriteAllText(Environment.GetEnvironmentVariable("REGISTRY_TEST_RESULT")!, Fingerprint(ring));
        Assert.NotEqual(Guid.Empty, ring.Id);
    }

    [Fact]
    public void A_secret_made_by_another_process_meanwhile_is_the_same()
    {
        using var folders = new KeyFolders();
        var (first, second) = (folders.Ring(Passphrase), folders.Ring(Passphrase));
        first.Open();
        second.Open();
        Assert.Equal(first.Secret("later/use"), second.Secret("later/use"));
        Assert.Equal(second.Secret("other/use"), first.Secret("other/use"));
        Assert.Equal(first.Secret("later/use"), folders.Ring(Passphrase).Secret("later/use"));
    }

    private static Process StartChild(KeyFolders folders, int number)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) is not "dotnet")
        {
            start.FileName = "dotnet";
        }

        foreach (
            var argument in new[]
            {
                typeof(StoredStoreTests).Assembly.Location,
                "-explicit",
                "only",
                "-method",
                $"{typeof(StoredStoreTests).FullName}.{nameof(A_child_process_opens_the_store)}",
            }
        )
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["REGISTRY_TEST_KEYS"] = folders.Folder;
        start.Environment["REGISTRY_TEST_RESULT"] = ChildFile(folders, number);
        return Process.Start(start)!;
    }

    private static string ChildFile(KeyFolders folders, int number) =>
        Path.Combine(Path.GetDirectoryName(folders.Folder)!, "child-" + number);

    private static string Fingerprint(FileKeyRing ring) =>
        string.Join(
            '\n',
            Enum.GetValues<KeyPurpose>()
                .Select(purpose => ring.Signer(purpose).KeyId)
                .Append(Convert.ToHexString(ring.Secret("pseudonym/a")))
                .Append(Convert.ToHexString(ring.RecordKeys.BaseKeys[0].Thumbprint.Span))
        );

    private static bool Shows(byte[] file, StoredKey key)
    {
        var text = Encoding.Latin1.GetString(file);
        var tail = key.Private.AsSpan(key.Private.Length - 30);
        return file.AsSpan().IndexOf(tail) >= 0
            || text.Contains(Convert.ToHexString(tail), StringComparison.OrdinalIgnoreCase)
            || text.Contains(Convert.ToBase64String(key.Private)[..40], StringComparison.Ordinal)
            || text.Contains(JsonText(key)[..40], StringComparison.Ordinal);
    }

    // The serializer may write '+' as an escape.
    private static string JsonText(StoredKey key) => System.Text.Json.JsonSerializer.Serialize(key.Private)[1..];

    private static string Flip(string text, int at) => text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];

    private static string Mode(string path) =>
        OperatingSystem.IsWindows() ? "" : Convert.ToString((int)File.GetUnixFileMode(path), 8);

    private static void SetMode(string path, string mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
        }
    }
}
