using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using SocialRegistry.Host.Commands;

namespace SocialRegistry.Host.Demo;

/// <summary>
/// A wallet that knows nothing of this server but the OpenID4VCI 1.0 text: it reads the offer by reference, the issuer's and the
/// authorization server's metadata, and fetches one credential of each configuration with a key of its own. Owns the client it is given.
/// </summary>
internal sealed class TestWallet(HttpClient http) : IDisposable
{
    private const string PreAuthorized = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

    /// <summary>Accepts an offer and returns its credentials in the order of the offer.</summary>
    /// <param name="offerUri"><c>openid-credential-offer://?credential_offer_uri=…</c></param>
    /// <param name="txCode">Sent when the offer asks for one.</param>
    /// <exception cref="OperatorException">The issuer did not answer as the specification says; the message tells where.</exception>
    public async Task<IReadOnlyList<string>> AcceptAsync(
        string offerUri,
        string txCode,
        CancellationToken cancellationToken
    )
    {
        var offer = await GetAsync(OfferAddress(offerUri), cancellationToken);
        var issuer = Text(offer, "credential_issuer");
        var metadata = await GetAsync(WellKnown(issuer, "openid-credential-issuer"), cancellationToken);
        if (Text(metadata, "credential_issuer") != issuer)
        {
            throw new OperatorException("The metadata are those of another issuer than the offer names.");
        }

        var server = (string?)metadata["authorization_servers"]?[0] ?? issuer;
        var authorization = await GetAsync(WellKnown(server, "oauth-authorization-server"), cancellationToken);
        var token = await TokenAsync(Text(authorization, "token_endpoint"), offer, txCode, cancellationToken);

        using var key = new TestWalletKey();
        var credentials = new List<string>();
        foreach (var configuration in offer["credential_configuration_ids"]!.AsArray())
        {
            var nonce = await NonceAsync(Text(metadata, "nonce_endpoint"), cancellationToken);
            var request = new JsonObject
            {
                ["credential_configuration_id"] = (string)configuration!,
                ["proofs"] = new JsonObject { ["jwt"] = new JsonArray(key.Prove(issuer, nonce)) },
            };
            credentials.Add(
                await CredentialAsync(Text(metadata, "credential_endpoint"), token, request, cancellationToken)
            );
        }

        return credentials;
    }

    public void Dispose() => http.Dispose();

    private async Task<string> TokenAsync(
        string endpoint,
        JsonObject offer,
        string txCode,
        CancellationToken cancellationToken
    )
    {
        var grant =
            offer["grants"]?[PreAuthorized]
            ?? throw new OperatorException("The offer has no pre-authorized code; this wallet takes nothing else.");
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = PreAuthorized,
            ["pre-authorized_code"] = Text(grant, "pre-authorized_code"),
        };
        if (grant["tx_code"] is not null)
        {
            form["tx_code"] = txCode;
        }

        using var content = new FormUrlEncodedContent(form);
        using var answer = await http.PostAsync(endpoint, content, cancellationToken);
        return Text(await ReadAsync(answer, cancellationToken), "access_token");
    }

    private async Task<string> NonceAsync(string endpoint, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync(endpoint, null, cancellationToken);
        return Text(await ReadAsync(answer, cancellationToken), "c_nonce");
    }

    private async Task<string> CredentialAsync(
        string endpoint,
        string token,
        JsonObject body,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, cancellationToken);
        var issued = await ReadAsync(answer, cancellationToken);
        return (string?)issued["credentials"]?[0]?["credential"]
            ?? throw new OperatorException("The credential response has no credential.");
    }

    private async Task<JsonObject> GetAsync(string address, CancellationToken cancellationToken)
    {
        using var answer = await http.GetAsync(address, cancellationToken);
        return await ReadAsync(answer, cancellationToken);
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var path = answer.RequestMessage?.RequestUri?.AbsolutePath;
        if (!answer.IsSuccessStatusCode)
        {
            throw new OperatorException(
                $"{path} answered {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}"
            );
        }

        return await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken)
            ?? throw new OperatorException($"{path} did not answer with a JSON object.");
    }

    private static string OfferAddress(string offerUri)
    {
        const string Name = "credential_offer_uri=";
        var query = Uri.TryCreate(offerUri, UriKind.Absolute, out var uri) ? uri.Query.TrimStart('?') : "";
        var found = Array.Find(query.Split('&'), p => p.StartsWith(Name, StringComparison.Ordinal));
        return found is null
            ? throw new OperatorException("Not a credential offer by reference.")
            : Uri.UnescapeDataString(found[Name.Length..]);
    }

    /// <summary>The name stands between host and path (OpenID4VCI 1.0 §12.2.2, RFC 8414 §3.1).</summary>
    private static string WellKnown(string issuer, string name)
    {
        var uri = new Uri(issuer);
        return uri.GetLeftPart(UriPartial.Authority) + "/.well-known/" + name + uri.AbsolutePath.TrimEnd('/');
    }

    private static string Text(JsonNode node, string name) =>
        (string?)node[name] ?? throw new OperatorException($"The issuer's answer has no {name}.");
}
