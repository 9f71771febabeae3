using System.Text;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Protection;
using SocialRegistry.Registry.Sealing;
using Xunit;

namespace SocialRegistry.Registry.Tests.Sealing;

/// <summary>Known answers: the leaves and roots of the reference implementation of RFC 6962, the notes of Go's <c>sumdb/note</c>.</summary>
public sealed class MerkleTests
{
    private const string Key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string Seed = "gQoUAtUUbI2E8kQzMPVAgOv5juF9nHT2JS/F1ccoMXM=";
    private const string Text =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string Note =
        Text
        + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    private static readonly byte[][] Leaves =
    [
        [],
        [0x00],
        [0x10],
        [0x20, 0x21],
        [0x30, 0x31],
        [0x40, 0x41, 0x42, 0x43],
        [0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
        [0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
    ];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void Roots_are_those_of_the_reference_implementation()
    {
        var edge = new MerkleEdge();
        Assert.Equal(Roots[0], Convert.ToHexStringLower(edge.Root()));
        foreach (var (index, leaf) in Leaves.Index())
        {
            edge.Append(Merkle.Leaf(leaf));
            Assert.Equal(Roots[index + 1], Convert.ToHexStringLower(edge.Root()));
            Assert.Equal(Roots[index + 1], Convert.ToHexStringLower(LogMath.Root(Leaves[..(index + 1)])));
            edge = MerkleEdge.Restore(edge.Size, edge.Save());
        }
    }

    [Fact]
    public void Full_subtrees_are_told_of_once_with_their_root()
    {
        var edge = new MerkleEdge();
        var told = new Dictionary<(int, long), string>();
        foreach (var leaf in Leaves)
        {
            edge.Append(
                Merkle.Leaf(leaf),
                (level, index, hash) => told.Add((level, index), Convert.ToHexStringLower(hash))
            );
        }

        Assert.Equal(7, told.Count);
        Assert.Equal(Roots[2], told[(1, 0)]);
        Assert.Equal(Roots[4], told[(2, 0)]);
        Assert.Equal(Roots[8], told[(3, 0)]);
        Assert.Equal(Convert.ToHexStringLower(LogMath.Root(Leaves[4..])), told[(2, 1)]);
    }

    [Theory]
    [InlineData(3, 32)]
    [InlineData(-1, 0)]
    [InlineData(4, 64)]
    public void An_edge_of_another_size_is_refused(long size, int bytes) =>
        Assert.Throws<FormatException>(() => MerkleEdge.Restore(size, new byte[bytes]));

    [Fact]
    public void A_note_of_another_implementation_is_read_and_made_alike()
    {
        var key = VerifierKey.Parse(Key)!;

        Assert.Equal(Key, key.ToString());
        Assert.Equal(Text, SignedNote.Open(Note, [key]));
        Assert.Equal(Note, SignedNote.Sign(Text, "PeterNeumann", new SeedSigner(Convert.FromBase64String(Seed))));
    }

    [Fact]
    public void A_note_that_was_touched_is_refused()
    {
        var key = VerifierKey.Parse(Key)!;
        for (var i = 0; i < Note.Length; i++)
        {
            var touched = Note[..i] + (Note[i] == 'x' ? 'y' : 'x') + Note[(i + 1)..];
            Assert.Null(SignedNote.Open(touched, [key]));
        }

        foreach (var cut in (int[])[1, 2, 30, 150])
        {
            Assert.Null(SignedNote.Open(Note[..^cut], [key]));
        }
    }

    [Fact]
    public void Signatures_of_unknown_keys_are_passed_over_and_one_known_key_is_needed()
    {
        var key = VerifierKey.Parse(Key)!;
        var other = Ed25519.Generate();
        var second = SignedNote.Sign(Text, "witness.example", new SeedSigner(other.Export()));
        var both = Note + second[(Text.Length + 1)..];

        Assert.Equal(Text, SignedNote.Open(both, [key]));
        Assert.Equal(Text, SignedNote.Open(both, [new VerifierKey("witness.example", other.PublicKey)]));
        Assert.Null(SignedNote.Open(both, [new VerifierKey("other.example", other.PublicKey)]));
        Assert.Null(SignedNote.Open(Note, []));
        Assert.Null(SignedNote.Open(Note + string.Concat(Enumerable.Repeat(second[(Text.Length + 1)..], 16)), [key]));
    }

    [Theory]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T")]
    [InlineData("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2")]
    [InlineData("c74f20a3")]
    [InlineData("")]
    public void A_key_that_is_none_is_refused(string text) => Assert.Null(VerifierKey.Parse(text));

    [Fact]
    public void A_checkpoint_is_written_and_read_as_the_specification_shows_it()
    {
        const string text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        var read = CheckpointText.Parse(text)!;

        Assert.Equal(("example.com/behind-the-sofa", 20852163), (read.Origin, read.Size));
        Assert.Equal(text, read.ToString());
        Assert.Equal(20852163, CheckpointText.Parse(text + "extension\n")?.Size);
    }

    [Theory]
    [InlineData("example.com/log\n020\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("example.com/log\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("example.com/log\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jx\n")]
    [InlineData("\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("example.com/log\n1\n")]
    [InlineData("example.com/log\n99999999999999999999\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    public void A_text_that_is_no_checkpoint_is_refused(string text) => Assert.Null(CheckpointText.Parse(text));

    private sealed class SeedSigner(byte[] seed) : ISigner
    {
        private readonly Ed25519 key = Ed25519.Import(seed);

        public string Algorithm => "EdDSA";

        public string KeyId => "";

        public Jwk PublicKey =>
            new()
            {
                Kty = "OKP",
                Crv = "Ed25519",
                X = System.Buffers.Text.Base64Url.EncodeToString(key.PublicKey),
            };

        public IReadOnlyList<byte[]> CertificateChain => [];

        public byte[] Sign(ReadOnlySpan<byte> data) => key.Sign(data);
    }
}
