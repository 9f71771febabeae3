using SocialRegistry.Credentials.Issuer;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Formats;

/// <summary>Writes and signs credentials; knows neither HTTP nor database. Thread-safe. Opens the key ring when it is made.</summary>
public sealed class CredentialSigner
{
    private readonly SdJwtVcFormat sdJwt;
    private readonly JwtVcFormat jwtEdDsa;
    private readonly JwtVcFormat jwtEs256;

    /// <param name="issuer">Public address of the deployment, an absolute http or https URL.</param>
    public CredentialSigner(IKeyRing keys, string issuer)
    {
        var identity = IssuerIdentity.From(issuer);
        var es256 = keys.Signer(KeyPurpose.CredentialEs256);
        sdJwt = new SdJwtVcFormat(es256, identity);
        jwtEs256 = new JwtVcFormat(es256, identity);
        jwtEdDsa = new JwtVcFormat(keys.Signer(KeyPurpose.CredentialEdDsa), identity);
    }

    /// <summary>The credential in its compact form.</summary>
    public string Issue(CredentialFormat format, CredentialContent content) =>
        format switch
        {
            CredentialFormat.SdJwtVc => sdJwt.Issue(content),
            CredentialFormat.JwtVcEdDsa => jwtEdDsa.Issue(content),
            CredentialFormat.JwtVcEs256 => jwtEs256.Issue(content),
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
}
