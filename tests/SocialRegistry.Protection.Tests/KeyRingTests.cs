using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace SocialRegistry.Protection.Tests;

public class KeyRingTests
{
    [Fact]
    public void Two_openings_of_one_store_have_the_same_keys()
    {
        using var folders = new KeyFolders();
        var first = folders.Ring();
        var secret = first.Secret("blind-index/identifier/UIN");
        var second = folders.Ring();

        foreach (var purpose in Enum.GetValues<KeyPurpose>())
        {
            Assert.Equal(first.Signer(purpose).KeyId, second.Signer(purpose).KeyId);
        }

        Assert.Equal(secret, second.Secret("blind-index/identifier/UIN"));
        Assert.Equal(first.Id, second.Id);
    }

    [Fact]
    public void The_self_test_of_a_new_store_passes()
    {
        using var folders = new KeyFolders();
        var ring = folders.Ring();
        ring.Secret("pseudonym/a");
        ring.SelfTest();
        Assert.Equal(Enum.GetValues<KeyPurpose>().Length, Keys(ring).Distinct().Count());
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
    }

    private static IEnumerable<string> Keys(FileKeyRing ring) =>
        Enum.GetValues<KeyPurpose>().Select(purpose => ring.Signer(purpose).KeyId);
}
