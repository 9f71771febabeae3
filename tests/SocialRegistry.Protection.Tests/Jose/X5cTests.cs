using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Xunit;

namespace SocialRegistry.Protection.Tests.Jose;

public class X5cTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_chain_with_an_intermediate_builds_to_its_root()
    {
        using var chain = new Chain();
        Assert.True(X5c.TryVerify([chain.Leaf, chain.Middle], [chain.Root], Now, out var key));
        Assert.Equal("P-256", key.Crv);
        Assert.True(X5c.TryReadKey([chain.Leaf], out var read));
        Assert.Equal(read.Thumbprint(), key.Thumbprint());
        Assert.True(X5c.TryVerify([chain.Leaf, chain.Middle, chain.Root], [chain.Root], Now, out _));
    }

    [Fact]
    public void What_does_not_build_to_a_named_root_is_refused()
    {
        using var chain = new Chain();
        using var other = new Chain();
        Assert.False(X5c.TryVerify([chain.Leaf], [chain.Root], Now, out _));
        Assert.False(X5c.TryVerify([chain.Leaf, chain.Middle], [other.Root], Now, out _));
        Assert.False(X5c.TryVerify([chain.Leaf, chain.Middle], [], Now, out _));
        Assert.False(X5c.TryVerify([], [chain.Root], Now, out _));
        Assert.False(X5c.TryVerify([chain.Middle, chain.Leaf], [chain.Root], Now, out _));
        Assert.False(X5c.TryVerify([chain.Leaf, other.Middle, chain.Middle], [chain.Root], Now, out _));
        Assert.False(X5c.TryVerify([chain.Root], [chain.Root], Now, out _));
        Assert.False(X5c.TryVerify([chain.Middle], [chain.Root], Now, out _));
        Assert.False(
            X5c.TryVerify(
                [
                    [1, 2, 3],
                ],
                [chain.Root],
                Now,
                out _
            )
        );
        byte[] altered = [.. chain.Leaf];
        altered[^1] ^= 1;
        Assert.False(X5c.TryVerify([altered, chain.Middle], [chain.Root], Now, out _));
    }

    [Theory, InlineData(-2), InlineData(800)]
    public void A_chain_is_valid_only_in_its_time(int days)
    {
        using var chain = new Chain();
        Assert.False(X5c.TryVerify([chain.Leaf, chain.Middle], [chain.Root], Now.AddDays(days), out _));
    }

    [Fact]
    public void A_leaf_that_may_not_sign_is_refused()
    {
        using var chain = new Chain(X509KeyUsageFlags.KeyAgreement);
        Assert.False(X5c.TryVerify([chain.Leaf, chain.Middle], [chain.Root], Now, out _));
    }

    [Fact]
    public void A_self_signed_leaf_is_refused_although_its_issuer_is_trusted()
    {
        using var chain = new Chain();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var alone = new CertificateRequest("CN=root", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            Now.AddDays(-1),
            Now.AddDays(1)
        );
        Assert.False(X5c.TryVerify([alone.RawData], [chain.Root], Now, out _));
        Assert.False(X5c.TryVerify([alone.RawData], [alone.RawData], Now, out _));
    }

    [Fact]
    public void The_header_member_is_read_as_it_is_written()
    {
        using var chain = new Chain();
        var header = JsonSerializer.SerializeToElement(new { x5c = X5c.Write([chain.Leaf, chain.Middle]) });
        Assert.True(X5c.TryRead(header, out var read));
        Assert.Equal([chain.Leaf, chain.Middle], read);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"x5c":[]}""")]
    [InlineData("""{"x5c":"AAAA"}""")]
    [InlineData("""{"x5c":[5]}""")]
    [InlineData("""{"x5c":["AA A"]}""")]
    [InlineData("""{"x5c":["A_-A"]}""")]
    [InlineData("""{"x5c":["AAAA","AAAA","AAAA","AAAA","AAAA","AAAA","AAAA","AAAA","AAAA"]}""")]
    public void A_malformed_header_member_is_refused(string header) =>
        Assert.False(X5c.TryRead(JsonDocument.Parse(header).RootElement, out _));

    /// <summary>root – middle – leaf.</summary>
    private sealed class Chain : IDisposable
    {
        private readonly ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly ECDsa middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly ECDsa leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        public Chain(X509KeyUsageFlags leafUsage = X509KeyUsageFlags.DigitalSignature)
        {
            using var root = Authority("CN=root", rootKey).CreateSelfSigned(Now.AddDays(-1), Now.AddDays(1000));
            using var middle = Authority("CN=middle", middleKey).Create(root, Now.AddDays(-1), Now.AddDays(900), [1]);
            using var signing = middle.CopyWithPrivateKey(middleKey);
            var request = new CertificateRequest("CN=leaf", leafKey, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509KeyUsageExtension(leafUsage, true));
            using var leaf = request.Create(signing, Now.AddDays(-1), Now.AddDays(700), [2]);
            (Root, Middle, Leaf) = (root.RawData, middle.RawData, leaf.RawData);
        }

        public byte[] Root { get; }

        public byte[] Middle { get; }

        public byte[] Leaf { get; }

        public void Dispose()
        {
            rootKey.Dispose();
            middleKey.Dispose();
            leafKey.Dispose();
        }

        private static CertificateRequest Authority(string name, ECDsa key)
        {
            var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
            return request;
        }
    }
}
