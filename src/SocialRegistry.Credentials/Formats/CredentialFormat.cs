namespace SocialRegistry.Credentials;

/// <summary>A credential format with its signature algorithm.</summary>
/// <param name="Name">Format identifier of OpenID4VCI 1.0 appendix A.</param>
/// <param name="Algorithm">JOSE name.</param>
public sealed record CredentialFormat(string Name, string Algorithm)
{
    /// <summary>SD-JWT VC with a certificate chain in its header.</summary>
    public static CredentialFormat SdJwt { get; } = new("dc+sd-jwt", "ES256");

    /// <summary>VCDM 1.1 as JWT, Ed25519.</summary>
    public static CredentialFormat JwtVcEdDsa { get; } = new("jwt_vc_json", "EdDSA");

    /// <summary>VCDM 1.1 as JWT, P-256.</summary>
    public static CredentialFormat JwtVcEs256 { get; } = new("jwt_vc_json", "ES256");

    public static IReadOnlyList<CredentialFormat> All { get; } = [SdJwt, JwtVcEdDsa, JwtVcEs256];

    /// <exception cref="ArgumentException">No such format here.</exception>
    public static CredentialFormat Of(string name, string algorithm) =>
        All.FirstOrDefault(format => format.Name == name && format.Algorithm == algorithm)
        ?? throw new ArgumentException($"There is no credential format {name} with {algorithm}.");
}
