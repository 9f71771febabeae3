namespace SocialRegistry.Host.Tests.Commands;

/// <summary><c>serve</c> and its neighbours as an administrator runs them.</summary>
public sealed class ServeCommandTests
{
    private static readonly string[] Serve = ["serve", "--urls", "http://127.0.0.1:0", "--Grpc:Url=http://127.0.0.1:0"];

    private static readonly Dictionary<string, string> Passphrase = new()
    {
        ["Keys__Passphrase"] = "correct horse battery",
    };

    [Fact]
    public async Task Without_a_passphrase_the_server_does_not_start_and_says_how_to_set_one()
    {
        var folder = Folder();

        var run = await RegistryProcess.RunAsync(folder, null, Serve);

        Assert.Equal(1, run.Status);
        Assert.Contains("Keys__PassphraseFile", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "data", "registry.db")));
    }

    [Fact]
    public async Task It_serves_prints_its_addresses_and_survives_a_kill()
    {
        var folder = Folder();
        using var first = RegistryProcess.Start(folder, Passphrase, Serve);
        var url = (await first.WaitForLineAsync("HTTP on ")).Split(' ')[0];
        using var http = new HttpClient();
        Assert.True((await http.GetAsync(url + "/health/ready")).IsSuccessStatusCode);
        Assert.Contains("admin", first.Output, StringComparison.Ordinal);
        var keys = await KeysAsync(http, url);

        await first.KillAsync();
        using var second = RegistryProcess.Start(folder, Passphrase, Serve);
        var again = (await second.WaitForLineAsync("HTTP on ")).Split(' ')[0];

        Assert.Equal(keys, await KeysAsync(http, again));
        Assert.DoesNotContain("admin", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_passphrase_is_one_clear_line()
    {
        var folder = Folder();
        using (var first = RegistryProcess.Start(folder, Passphrase, Serve))
        {
            await first.WaitForLineAsync("HTTP on ");
        }

        var run = await RegistryProcess.RunAsync(
            folder,
            new Dictionary<string, string> { ["Keys__Passphrase"] = "something else entirely" },
            Serve
        );

        Assert.Equal(1, run.Status);
        Assert.Contains("passphrase", run.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_holds_no_keys_and_the_sealed_export_restores_them()
    {
        var folder = Folder();
        using (var first = RegistryProcess.Start(folder, Passphrase, Serve))
        {
            await first.WaitForLineAsync("HTTP on ");
        }

        var secret = Path.Combine(folder, "export.txt");
        await File.WriteAllTextAsync(secret, "the passphrase of the export\n");
        var backup = await RegistryProcess.RunAsync(folder, Passphrase, "backup", "copy.db");
        var export = await RegistryProcess.RunAsync(
            folder,
            Passphrase,
            "keys",
            "export",
            "keys.sealed",
            "--passphrase-file",
            secret
        );
        var restore = await RegistryProcess.RunAsync(
            folder,
            Passphrase,
            "keys",
            "import",
            "keys.sealed",
            "--passphrase-file",
            secret,
            "--Keys:Path=restored"
        );

        Assert.True(backup.Status == 0, backup.Output);
        Assert.True(export.Status == 0, export.Output);
        Assert.True(restore.Status == 0, restore.Output);
        var backedUp = Convert.ToHexString(await File.ReadAllBytesAsync(Path.Combine(folder, "copy.db")));
        foreach (var key in Directory.EnumerateFiles(Path.Combine(folder, "data", "keys")))
        {
            var content = await File.ReadAllBytesAsync(key);
            Assert.True(
                content.Length < 32
                    || !backedUp.Contains(
                        Convert.ToHexString(content.AsSpan(content.Length - 32)),
                        StringComparison.Ordinal
                    ),
                Path.GetFileName(key)
            );
        }

        Assert.Equal(
            Directory.EnumerateFiles(Path.Combine(folder, "data", "keys")).Select(Path.GetFileName).Order(),
            Directory.EnumerateFiles(Path.Combine(folder, "restored")).Select(Path.GetFileName).Order()
        );
    }

    [Theory]
    [InlineData("serve", "--colour", "red")]
    [InlineData("conquer")]
    [InlineData("bench", "speed")]
    [InlineData("import")]
    public async Task An_unknown_argument_is_refused(params string[] arguments)
    {
        var run = await RegistryProcess.RunAsync(Folder(), Passphrase, arguments);

        Assert.NotEqual(0, run.Status);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("demo")]
    [InlineData("import")]
    [InlineData("verify")]
    [InlineData("keys")]
    [InlineData("backup")]
    [InlineData("bench")]
    [InlineData("health")]
    [InlineData("openapi")]
    public async Task Every_command_explains_itself(string command)
    {
        var run = await RegistryProcess.RunAsync(Folder(), null, command, "--help");

        Assert.Equal(0, run.Status);
        Assert.Contains("Usage:", run.Output, StringComparison.Ordinal);
    }

    private static async Task<string> KeysAsync(HttpClient http, string url) =>
        await http.GetStringAsync(url + "/.well-known/jwks.json");

    private static string Folder() => Directory.CreateTempSubdirectory("registry-serve-").FullName;
}
