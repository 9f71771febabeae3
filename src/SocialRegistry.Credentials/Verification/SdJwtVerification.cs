using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SocialRegistry.Credentials.Formats;
using SocialRegistry.Credentials.Issuer;
using SocialRegistry.Protection;

namespace SocialRegistry.Credentials.Verification;

/// <summary>Verification of one SD-JWT VC by RFC 9901 §7.1, and §7.3 when a key binding JWT is at its end.</summary>
internal sealed class SdJwtVerification(IKeyRing keys, IssuerIdentity issuer, DateTimeOffset now)
{
    private const int MaxDisclosures = 200;

    private readonly CheckList list = new(SdJwtVcFormat.Name);

    public VerificationReport Verify(string credential)
    {
        // §7.1 step 1: issuer-signed JWT, disclosures, and what stands behind the last tilde.
        var parts = credential.Split('~');
        var disclosures = parts[1..^1];
        var isSdJwt = CompactJws.TryParse(parts[0], out var token, out var payload);
        return
            list.Check(
                isSdJwt && disclosures.Length <= MaxDisclosures && credential.All(char.IsAscii),
                "form",
                "An SD-JWT credential.",
                "It has tildes, but is not an SD-JWT."
            )
            && CheckSignature(token)
            && CheckDisclosures(payload, disclosures, out var claims)
            && CheckIssuer(payload)
            && list.CheckDates(payload, now)
            && CheckHolder(payload, parts[^1], credential)
            ? Shown(claims)
            : list.Refused();
    }

    // §7.1 step 2: the key comes with the certificate, the trust from our root only.
    private bool CheckSignature(JwsToken token)
    {
        if (token.Text("typ") != SdJwtVcFormat.Name || !X5c.TryRead(token.Header, out var chain))
        {
            return list.Check(false, "certificate", "", "The header has no certificate chain, or another type.");
        }

        var trusted =
            X5c.TryVerify(chain, keys.TrustAnchors(KeyPurpose.CredentialEs256), now, out var key)
            && keys.PublicKeys(KeyPurpose.CredentialEs256).Any(own => own.X == key.X && own.Y == key.Y);
        return list.Check(
                trusted,
                "certificate",
                "The certificate chain ends at this deployment's root.",
                "The certificate chain does not end at this deployment's root, or is out of date."
            )
            && list.Check(
                JwsVerifier.Verify(token, key!),
                "signature",
                $"Signed by this deployment ({token.Algorithm}).",
                "The signature is not that of the certified key over this content."
            );
    }

    // §7.1 step 3: every disclosure is referred to by exactly one digest, no name comes twice.
    private bool CheckDisclosures(JsonElement payload, string[] disclosures, out Dictionary<string, JsonElement> claims)
    {
        claims = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var good = TryReadDigests(payload, out var digests);
        foreach (var disclosure in disclosures)
        {
            good =
                good
                && TryReadDisclosure(disclosure, out var name, out var value)
                && digests.Remove(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(disclosure))))
                && !payload.Has(name)
                && claims.TryAdd(name, value);
        }

        return list.Check(
            good,
            "disclosures",
            $"{disclosures.Length} disclosed claims belong to the signature.",
            "A disclosed claim is not the one that was signed, or comes twice."
        );
    }

    private static bool TryReadDigests(JsonElement payload, out HashSet<string> digests)
    {
        digests = new HashSet<string>(StringComparer.Ordinal);
        if (!payload.TryText("_sd_alg", out var algorithm) || algorithm != "sha-256")
        {
            return false;
        }

        if (!payload.TryGetProperty("_sd", out var array) || array.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (var digest in array.EnumerateArray())
        {
            if (digest.ValueKind != JsonValueKind.String || !digests.Add(digest.GetString()!))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadDisclosure(string disclosure, out string name, out JsonElement value)
    {
        (name, value) = ("", default);
        if (
            !StrictBase64Url.TryDecode(disclosure, out var json)
            || !CompactJws.TryParseJson(json, out var array)
            || array.ValueKind != JsonValueKind.Array
            || array.GetArrayLength() != 3
            || array[0].ValueKind != JsonValueKind.String
            || array[1].ValueKind != JsonValueKind.String
        )
        {
            return false;
        }

        try
        {
            (name, value) = (array[1].GetString()!, array[2]);
            return name is not ("_sd" or "..." or "_sd_alg") && !IsHiding(value);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: no text.
            return false;
        }
    }

    // Ours have no digests inside of values; one would be a claim that this reading does not see.
    private static bool IsHiding(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value
                .EnumerateObject()
                .Any(member => member.Name is "_sd" or "..." || IsHiding(member.Value)),
            JsonValueKind.Array => value.EnumerateArray().Any(IsHiding),
            _ => false,
        };

    private bool CheckIssuer(JsonElement payload) =>
        list.Check(
            payload.TryText("iss", out var iss)
                && iss == issuer.Url
                && payload.TryText("vct", out var vct)
                && vct.StartsWith(issuer.Vct(""), StringComparison.Ordinal),
            "issuer",
            $"Issued by {issuer.Url}.",
            "It does not name this deployment as its issuer."
        );

    // §7.3: signature and hash of a key binding JWT. Nonce and audience were agreed between holder and verifier; they are not known here.
    private bool CheckHolder(JsonElement payload, string binding, string credential)
    {
        if (binding.Length == 0)
        {
            return true;
        }

        var presented = Encoding.ASCII.GetBytes(credential[..^binding.Length]);
        var good =
            CompactJws.TryParse(binding, out var token, out var proof)
            && token.Text("typ") == "kb+jwt"
            && payload.TryGetProperty("cnf", out var confirmation)
            && confirmation.ValueKind == JsonValueKind.Object
            && confirmation.TryGetProperty("jwk", out var jwk)
            && Jwk.TryParse(jwk, out var key)
            && JwsVerifier.Verify(token, key)
            && proof.TryText("sd_hash", out var hash)
            && hash == Base64Url.EncodeToString(SHA256.HashData(presented))
            && proof.TryMoment("iat", out var at)
            && at <= now + Dates.Skew;
        return list.Check(
            good,
            "holder",
            "Presented by its holder; compare nonce and audience with those you asked for.",
            "The key binding at its end is not the holder's over this presentation."
        );
    }

    private VerificationReport Shown(Dictionary<string, JsonElement> claims)
    {
        var shown = claims.Remove("evidence", out var evidence);
        return list.Verified(issuer.Url, claims, shown ? evidence : null);
    }
}
