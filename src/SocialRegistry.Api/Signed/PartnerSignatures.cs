using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;

namespace SocialRegistry.Api.Signed;

/// <summary>
/// Opens what connected applications sign: a compact JWS (RFC 7515) over the JSON, by a key of the application, with <c>iat</c> (Unix
/// seconds) in its protected header. What is signed counts for ten minutes, so that nothing caught on the way counts later.
/// </summary>
internal sealed class PartnerSignatures(IPartners partners, TimeProvider time)
{
    public const string MediaType = "application/jose";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    /// <summary>The JSON that counts: what was sent, or what was signed.</summary>
    /// <param name="subject">What is sent, first part of the codes <c>signature_required</c> and <c>signature_invalid</c>.</param>
    public async Task<Outcome<OpenedBody>> OpenAsync(
        SentBody body,
        string subject,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var partner = caller.Kind == CallerKind.Partner ? await partners.FindAsync(caller.Id, cancellationToken) : null;
        if (body.MediaType != MediaType)
        {
            return MustSign(partner) ? Unsigned(subject) : new OpenedBody(body.Content, null);
        }

        if (!Jws.TryParse(Encoding.ASCII.GetString(body.Content.Span).Trim(), out var token))
        {
            return Refused(subject, "The body is not a compact JWS.");
        }

        if (
            !token.Header.TryGetProperty("iat", out var issued)
            || issued.ValueKind != JsonValueKind.Number
            || !issued.TryGetInt64(out var seconds)
            || !IsRecent(seconds)
        )
        {
            return Refused(subject, "The protected header needs iat, in Unix seconds and not older than ten minutes.");
        }

        return
            partner is not null && Keys(partner, token.Text("kid")).Find(k => JwsVerifier.Verify(token, k)) is { } key
            ? new OpenedBody(
                token.Payload,
                new StatementSignature(key.Thumbprint(), SHA256.HashData(token.SigningInput))
            )
            : Refused(subject, "The signature is not by a key of this application.");
    }

    /// <summary>What an application that signs hears where nothing signed is taken.</summary>
    public async Task<Problem?> RefuseUnsignedAsync(
        string subject,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        caller.Kind == CallerKind.Partner && MustSign(await partners.FindAsync(caller.Id, cancellationToken))
            ? Unsigned(subject)
            : null;

    private static bool MustSign(PartnerView? partner) => partner?.Signature == "required";

    private static Problem Unsigned(string subject) =>
        Problem.Forbidden(
            $"{subject}.signature_required",
            $"This application signs its {subject}: POST a compact JWS as {MediaType} to /api/v1/{subject}."
        );

    private static Problem Refused(string subject, string detail) =>
        Problem.Forbidden($"{subject}.signature_invalid", detail);

    private bool IsRecent(long seconds)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var life = (long)Life.TotalSeconds;
        return seconds >= now - life && seconds <= now + life;
    }

    private static List<Jwk> Keys(PartnerView partner, string? keyId)
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

/// <summary>The JSON of a call.</summary>
/// <param name="Signature">Absent when it came unsigned.</param>
internal sealed record OpenedBody(ReadOnlyMemory<byte> Json, StatementSignature? Signature)
{
    /// <summary>Reads it; <c>null</c> when it is no such JSON.</summary>
    public T? Parse<T>(JsonSerializerOptions options)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Json.Span, options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
