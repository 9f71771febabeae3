using System.Text.Json;
using SocialRegistry.Credentials.Formats;
using SocialRegistry.Credentials.Issuer;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Verification;

/// <summary>
/// Checks credentials of this deployment: signature, issuer and dates, with its own public keys. Credentials of others are refused as
/// such; nothing is fetched. Thread-safe.
/// </summary>
/// <param name="issuer">Public address of the deployment.</param>
public sealed class CredentialVerifier(IKeyRing keys, string issuer, TimeProvider time)
{
    /// <summary>Longest credential that is looked at, in characters.</summary>
    public const int MaxLength = 256 * 1024;

    private readonly IssuerIdentity identity = IssuerIdentity.From(issuer);

    /// <param name="credential">Compact form: JWT, or SD-JWT with its tildes.</param>
    public VerificationReport Verify(string credential)
    {
        if (credential.Length > MaxLength)
        {
            return new CheckList(null).Refused("form", $"It is longer than {MaxLength} characters.");
        }

        return credential.Contains('~', StringComparison.Ordinal)
            ? new SdJwtVerification(keys, identity, time.GetUtcNow()).Verify(credential)
            : VerifyJwt(credential);
    }

    private VerificationReport VerifyJwt(string credential)
    {
        if (!CompactJws.TryParse(credential, out var token, out var payload))
        {
            return new CheckList(null).Refused("form", "It is neither a signed JWT nor an SD-JWT.");
        }

        var list = new CheckList(JwtVcFormat.Name);
        if (
            !list.Check(
                token.Text("typ") == "JWT"
                    && payload.TryGetProperty("vc", out var vc)
                    && vc.ValueKind == JsonValueKind.Object,
                "form",
                "A W3C credential as JWT.",
                "It is a JWT, but not a W3C credential."
            )
        )
        {
            return list.Refused();
        }

        // The key is chosen by the DID URL in the header: ours or none.
        var key = keys.PublicKeys(KeyPurpose.CredentialEdDsa)
            .Concat(keys.PublicKeys(KeyPurpose.CredentialEs256))
            .FirstOrDefault(key => key.Kid is not null && token.Text("kid") == identity.KeyUrl(key.Kid));
        if (key is null)
        {
            return list.Refused("issuer", "The key it names is not one of this deployment.");
        }

        return
            list.Check(
                JwsVerifier.Verify(token, key),
                "signature",
                $"Signed by this deployment ({token.Algorithm}).",
                "The signature is not that of the named key over this content."
            )
            && list.Check(
                IsOurs(payload, payload.GetProperty("vc")),
                "issuer",
                $"Issued by {identity.Did}.",
                "It does not name this deployment as its issuer."
            )
            && list.CheckDates(payload, time.GetUtcNow())
            ? Shown(list, payload.GetProperty("vc"))
            : list.Refused();
    }

    private bool IsOurs(JsonElement payload, JsonElement vc) =>
        payload.TryText("iss", out var iss)
        && iss == identity.Did
        && vc.TryText("issuer", out var named)
        && named == identity.Did
        && vc.TryGetProperty("type", out var types)
        && types.ValueKind == JsonValueKind.Array
        && types.EnumerateArray().Any(type => type.ValueEquals("VerifiableCredential"))
        && vc.TryGetProperty("credentialSubject", out var subject)
        && subject.ValueKind == JsonValueKind.Object;

    private VerificationReport Shown(CheckList list, JsonElement vc) =>
        list.Verified(
            identity.Did,
            vc.GetProperty("credentialSubject")
                .EnumerateObject()
                .Where(member => member.Name != "id")
                .ToDictionary(member => member.Name, member => member.Value),
            vc.TryGetProperty("evidence", out var evidence) ? evidence : null
        );
}
