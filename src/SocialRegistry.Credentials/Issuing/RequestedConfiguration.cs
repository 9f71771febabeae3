using SocialRegistry.Credentials.Formats;
using SocialRegistry.Credentials.Issuer;
using SocialRegistry.Credentials.Tokens;
using SocialRegistry.Credentials.Types;

namespace SocialRegistry.Credentials.Issuing;

/// <summary>Finds what a request names, among what its token allows.</summary>
internal sealed class RequestedConfiguration(CredentialTypes types, IssuerIdentity issuer)
{
    public WalletOutcome<CredentialConfiguration> Find(CredentialRequest request, Grant grant)
    {
        var granted = grant.Configurations.Split(' ').Select(types.Find).OfType<CredentialConfiguration>().ToList();
        if (request.Identifier is { } identifier)
        {
            return granted.Find(c => grant.Identifiers && c.Identifier == identifier) is { } named
                ? named
                : WalletError.Of("unknown_credential_identifier", "The token has no such credential_identifier.");
        }

        if (request.ConfigurationId is { } id)
        {
            return granted.Find(c => c.Id == id) is { } named
                ? named
                : WalletError.Of(
                    "unknown_credential_configuration",
                    "The configuration is not known, or not part of the offer."
                );
        }

        return granted.Find(c => Matches(c, request)) is { } matching
            ? matching
            : WalletError.Of(
                "unsupported_credential_format",
                "No configuration of the offer has this format and type."
            );
    }

    private bool Matches(CredentialConfiguration configuration, CredentialRequest request) =>
        configuration.Format == CredentialFormat.SdJwtVc
            ? request.Format is SdJwtVcFormat.Name or "vc+sd-jwt"
                && (request.Vct is null || request.Vct == issuer.Vct(configuration.Type.Name))
            : request.Format == JwtVcFormat.Name
                && (request.Types is null || request.Types.Contains(configuration.Type.Name));
}
