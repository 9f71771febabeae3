using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;

namespace SocialRegistry.Standards.Dci.Signatures;

/// <summary>
/// Signs our answers: the standard's example string for DCI partners, a detached JWS for OpenG2P (DCI API standard, message signature). What is signed is
/// <c>{"header":…,"message":…}</c> as it goes on the wire: sorted, compact and escaped, so that every way to write it again gives the same.
/// </summary>
internal sealed class MessageSigner(IKeyRing keyRing, DciIdentity identity, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    /// <param name="signed">The object <c>{"header":…,"message":…}</c>.</param>
    public string Sign(ReadOnlySpan<byte> signed, PartnerView partner)
    {
        var signer = keyRing.Signer(KeyPurpose.MessageSigning);
        return partner.Dialect == "openg2p" ? SignDetached(signer, signed) : SignString(signer, signed);
    }

    private string SignString(ISigner signer, ReadOnlySpan<byte> signed)
    {
        var algorithm = signer.Algorithm == "EdDSA" ? "ed25519" : signer.Algorithm.ToLowerInvariant();
        var created = time.GetUtcNow();
        var expires = created + Life;
        var digest = Convert.ToBase64String(SHA256.HashData(signed));
        var signature = Convert.ToBase64String(
            signer.Sign(Encoding.ASCII.GetBytes(SignatureString.SigningString(created, expires, digest)))
        );
        return $"namespace=\"dci\", kidId=\"{identity.Id}|{signer.KeyId}|{algorithm}\", algorithm=\"{algorithm}\", "
            + $"created=\"{created.ToUnixTimeSeconds()}\", expires=\"{expires.ToUnixTimeSeconds()}\", "
            + $"headers=\"{SignatureString.SignedHeaders}\", signature=\"{signature}\"";
    }

    private static string SignDetached(ISigner signer, ReadOnlySpan<byte> signed)
    {
        var header = Base64Url.EncodeToString(
            Encoding.UTF8.GetBytes($$"""{"alg":"{{signer.Algorithm}}","kid":"{{signer.KeyId}}"}""")
        );
        var input = Encoding.ASCII.GetBytes(header + "." + Base64Url.EncodeToString(signed));
        return header + ".." + Base64Url.EncodeToString(signer.Sign(input));
    }
}
