using System.Text.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Credentials.Issuer;
using SocialRegistry.LinkedData;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Discovery;

/// <summary>The public keys of this deployment: as key set, as did:web document, as JWT VC issuer metadata.</summary>
internal sealed class IssuerKeys(IKeyRing keys, IssuerIdentity issuer)
{
    private static readonly KeyPurpose[] Published =
    [
        KeyPurpose.CredentialEs256,
        KeyPurpose.CredentialEdDsa,
        KeyPurpose.MessageSigning,
        KeyPurpose.TokenSigning,
    ];

    /// <summary>RFC 7517 §5.</summary>
    public JsonObject KeySet() => Set(Published.SelectMany(keys.PublicKeys));

    /// <summary><c>/.well-known/jwt-vc-issuer</c> of SD-JWT VC: keys that sign credentials of that form.</summary>
    public JsonObject JwtVcIssuer() =>
        new() { ["issuer"] = issuer.Url, ["jwks"] = Set(keys.PublicKeys(KeyPurpose.CredentialEs256)) };

    /// <summary>The DID document. Each key stands in every form that verifiers look for.</summary>
    public JsonObject DidDocument()
    {
        var methods = keys.PublicKeys(KeyPurpose.CredentialEdDsa)
            .Concat(keys.PublicKeys(KeyPurpose.CredentialEs256))
            .SelectMany(Methods)
            .ToList();
        var ids = methods.Select(method => (string)method["id"]!).ToList();
        return new JsonObject
        {
            // did/v1 must come first; some verifiers frame the document otherwise.
            ["@context"] = new JsonArray(
                "https://www.w3.org/ns/did/v1",
                "https://w3id.org/security/multikey/v1",
                "https://w3id.org/security/suites/ed25519-2020/v1",
                "https://w3id.org/security/suites/jws-2020/v1"
            ),
            ["id"] = issuer.Did,
            ["verificationMethod"] = new JsonArray([.. methods]),
            ["assertionMethod"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]),
            ["authentication"] = new JsonArray([.. ids.Select(id => (JsonNode)id)]),
        };
    }

    private IEnumerable<JsonNode> Methods(Jwk key)
    {
        var multikey = Multikey.Encode(new PublicKeyParts(key.Kty, key.Crv!, key.X!, key.Y));
        var jwk = Method(issuer.KeyUrl(key.Kid!), "JsonWebKey2020");
        jwk["publicKeyJwk"] = JsonSerializer.SerializeToNode(key);
        yield return jwk;
        var multi = Method(issuer.KeyUrl(multikey), "Multikey");
        multi["publicKeyMultibase"] = multikey;
        yield return multi;
        if (key.Crv == "Ed25519")
        {
            var suite = Method(issuer.KeyUrl(key.Kid + "-ed25519-2020"), "Ed25519VerificationKey2020");
            suite["publicKeyMultibase"] = multikey;
            yield return suite;
        }
    }

    private JsonObject Method(string id, string type) =>
        new()
        {
            ["id"] = id,
            ["type"] = type,
            ["controller"] = issuer.Did,
        };

    private static JsonObject Set(IEnumerable<Jwk> keys) =>
        new() { ["keys"] = new JsonArray([.. keys.Select(key => JsonSerializer.SerializeToNode(key))]) };
}
