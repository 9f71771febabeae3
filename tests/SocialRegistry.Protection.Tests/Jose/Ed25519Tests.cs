using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Protection.Tests.Jose;

public class Ed25519Tests
{
    /// <summary>RFC 8032 §7.1, tests 1, 2, 3 and SHA(abc).</summary>
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )]
    [InlineData(
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
    )]
    public void The_vectors_of_RFC_8032_hold(string seed, string publicKey, string message, string signature)
    {
        using var key = Ed25519.Import(Convert.FromHexString(seed));
        var data = Convert.FromHexString(message);

        Assert.Equal(signature, Convert.ToHexStringLower(key.Sign(data)));
        Assert.Equal(publicKey, Convert.ToHexStringLower(key.PublicKey));
        Assert.Equal(seed, Convert.ToHexStringLower(key.Export()));
        Assert.True(Ed25519.Verify(key.PublicKey, data, Convert.FromHexString(signature)));
        Assert.False(Ed25519.Verify(key.PublicKey, [.. data, 0], Convert.FromHexString(signature)));
    }

    [Fact]
    public void The_vectors_of_Wycheproof_hold()
    {
        var file = JsonDocument.Parse(File.ReadAllBytes(Specs.Public("vc", "wycheproof", "ed25519_test.json")));
        var tested = 0;
        foreach (var group in file.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var publicKey = Hex(group.GetProperty("publicKey"), "pk");
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                Assert.True(
                    Ed25519.Verify(publicKey, Hex(test, "msg"), Hex(test, "sig"))
                        == (test.GetProperty("result").GetString() == "valid"),
                    "tcId " + test.GetProperty("tcId").GetInt32()
                );
                tested++;
            }
        }

        Assert.Equal(file.RootElement.GetProperty("numberOfTests").GetInt32(), tested);
    }

    [Fact]
    public void Keys_and_signatures_of_wrong_lengths_are_refused()
    {
        using var key = Ed25519.Generate();
        var data = "data"u8.ToArray();
        var signature = key.Sign(data);

        Assert.False(Ed25519.Verify(key.PublicKey.AsSpan(1), data, signature));
        Assert.False(Ed25519.Verify([.. key.PublicKey, 0], data, signature));
        Assert.False(Ed25519.Verify(key.PublicKey, data, signature.AsSpan(0, 63)));
        Assert.False(Ed25519.Verify(key.PublicKey, data, [.. signature, 0]));
        Assert.Throws<ArgumentException>(() => Ed25519.Import(new byte[31]));
    }

    [Fact]
    public void A_public_key_of_small_order_signs_nothing()
    {
        // With A the neutral element, R the neutral element and S zero, a lenient verifier accepts every message.
        byte[] neutral = [1, .. new byte[31]];
        Assert.False(Ed25519.Verify(neutral, "anything"u8, [.. neutral, .. new byte[32]]));
    }

    [Fact]
    public async Task One_key_signs_for_many_threads()
    {
        using var key = Ed25519.Generate();
        var data = Encoding.UTF8.GetBytes("known");
        var expected = key.Sign(data);
        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => Task.Run(() => Enumerable.Range(0, 200).Select(_ => key.Sign(data)).ToList()))
        );
        Assert.All(results.SelectMany(r => r), signature => Assert.Equal(expected, signature));
    }

    [Fact]
    public void Generated_keys_differ()
    {
        using var first = Ed25519.Generate();
        using var second = Ed25519.Generate();
        Assert.False(CryptographicOperations.FixedTimeEquals(first.Export(), second.Export()));
    }

    private static byte[] Hex(JsonElement element, string name) =>
        Convert.FromHexString(element.GetProperty(name).GetString()!);
}
