using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Credentials.Issuer;
using SocialRegistry.Credentials.Types;

namespace SocialRegistry.Credentials.Discovery;

/// <summary>SD-JWT VC type metadata, served at the <c>vct</c>. Members of older drafts (<c>lang</c>) are written beside the newer ones.</summary>
internal sealed class TypeMetadata(IssuerIdentity issuer, IFieldCatalogue catalogue)
{
    public async Task<JsonObject> WriteAsync(CredentialType type, CancellationToken cancellationToken)
    {
        var fields = await catalogue.GetAsync(cancellationToken);
        return new JsonObject
        {
            ["vct"] = issuer.Vct(type.Name),
            ["name"] = type.Display[0].Name,
            ["description"] = type.Display[0].Description,
            ["display"] = new JsonArray([.. type.Display.Select(Display)]),
            ["claims"] = new JsonArray([.. CredentialTypes.Claims(type, fields).Select(Claim)]),
        };
    }

    private static JsonNode Display(TypeDisplay display) =>
        new JsonObject
        {
            ["locale"] = display.Locale,
            ["lang"] = display.Locale,
            ["name"] = display.Name,
            ["description"] = display.Description,
            ["rendering"] = new JsonObject
            {
                ["simple"] = new JsonObject
                {
                    ["background_color"] = display.BackgroundColor,
                    ["text_color"] = display.TextColor,
                },
            },
        };

    private static JsonNode Claim(MappedClaim claim) =>
        new JsonObject
        {
            ["path"] = new JsonArray(claim.Claim),
            ["mandatory"] = claim.Required,
            ["sd"] = "always",
            ["display"] = new JsonArray([
                .. claim.Field.Labels.Select(label =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["locale"] = Locales.Of(label.Key),
                            ["lang"] = Locales.Of(label.Key),
                            ["label"] = label.Value,
                        }
                ),
            ]),
        };
}
