using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SocialRegistry.Protection;

namespace SocialRegistry.Access.Tokens;

/// <summary>Who a client says it is and how it means to prove it: by a secret, or by a signed assertion. Nothing is proved yet.</summary>
internal sealed record ClientClaim(string ClientId, string? Secret, JwsToken? Assertion)
{
    public const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>Reads the one method used (RFC 6749 §2.3: never more than one).</summary>
    public static (ClientClaim? Claim, OAuthError? Error) Read(
        StringValues authorization,
        IReadOnlyDictionary<string, string> parameters
    )
    {
        var inBody = parameters.ContainsKey("client_secret");
        var asserted = parameters.ContainsKey("client_assertion") || parameters.ContainsKey("client_assertion_type");
        if ((authorization.Count > 0 ? 1 : 0) + (inBody ? 1 : 0) + (asserted ? 1 : 0) > 1 || authorization.Count > 1)
        {
            return (null, OAuthError.InvalidRequest("Authenticate in one way only."));
        }

        var clientId = parameters.GetValueOrDefault("client_id");
        if (authorization.Count == 1)
        {
            return ReadBasic(authorization[0] ?? "", clientId);
        }

        if (asserted)
        {
            return ReadAssertion(parameters, clientId);
        }

        return clientId is not null && inBody
            ? (new ClientClaim(clientId, parameters["client_secret"], null), null)
            : (null, OAuthError.InvalidClient);
    }

    private static (ClientClaim?, OAuthError?) ReadBasic(string header, string? clientId)
    {
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            return (null, OAuthError.InvalidClient);
        }

        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(
                Convert.FromBase64String(header["Basic ".Length..].Trim())
            );
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            return (null, OAuthError.InvalidClient);
        }

        // RFC 6749 §2.3.1: both parts are form-encoded before they are joined.
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (
            colon < 1
            || FormEncoding.Decode(text[..colon]) is not { } id
            || FormEncoding.Decode(text[(colon + 1)..]) is not { } secret
        )
        {
            return (null, OAuthError.InvalidClient);
        }

        return clientId is not null && clientId != id
            ? (null, OAuthError.InvalidRequest("client_id differs from the client that authenticates."))
            : (new ClientClaim(id, secret, null), null);
    }

    private static (ClientClaim?, OAuthError?) ReadAssertion(
        IReadOnlyDictionary<string, string> parameters,
        string? clientId
    )
    {
        if (parameters.GetValueOrDefault("client_assertion_type") != AssertionType)
        {
            return (
                null,
                OAuthError.InvalidRequest($"client_assertion comes with client_assertion_type={AssertionType}.")
            );
        }

        if (!parameters.TryGetValue("client_assertion", out var compact))
        {
            return (null, OAuthError.InvalidRequest("client_assertion is missing."));
        }

        if (!Jws.TryParse(compact, out var assertion) || Subject(assertion) is not { } subject)
        {
            return (null, OAuthError.InvalidClient);
        }

        return clientId is not null && clientId != subject
            ? (null, OAuthError.InvalidRequest("client_id differs from the client that authenticates."))
            : (new ClientClaim(subject, null, assertion), null);
    }

    private static string? Subject(JwsToken assertion)
    {
        try
        {
            using var payload = JsonDocument.Parse(
                assertion.Payload,
                new JsonDocumentOptions { MaxDepth = 16, AllowDuplicateProperties = false }
            );
            return payload.RootElement.ValueKind == JsonValueKind.Object ? payload.RootElement.Text("sub") : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
