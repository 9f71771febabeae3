namespace SocialRegistry.Credentials.Formats;

/// <summary>The forms in which a credential is signed.</summary>
public enum CredentialFormat
{
    /// <summary><c>dc+sd-jwt</c>: SD-JWT VC (RFC 9901 and draft-ietf-oauth-sd-jwt-vc), ES256 with <c>x5c</c>; each claim can be disclosed alone.</summary>
    SdJwtVc,

    /// <summary><c>jwt_vc_json</c>: W3C VCDM 1.1 as JWT, EdDSA (Ed25519).</summary>
    JwtVcEdDsa,

    /// <summary><c>jwt_vc_json</c>: W3C VCDM 1.1 as JWT, ES256.</summary>
    JwtVcEs256,
}
