using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace SocialRegistry.Protection.Tests.Keys;

public class KeyRingTests
{
    [Fact]
    public void Every_purpose_has_a_key_of_its_own()
    {
        using var folders = new KeyFolders();
        var ring = folders.Ring();
        ring.Secret("pseudonym/a");
        ring.SelfTest();

        var purposes = Enum.GetValues<KeyPurpose>();
        Assert.Equal(purposes.Length, purposes.Select(purpose => ring.Signer(purpose).KeyId).Distinct().Count());
        foreach (var purpose in purposes)
        {
            var signer = ring.Signer(purpose);
            Assert.Equal(
                purpose is KeyPurpose.CredentialEdDsa or KeyPurpose.LogSigning ? "EdDSA" : "ES256",
                signer.Algorithm
            );
            Assert.Equal(signer.PublicKey, ring.PublicKeys(purpose)[0]);
            Assert.Equal(signer.KeyId, signer.PublicKey.Kid);
            Assert.True(Jwk.TryParse(JsonSerializer.SerializeToElement(signer.PublicKey), out var parsed));
            Assert.Equal(signer.PublicKey, parsed);
            Assert.Equal(64, signer.Sign("data"u8).Length);
            Assert.Equal(purpose == KeyPurpose.CredentialEs256, signer.CertificateChain.Count > 0);
            Assert.Equal(purpose == KeyPurpose.CredentialEs256, ring.TrustAnchors(purpose).Count > 0);
        }
    }

    [Fact]
    public void The_credential_key_is_certified_by_a_root_that_is_not_in_its_chain()
    {
        using var folders = new KeyFolders();
        var ring = folders.Ring();
        var signer = ring.Signer(KeyPurpose.CredentialEs256);
        var root = Assert.Single(ring.TrustAnchors(KeyPurpose.CredentialEs256));

        Assert.True(X5c.TryVerify(signer.CertificateChain, [root], folders.Clock.GetUtcNow(), out var key));
        Assert.Equal(signer.KeyId, key.Thumbprint());
        using var leaf = X509CertificateLoader.LoadCertificate(Assert.Single(signer.CertificateChain));
        Assert.NotEqual(leaf.Subject, leaf.Issuer);
        Assert.True(leaf.MatchesHostname("registry.example.org"));
        var names = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().Format(true);
        Assert.Contains("https://registry.example.org", names);
    }

    [Theory]
    [InlineData("https://other.example.org/registry", "other.example.org")]
    [InlineData("http://localhost:5080", "localhost")]
    [InlineData("http://127.0.0.1:5080", "127.0.0.1")]
    public void The_certificate_follows_the_public_address_and_the_key_stays(string address, string host)
    {
        using var folders = new KeyFolders();
        var before = folders.Ring().Signer(KeyPurpose.CredentialEs256);
        var options = folders.Options();
        options.PublicUrl = address;

        var ring = folders.Ring(options);
        var after = ring.Signer(KeyPurpose.CredentialEs256);
        Assert.Equal(before.KeyId, after.KeyId);
        using var leaf = X509CertificateLoader.LoadCertificate(after.CertificateChain[0]);
        Assert.True(leaf.MatchesHostname(host));
        ring.SelfTest();
        Assert.Equal(after.CertificateChain, folders.Ring(options).Signer(KeyPurpose.CredentialEs256).CertificateChain);
    }

    [Fact]
    public void A_certificate_that_ends_soon_is_renewed_below_the_same_root()
    {
        using var folders = new KeyFolders();
        var first = folders.Ring();
        var root = first.TrustAnchors(KeyPurpose.CredentialEs256)[0];
        var chain = first.Signer(KeyPurpose.CredentialEs256).CertificateChain;
        folders.Clock.Advance(TimeSpan.FromDays(300));
        Assert.Equal(chain, folders.Ring().Signer(KeyPurpose.CredentialEs256).CertificateChain);
        folders.Clock.Advance(TimeSpan.FromDays(300));

        var renewed = folders.Ring();
        Assert.NotEqual(chain, renewed.Signer(KeyPurpose.CredentialEs256).CertificateChain);
        Assert.Equal(root, renewed.TrustAnchors(KeyPurpose.CredentialEs256)[0]);
        folders.Clock.Advance(TimeSpan.FromDays(400));
        Assert.False(X5c.TryVerify(chain, [root], folders.Clock.GetUtcNow(), out _));
        Assert.True(
            X5c.TryVerify(
                renewed.Signer(KeyPurpose.CredentialEs256).CertificateChain,
                [root],
                folders.Clock.GetUtcNow(),
                out _
            )
        );
    }

