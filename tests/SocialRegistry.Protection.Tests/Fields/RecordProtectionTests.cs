using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SocialRegistry.Protection.Tests.Keys;
using Xunit;

namespace SocialRegistry.Protection.Tests.Fields;

public sealed class RecordProtectionTests(RecordProtectionTests.Store store)
    : IClassFixture<RecordProtectionTests.Store>
{
    private static readonly RecordKeyContext Context = new("tenant", "person", "0195b0a0-1", "personal", 1);

    private readonly KeyFolders folders = store.Folders;
    private readonly RecordProtection protection = new(() => store.Ring.RecordKeys);

    [Theory]
    [InlineData("a")]
    [InlineData("Asha")]
    [InlineData("देवी #KEY_SPLITTER# \0")]
    public void A_value_is_read_by_wrap_and_by_head_alone(string text)
    {
        using var made = protection.Create(Context);
        var tail = made.Protect("name.given", "personal", Encoding.UTF8.GetBytes(text));
        Assert.Equal(Encoding.UTF8.GetByteCount(text) + 48, tail.Length);
        Assert.Equal((294, 60), (made.Head.Length, made.FastWrap!.Length));
        foreach (var wrap in new[] { made.FastWrap, null })
        {
            using var opened = protection.Open(Context, made.Head, wrap);
            Assert.Equal(text, Encoding.UTF8.GetString(opened.Unprotect("name.given", "personal", tail)));
        }
    }

    [Fact]
    public void A_large_value_is_protected()
    {
        using var key = protection.Create(Context);
        var clear = RandomNumberGenerator.GetBytes(1_000_000);
        Assert.Equal(clear, key.Unprotect("document", "sensitive", key.Protect("document", "sensitive", clear)));
    }

    /// <summary>A reader that knows nothing of our profile: a keymanager's decrypt steps over the base library.</summary>
    [Fact]
    public void A_keymanager_reads_the_joined_envelope()
    {
        using var key = protection.Create(Context);
        var envelope = Base64Url.DecodeFromChars(Srf1.ToMosip(key.Head, key.Protect("name", "personal", "Asha"u8)));
        var stored = new KeyStoreFile(folders.Folder, null).Read()!.Generations(KeyNames.RecordBase)[0];
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(stored.Private, out _);

        var split = envelope.AsSpan().IndexOf("#KEY_SPLITTER#"u8);
        Assert.Equal(294, split);
        Assert.Equal("VER_R2", Encoding.ASCII.GetString(envelope, 0, 6));
        Assert.Equal(SHA256.HashData(stored.Certificates[0]), envelope[6..38]);
        using var aes = new AesGcm(rsa.Decrypt(envelope.AsSpan(38, 256), RSAEncryptionPadding.OaepSHA256), 16);
        var data = envelope.AsSpan(split + 14);
        var clear = new byte[data.Length - 48];
        aes.Decrypt(data[..12], data[32..^16], data[^16..], clear, data[..32]);
        Assert.Equal("Asha", Encoding.UTF8.GetString(clear));
    }

    [Fact]
    public void A_value_that_is_moved_or_copied_is_refused()
    {
        using var key = protection.Create(Context);
        var tail = key.Protect("given_name", "personal", "Asha"u8);
        Assert.Throws<ProtectionException>(() => key.Unprotect("family_name", "personal", tail));
        Assert.Throws<ProtectionException>(() => key.Unprotect("given_name", "sensitive", tail));
        Assert.Throws<ProtectionException>(() => key.Unprotect("given_namepersonal", "", tail));
        using var other = protection.Create(Context);
        Assert.Throws<ProtectionException>(() => other.Unprotect("given_name", "personal", tail));

        // The same data key read as if it were another record's: only the head can be copied so.
        foreach (
            var elsewhere in new[]
            {
                Context with
                {
                    RecordId = "0195b0a0-2",
                },
                Context with
                {
                    RecordType = "household",
                },
                Context with
                {
                    Tenant = "tenant2",
                },
            }
        )
        {
            using var copied = protection.Open(elsewhere, key.Head, null);
            Assert.Throws<ProtectionException>(() => copied.Unprotect("given_name", "personal", tail));
        }
    }

    [Fact]
    public void An_altered_or_truncated_value_is_refused()
    {
        using var key = protection.Create(Context);
        var tail = key.Protect("name", "personal", "Asha Devi"u8);
        for (var i = 0; i < tail.Length; i++)
        {
            byte[] altered = [.. tail];
            altered[i] ^= 0x10;
            Assert.Throws<ProtectionException>(() => key.Unprotect("name", "personal", altered));
            Assert.Throws<ProtectionException>(() => key.Unprotect("name", "personal", tail.AsSpan(0, i)));
        }

        Assert.Throws<ProtectionException>(() => key.Unprotect("name", "personal", [.. tail, 0]));
        Assert.Equal("Asha Devi"u8.ToArray(), key.Unprotect("name", "personal", tail));
    }

    [Fact]
    public void A_context_tag_that_is_made_to_fit_does_not_open_a_moved_value()
    {
        using var key = protection.Create(Context);
        var tail = key.Protect("given_name", "personal", "Asha"u8);
        var fitting = key.Protect("family_name", "personal", "x"u8);
        fitting.AsSpan(12, 20).CopyTo(tail.AsSpan(12));
        Assert.Throws<ProtectionException>(() => key.Unprotect("family_name", "personal", tail));
    }

    [Fact]
    public void A_wrap_opens_only_where_it_belongs()
    {
        using var key = protection.Create(Context);
        foreach (
            var elsewhere in new[]
            {
                Context with
                {
                    RecordId = "0195b0a0-2",
                },
                Context with
                {
                    RecordType = "household",
                },
                Context with
                {
                    Tenant = "tenant2",
                },
                Context with
                {
                    ClassGroup = "sensitive",
                },
                Context with
                {
                    Epoch = 2,
                },
            }
        )
        {
            Assert.Throws<ProtectionException>(() => protection.Open(elsewhere, key.Head, key.FastWrap));
        }

        for (var i = 0; i < Srf1.FastWrapSize; i++)
        {
            byte[] altered = [.. key.FastWrap!];
            altered[i] ^= 1;
            Assert.Throws<ProtectionException>(() => protection.Open(Context, key.Head, altered));
        }

        Assert.Throws<ProtectionException>(() => protection.Open(Context, key.Head, []));
        Assert.Throws<ProtectionException>(() => protection.Open(Context, key.Head, [.. key.FastWrap!, 0]));
    }

    [Theory, InlineData(0), InlineData(5), InlineData(6), InlineData(37), InlineData(38), InlineData(293)]
    public void An_altered_head_opens_nothing(int at)
    {
        using var key = protection.Create(Context);
        byte[] altered = [.. key.Head];
        altered[at] ^= 1;
        Assert.Throws<ProtectionException>(() => protection.Open(Context, altered, null));
        Assert.Throws<ProtectionException>(() => protection.Open(Context, key.Head[..at], null));
        Assert.Throws<ProtectionException>(() => protection.Open(Context, key.Head[..at], key.FastWrap));
    }

    [Fact]
    public void The_keys_of_another_deployment_open_nothing()
    {
        using var key = protection.Create(Context);
        var elsewhere = folders.Ring(folders.Options(folder: "elsewhere"));
        var other = new RecordProtection(() => elsewhere.RecordKeys);
        Assert.Throws<ProtectionException>(() => other.Open(Context, key.Head, key.FastWrap));
        Assert.Throws<ProtectionException>(() => other.Open(Context, key.Head, null));
    }

    [Fact]
    public void Every_failure_reads_the_same()
    {
        using var key = protection.Create(Context);
        var tail = key.Protect("name", "personal", "Asha"u8);
        byte[] altered = [.. tail];
        altered[^1] ^= 1;
        var failures = new Action[]
        {
            () => key.Unprotect("other", "personal", tail),
            () => key.Unprotect("name", "personal", altered),
            () => key.Unprotect("name", "personal", []),
            () => protection.Open(Context, [], null),
            () => protection.Open(Context, key.Head, []),
        }.Select(failure => Assert.Throws<ProtectionException>(failure));
        Assert.Single(failures.Select(failure => (failure.Message, failure.InnerException)).Distinct());
    }

    [Fact]
    public void Equal_values_have_different_tails_and_records_different_keys()
    {
        using var first = protection.Create(Context);
        using var second = protection.Create(Context);
        var tails = Enumerable.Range(0, 100).Select(_ => Convert.ToHexString(first.Protect("name", "personal", "a"u8)));
        Assert.Equal(100, tails.Select(tail => tail[..24]).Distinct().Count());
        Assert.NotEqual(first.Head, second.Head);
        Assert.NotEqual(first.FastWrap, second.FastWrap);
    }

    [Fact]
    public void An_empty_value_and_text_that_is_not_Unicode_are_refused()
    {
        using var key = protection.Create(Context);
        Assert.Throws<ArgumentException>(() => key.Protect("name", "personal", []));
        Assert.Throws<EncoderFallbackException>(() => key.Protect("\ud800", "personal", "a"u8));
    }

    [Fact]
    public void A_disposed_key_does_nothing()
    {
        var key = protection.Create(Context);
        var tail = key.Protect("name", "personal", "Asha"u8);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Protect("name", "personal", "Asha"u8));
        Assert.Throws<ObjectDisposedException>(() => key.Unprotect("name", "personal", tail));
    }

    /// <summary>One AES object used by two threads fails or, worse, answers wrongly.</summary>
    [Fact]
    public void Known_values_are_read_by_many_threads()
    {
        using var made = protection.Create(Context);
        var tails = Enumerable
            .Range(0, 50)
            .Select(i => made.Protect("f" + i, "personal", BitConverter.GetBytes(i)))
            .ToList();
        var (head, wrap) = (made.Head, made.FastWrap);
        var read = 0;
        Parallel.For(
            0,
            200,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            _ =>
            {
                using var key = protection.Open(Context, head, wrap);
                for (var i = 0; i < tails.Count; i++)
                {
                    if (BitConverter.ToInt32(key.Unprotect("f" + i, "personal", tails[i])) == i)
                    {
                        Interlocked.Increment(ref read);
                    }
                }

                using var fresh = protection.Create(Context);
            }
        );
        Assert.Equal(200 * 50, read);
    }

    [Fact]
    public void The_MOSIP_view_is_taken_apart_again()
    {
        using var key = protection.Create(Context);
        var tail = key.Protect("name", "personal", "Asha"u8);
        var view = Srf1.ToMosip(key.Head, tail);
        Assert.True(Srf1.TryFromMosip(view, out var head, out var again));
        Assert.Equal(key.Head, head);
        Assert.Equal(tail, again);

        Assert.False(Srf1.TryFromMosip(view + "=", out _, out _));
        Assert.False(Srf1.TryFromMosip(view[..450], out _, out _));
        Assert.False(Srf1.TryFromMosip("", out _, out _));
        Assert.False(Srf1.TryFromMosip("A" + view[1..], out _, out _));
        Assert.Throws<ArgumentException>(() => Srf1.ToMosip(key.Head.AsSpan(1), tail));
        Assert.Throws<ArgumentException>(() => Srf1.ToMosip(key.Head, tail.AsSpan(0, 48)));
    }

    /// <summary>One key store for all tests of the class.</summary>
    public sealed class Store : IDisposable
    {
        public Store() => Ring = Folders.Ring();

        internal KeyFolders Folders { get; } = new();

        internal FileKeyRing Ring { get; }

        public void Dispose() => Folders.Dispose();
    }
}
