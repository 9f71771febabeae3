using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;

namespace SocialRegistry.Api.Versions;

/// <summary>
/// Opens signed feedback: a compact JWS (RFC 7515) over the JSON, by a key of the application, with <c>iat</c> (Unix seconds) in its
/// protected header. What is signed counts for ten minutes, so that nothing caught on the way brings old values back later.
/// </summary>
internal sealed class FeedbackSignatures(IPartners partners, TimeProvider time)
{
    public const string MediaType = "application/jose";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private static Problem Refused(string detail) => Problem.Forbidden("feedback.signature_invalid", detail);

    /// <summary>The JSON that counts: what was sent, or what was signed.</summary>
    public async Task<Outcome<ReadOnlyMemory<byte>>> OpenAsync(
        ReadOnlyMemory<byte> body,
        bool isSigned,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var partner = caller.Kind == CallerKind.Partner ? await partners.FindAsync(caller.Id, cancellationToken) : null;
        if (!isSigned)
        {
            return partner?.Signature == "required"
                ? Problem.Forbidden(
                    "feedback.signature_required",
                    $"This application signs its feedback: send a compact JWS as {MediaType}."
                )
                : body;
        }

        if (!Jws.TryParse(System.Text.Encoding.ASCII.GetString(body.Span).Trim(), out var token))
        {
            return Refused("The body is not a compact JWS.");
        }

        if (
            !token.Header.TryGetProperty("iat", out var issued)
            || issued.ValueKind != JsonValueKind.Number
            || !issued.TryGetInt64(out var seconds)
            || Math.Abs(time.GetUtcNow().ToUnixTimeSeconds() - seconds) > Life.TotalSeconds
        )
        {
            return Refused("The protected header needs iat, in Unix seconds and not older than ten minutes.");
        }

        return partner is not null && Keys(partner, token.Text("kid")).Any(key => JwsVerifier.Verify(token, key))
            ? (ReadOnlyMemory<byte>)token.Payload
            : Refused("The signature is not by a key of this application.");
    }

    private static IEnumerable<Jwk> Keys(PartnerView partner, string? keyId)
    {
        if (partner.Jwks is not { } jwks)
        {
            return [];
        }

        using var document = JsonDocument.Parse(jwks, new JsonDocumentOptions { MaxDepth = 16 });
        return JwkParser.TryParseSet(document.RootElement, out var keys, out _)
            ? keys.Where(key => key.Use is null or "sig")
                .Where(key => keyId is null || key.Kid is null || key.Kid == keyId || key.Thumbprint() == keyId)
                .ToList()
            : [];
    }
}