    [Fact]
    public void Secrets_of_different_uses_are_different_and_stay()
    {
        using var folders = new KeyFolders();
        var ring = folders.Ring();
        string[] uses =
        [
            "blind-index",
            "blind-index/identifier/UIN",
            "blind-index/identifier/UIN2",
            "blind-index/identifier",
            "pseudonym/identifier/UIN",
            "pseudonym/partner a",
        ];
        var secrets = uses.Select(use => Convert.ToHexString(ring.Secret(use))).ToList();
        Assert.Equal(uses.Length, secrets.Distinct().Count());
        Assert.All(secrets, secret => Assert.Equal(64, secret.Length));
        var again = folders.Ring();
        Assert.Equal(secrets, uses.Select(use => Convert.ToHexString(again.Secret(use))));
        var stored = new KeyStoreFile(folders.Folder, null).Read()!;
        Assert.Equal(2, stored.Keys.Count(key => key.Name.StartsWith(KeyNames.SecretPrefix, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/a")]
    [InlineData("a/")]
    [InlineData("A/b")]
    [InlineData("a//b")]
    [InlineData("a/b\n")]
    [InlineData("a b/c")]
    [InlineData(null)]
    public void A_use_that_is_no_path_is_refused(string? use)
    {
        using var folders = new KeyFolders();
        Assert.Throws<ArgumentException>(() => folders.Ring().Secret(use!));
        Assert.False(Directory.Exists(folders.Folder));
    }

    [Fact]
    public void Retired_keys_still_check_and_decrypt()
    {
        using var folders = new KeyFolders();
        var before = folders.Ring();
        var (oldSigner, data) = (before.Signer(KeyPurpose.TokenSigning), "data"u8.ToArray());
        var signature = oldSigner.Sign(data);
        var context = new RecordKeyContext("t", "person", "1", "personal", 1);
        using var oldKey = new RecordProtection(() => before.RecordKeys).Create(context);
        Rotate(folders, KeyNames.Of(KeyPurpose.TokenSigning), KeyNames.RecordBase, KeyNames.RecordKek);

        var after = folders.Ring();
        after.SelfTest();
        Assert.NotEqual(oldSigner.KeyId, after.Signer(KeyPurpose.TokenSigning).KeyId);
        Assert.Equal(
            [after.Signer(KeyPurpose.TokenSigning).KeyId, oldSigner.KeyId],
            after.PublicKeys(KeyPurpose.TokenSigning).Select(key => key.Kid)
        );
        Assert.True(JwsVerifier.Verify("ES256", data, signature, after.PublicKeys(KeyPurpose.TokenSigning)[1]));
        var protection = new RecordProtection(() => after.RecordKeys);
        using var byWrap = protection.Open(context, oldKey.Head, oldKey.FastWrap);
        using var byHead = protection.Open(context, oldKey.Head, null);
        using var fresh = protection.Create(context);
        Assert.NotEqual(oldKey.Head[6..38], fresh.Head[6..38]);
        Assert.Throws<ProtectionException>(() =>
            new RecordProtection(() => before.RecordKeys).Open(context, fresh.Head, fresh.FastWrap)
        );
    }

    [Fact]
    public void A_certificate_of_another_key_fails_the_self_test()
    {
        using var folders = new KeyFolders();
        folders.Ring().SelfTest();
        var other = folders.Options(folder: "other");
        var wrong = folders.Ring(other).Signer(KeyPurpose.CredentialEs256).CertificateChain[0];
        Change(
            folders,
            keys =>
                keys.Replacing(
                    keys.Generations(KeyNames.Of(KeyPurpose.CredentialEs256))[0] with
                    {
                        Certificates = [wrong],
                    }
                )
        );
        var failed = Assert.Throws<KeyStoreException>(() => folders.Ring().SelfTest());
        Assert.Contains(nameof(KeyPurpose.CredentialEs256), failed.Message);
    }

    [Fact]
    public void A_damaged_key_is_named_or_refused()
    {
        using var folders = new KeyFolders();
        folders.Ring().Secret("pseudonym/a");
        Change(
            folders,
            keys => keys.Replacing(keys.Generations("Secret/pseudonym")[0] with { Private = new byte[32] })
        );
        Assert.Contains("pseudonym", Assert.Throws<KeyStoreException>(() => folders.Ring().SelfTest()).Message);
        Change(folders, keys => keys.Replacing(keys.Generations(KeyNames.RecordBase)[0] with { Private = [1, 2] }));
        Assert.Throws<KeyStoreException>(() => folders.Ring().Open());
    }

    [Fact]
    public void The_container_is_built_without_touching_a_file()
    {
        using var folders = new KeyFolders();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Keys:Path"] = folders.Folder,
                ["Keys:Passphrase"] = "from configuration",
                ["PublicUrl"] = "https://here.example.org",
            }
        );
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration.Build())
            .AddProtection(options => options.RequirePassphrase = true)
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });
        var options = services.GetRequiredService<KeyStoreOptions>();
        var ring = services.GetRequiredService<IKeyRing>();
        var protection = services.GetRequiredService<IRecordProtection>();

