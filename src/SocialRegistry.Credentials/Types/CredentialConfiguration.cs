using SocialRegistry.Contracts;
using SocialRegistry.Credentials.Formats;

namespace SocialRegistry.Credentials.Types;

/// <summary>What a wallet can ask for (OpenID4VCI 1.0 §12.2.4): a type in one form.</summary>
internal sealed record CredentialConfiguration(string Id, CredentialType Type, CredentialFormat Format)
{
    /// <summary>Credential format identifier.</summary>
    public string FormatName => Format == CredentialFormat.SdJwtVc ? SdJwtVcFormat.Name : JwtVcFormat.Name;

    /// <summary>JOSE name of the signature algorithm.</summary>
    public string Algorithm => Format == CredentialFormat.JwtVcEdDsa ? "EdDSA" : "ES256";

    /// <summary>The one <c>credential_identifier</c> of a configuration, when a wallet asks for identifiers (§6.2).</summary>
    public string Identifier => Id + "/1";
}

/// <summary>A claim with the field that feeds it.</summary>
internal sealed record MappedClaim(string Claim, FieldView Field, bool Required);
