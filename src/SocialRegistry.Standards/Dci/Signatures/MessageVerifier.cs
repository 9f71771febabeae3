using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Standards.Dci.Envelope;

namespace SocialRegistry.Standards.Dci.Signatures;

/// <summary>
/// Checks the member <c>signature</c> against the partner's keys, in each dialect that is in use: the standard's example string, a
/// detached or whole compact JWS, and the Base64 of G2P Connect's Java reference (DCI API standard and G2P Connect, message signature).
/// </summary>
internal sealed class MessageVerifier(PartnerKeys keys, TimeProvider time)
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);
    private static readonly string[] DigestPrefixes = ["", "SHA-256="];

    /// <summary>Which form a partner's last good signature was over, so that the next needs one try.</summary>
    private readonly ConcurrentDictionary<string, SignedForm> usual = new(StringComparer.Ordinal);

    /// <summary>What is wrong with the signature by the partner's policy; <c>null</c> when nothing is.</summary>
    public Problem? Check(SignedEnvelope envelope, PartnerView partner)
    {
        if (partner.Signature == "off")
        {
            return null;
        }

        if (IsAbsent(envelope.Signature))
        {
            return partner.Signature == "required" ? DciErrors.SignatureMissing : null;
        }

        if (!JsonTexts.TryGet(envelope.Signature!.Value, out var text) || text.Length > 4_000)
        {
            return DciErrors.SignatureInvalid("it is not a string of at most 4000 characters.");
        }

        if (envelope.HasDuplicates)
        {
            return DciErrors.SignatureInvalid("a signed message may not have a member twice.");
        }

        if (text.Contains("signature=\"", StringComparison.Ordinal))
        {
            return CheckString(text, envelope, partner);
        }

        return text.Split('.') switch
        {
            [var header, var payload, var signature] => CheckJws(header, payload, signature, envelope, partner),
            _ => CheckBase64(text, envelope, partner),
        };
    }

    /// <summary>Nothing, or what senders put there who do not sign: the standard's own example, and two words of test clients.</summary>
    private static bool IsAbsent(JsonElement? signature) =>
        signature is not { } given
        || (
            JsonTexts.TryGet(given, out var text)
            && (
                text is "" or "unsigned" or "unsigned-stub"
                || text.Contains("{sender_id}|{unique_key_id}|{algorithm}", StringComparison.Ordinal)
            )
        );

    private Problem? CheckString(string text, SignedEnvelope envelope, PartnerView partner)
    {
        if (!SignatureString.TryParse(text, out var signature))
        {
            return DciErrors.SignatureInvalid(
                "it must name kidId, algorithm, created, expires, headers \""
                    + SignatureString.SignedHeaders
                    + "\" and signature."
            );
        }

        if (signature.SenderId != partner.Id)
        {
            return DciErrors.SignatureInvalid("the sender in kidId is not header.sender_id.");
        }

        var now = time.GetUtcNow();
        if (signature.Expires < now - Skew || signature.Created > now + Skew)
        {
            return DciErrors.SignatureInvalid("it has expired, or was created in the future.");
        }

        if (signature.Expires < signature.Created || signature.Expires - signature.Created > LongestLife)
        {
            return DciErrors.SignatureInvalid("it may live for at most one hour.");
        }

        return AnyForm(
            envelope,
            partner,
            signature.KeyId,
            (bytes, key) =>
            {
                var digest = Convert.ToBase64String(SHA256.HashData(bytes));
                return DigestPrefixes.Any(prefix =>
                    JwsVerifier.Verify(
                        signature.Algorithm,
                        Encoding.ASCII.GetBytes(
                            SignatureString.SigningString(signature.Created, signature.Expires, prefix + digest)
                        ),
                        signature.Signature,
                        key
                    )
                );
            }
        );
    }

    private Problem? CheckJws(
        string header,
        string payload,
        string signature,
        SignedEnvelope envelope,
        PartnerView partner
    )
    {
        if (
            !Jws.TryParse($"{header}.{payload}.{signature}", out var token)
            || token.Algorithm is not ("EdDSA" or "ES256" or "RS256" or "PS256")
        )
        {
            return DciErrors.SignatureInvalid("it must be a JWS with EdDSA, ES256, RS256 or PS256.");
        }

        return AnyForm(
            envelope,
            partner,
            token.Text("kid"),
            (bytes, key) =>
                (payload.Length == 0 || token.Payload.AsSpan().SequenceEqual(bytes))
                && JwsVerifier.Verify(
                    token.Algorithm,
                    Encoding.ASCII.GetBytes(header + "." + Base64Url.EncodeToString(bytes)),
                    token.Signature,
                    key
                )
        );
    }

    /// <summary>SHA256withRSA over the texts of header and message, one behind the other.</summary>
    private Problem? CheckBase64(string text, SignedEnvelope envelope, PartnerView partner) =>
        Bytes.TryBase64(text, out var signature)
        && keys.Find(partner, null)
            .Any(key => JwsVerifier.Verify("RS256", [.. envelope.RawHeader, .. envelope.RawMessage], signature, key))
            ? null
            : DciErrors.SignatureInvalid("it is in no form that is known here, or not by a key of this partner.");

    private Problem? AnyForm(
        SignedEnvelope envelope,
        PartnerView partner,
        string? keyId,
        Func<byte[], Jwk, bool> verify
    )
    {
        var candidates = keys.Find(partner, keyId).ToList();
        if (candidates.Count == 0)
        {
            return DciErrors.SignatureInvalid("this partner has no such key.");
        }

        var first = usual.GetValueOrDefault(partner.Id);
        foreach (var form in SignedForms.All.OrderBy(form => form != first))
        {
            if (envelope.Bytes(form) is { } bytes && candidates.Any(key => verify(bytes, key)))
            {
                usual[partner.Id] = form;
                return null;
            }
        }

        return DciErrors.SignatureInvalid("it is not that of the partner's key over header and message.");
    }
}