        Assert.Same(services.GetRequiredService<FileKeyRing>(), ring);
        Assert.Equal(folders.Folder, options.Path);
        Assert.Equal("https://here.example.org", options.PublicUrl);
        Assert.True(options.RequirePassphrase);
        Assert.False(Directory.Exists(folders.Folder));
        using var key = protection.Create(new RecordKeyContext("t", "person", "1", "personal", 1));
        Assert.True(File.Exists(folders.File));
        Assert.Contains(KeySeal.Format, File.ReadAllText(folders.File));
    }

    [Fact]
    public void The_default_folder_is_below_the_current_one()
    {
        using var services = new ServiceCollection().AddProtection().BuildServiceProvider();
        var options = services.GetRequiredService<KeyStoreOptions>();
        Assert.Equal(Path.Combine("data", "keys"), options.Path);
        Assert.False(options.RequirePassphrase);
    }

    [Fact]
    public void No_text_of_a_key_object_holds_its_key()
    {
        using var folders = new KeyFolders();
        var options = folders.Options("passphrase!");
        var ring = folders.Ring(options);
        var stored = new Func<StoredKeys>(() => new KeyStoreFile(folders.Folder, "passphrase!").Read()!);
        ring.Open();
        using var record = new RecordProtection(() => ring.RecordKeys).Create(
            new RecordKeyContext("t", "person", "1", "personal", 1)
        );
        using var ed25519 = Ed25519.Generate();
        string[] texts =
        [
            options.ToString()!,
            ring.ToString()!,
            ring.RecordKeys.ToString()!,
            record.ToString()!,
            ed25519.ToString(),
            stored().ToString(),
            .. stored().Keys.Select(key => key.ToString()),
            .. Enum.GetValues<KeyPurpose>().Select(purpose => ring.Signer(purpose).ToString()!),
        ];
        Assert.All(texts, text => Assert.DoesNotContain("passphrase!", text));
        foreach (var key in stored().Keys)
        {
            Assert.All(texts, text => Assert.DoesNotContain(Convert.ToBase64String(key.Private)[..16], text));
        }
    }

    [Fact]
    public void Signers_sign_for_many_threads()
    {
        using var folders = new KeyFolders();
        var signer = folders.Ring().Signer(KeyPurpose.CredentialEs256);
        var verified = 0;
        Parallel.For(
            0,
            400,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i =>
            {
                var data = BitConverter.GetBytes(i);
                Interlocked.Add(
                    ref verified,
                    JwsVerifier.Verify("ES256", data, signer.Sign(data), signer.PublicKey) ? 1 : 0
                );
            }
        );
        Assert.Equal(400, verified);
    }

    private static void Rotate(KeyFolders folders, params string[] names)
    {
        var fresh = folders.Options(folder: "fresh");
        folders.Ring(fresh).Open();
        var made = new KeyStoreFile(fresh.Path, null).Read()!;
        foreach (var name in names)
        {
            Change(
                folders,
                keys =>
                    keys.Replacing(keys.Generations(name)[0] with { State = KeyState.Retired })
                        .With(made.Generations(name)[0] with { Generation = 2 })
            );
        }
    }

    private static void Change(KeyFolders folders, Func<StoredKeys, StoredKeys> change) =>
        new KeyStoreFile(folders.Folder, null).Change(keys => change(keys!));
}
