using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using SocialRegistry.Contracts;
using SocialRegistry.Credentials.Formats;
using SocialRegistry.Credentials.Issuer;
using SocialRegistry.Credentials.Issuing;
using SocialRegistry.Credentials.Tokens;
using SocialRegistry.Credentials.Types;

namespace SocialRegistry.Credentials.Discovery;

/// <summary>Credential issuer metadata (OpenID4VCI 1.0 §12.2.4), made from the credential types and the catalogue as it stands.</summary>
internal sealed class IssuerMetadata(
    IssuerIdentity issuer,
    CredentialTypes types,
    IFieldCatalogue catalogue,
    IOptions<CredentialsOptions> options
)
{
    public async Task<JsonObject> WriteAsync(CancellationToken cancellationToken)
    {
        var fields = await catalogue.GetAsync(cancellationToken);
        return new JsonObject
        {
            ["credential_issuer"] = issuer.Url,
            ["credential_endpoint"] = issuer.Url + CredentialEndpoint.Path,
            ["nonce_endpoint"] = issuer.Url + TokenEndpoints.NoncePath,
            // Of drafts before 13, which look for it here.
            ["token_endpoint"] = issuer.Url + TokenEndpoints.TokenPath,
            ["batch_credential_issuance"] = new JsonObject { ["batch_size"] = options.Value.BatchSize },
            ["display"] = new JsonArray(new JsonObject { ["name"] = "Social Registry", ["locale"] = "en" }),
            ["credential_configurations_supported"] = new JsonObject(
                types.Configurations.Select(configuration =>
                    KeyValuePair.Create(configuration.Id, (JsonNode?)Configuration(configuration, fields))
                )
            ),
        };
    }

    private JsonObject Configuration(CredentialConfiguration configuration, CatalogueView fields)
    {
        var type = configuration.Type;
        var written = new JsonObject
        {
            ["format"] = configuration.FormatName,
            ["cryptographic_binding_methods_supported"] = new JsonArray("jwk", "did:key", "did:jwk"),
            ["credential_signing_alg_values_supported"] = new JsonArray(configuration.Algorithm),
            ["proof_types_supported"] = new JsonObject
            {
                ["jwt"] = new JsonObject
                {
                    ["proof_signing_alg_values_supported"] = new JsonArray([
                        .. KeyProofs.Algorithms.Select(algorithm => (JsonNode)algorithm),
                    ]),
                },
            },
            ["credential_metadata"] = new JsonObject
            {
                ["display"] = Display(type),
                ["claims"] = Claims(configuration, fields),
            },
            // Where wallets of the drafts look.
            ["display"] = Display(type),
        };
        if (configuration.Format == CredentialFormat.SdJwtVc)
        {
            written["vct"] = issuer.Vct(type.Name);
        }
        else
        {
            written["credential_definition"] = new JsonObject
            {
                ["type"] = new JsonArray("VerifiableCredential", type.Name),
            };
        }

        return written;
    }

    private static JsonArray Display(CredentialType type) =>
        [
            .. type.Display.Select(display => new JsonObject
            {
                ["name"] = display.Name,
                ["locale"] = display.Locale,
                ["description"] = display.Description,
                ["background_color"] = display.BackgroundColor,
                ["text_color"] = display.TextColor,
            }),
        ];

    // Appendix B.2: paths of W3C credentials begin at the credential, those of SD-JWT VC at its claims.
    private static JsonArray Claims(CredentialConfiguration configuration, CatalogueView fields) =>
        [
            .. CredentialTypes
                .Claims(configuration, fields)
                .Select(claim => new JsonObject
                {
                    ["path"] =
                        configuration.Format == CredentialFormat.SdJwtVc
                            ? new JsonArray(claim.Claim)
                            : new JsonArray("credentialSubject", claim.Claim),
                    ["mandatory"] = claim.Required,
                    ["display"] = new JsonArray([
                        .. claim.Field.Labels.Select(label =>
                            (JsonNode)new JsonObject { ["name"] = label.Value, ["locale"] = Locales.Of(label.Key) }
                        ),
                    ]),
                }),
        ];
}
