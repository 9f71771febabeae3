using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using SocialRegistry.Contracts;
using SocialRegistry.Host.Commands;

namespace SocialRegistry.Host.Demo;

/// <summary>The requests of the demo, as a partner and an attestor would send them.</summary>
internal sealed class DemoClient : IDisposable
{
    private readonly HttpClient http;
    private readonly DemoSecrets secrets;
    private readonly List<string> credentials = [];
    private (string Uri, string TxCode) offer;

    public DemoClient(string baseUrl, DemoSecrets secrets)
    {
        http = new HttpClient { BaseAddress = new Uri(baseUrl), Timeout = TimeSpan.FromMinutes(2) };
        this.secrets = secrets;
    }

    /// <summary>The registrant id of the person the demo is about.</summary>
    public string PersonId { get; private set; } = "";

    /// <summary>The access token of the last sign-in.</summary>
    public string Token { get; private set; } = "";

    public async Task<string> SignInAsync(CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = DemoSecrets.Partner,
                ["client_secret"] = secrets.PartnerSecret,
            }
        );
        http.DefaultRequestHeaders.Authorization = null;
        using var answer = await http.PostAsync("/oauth2/client/token", form, cancellationToken);
        var token = await ReadAsync(answer, cancellationToken);
        Token = (string)token["access_token"]!;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return $"token for {token["expires_in"]} s";
    }

    public async Task<string> ImportAsync(string kind, string file, CancellationToken cancellationToken)
    {
        using var form = new MultipartFormDataContent();
        var content = new StreamContent(File.OpenRead(file));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        form.Add(content, "file", Path.GetFileName(file));
        form.Add(new StringContent(kind), "kind");
        using var accepted = await http.PostAsync("/api/v1/imports", form, cancellationToken);
        var job = await ReadAsync(accepted, cancellationToken);
        while ((string?)job["state"] is "queued" or "running")
        {
            await Task.Delay(50, cancellationToken);
            using var answer = await http.GetAsync(accepted.Headers.Location, cancellationToken);
            job = await ReadAsync(answer, cancellationToken);
        }

        var summary = job["summary"];
        return (string?)job["state"] == "completed" && (long)summary!["parked"]! == 0
            ? $"{summary["rows"]} rows: {summary["created"]} created, {summary["updated"]} updated, {summary["unchanged"]} unchanged"
            : throw new OperatorException("The import did not go through: " + job.ToJsonString());
    }

    public async Task<string> FindPersonAsync(Identifier identifier, CancellationToken cancellationToken)
    {
        var query = new JsonObject
        {
            ["query"] = new JsonObject
            {
                ["identifier"] = new JsonObject { ["type"] = identifier.Type, ["value"] = identifier.Value },
            },
        };
        var found = await PostAsync("/api/v1/registrants/search", query, cancellationToken);
        PersonId = (string)found["items"]![0]!["id"]!;
        return $"registrant {PersonId}, version {found["items"]![0]!["version"]}";
    }

    public async Task<string> AttestAsync(CancellationToken cancellationToken)
    {
        using var listed = await http.GetAsync($"/api/v1/registrants/{PersonId}/attestations", cancellationToken);
        listed.EnsureSuccessStatusCode();
        var fields = (await listed.Content.ReadFromJsonAsync<JsonArray>(cancellationToken))!;
        foreach (var field in fields)
        {
            var statement = new JsonObject
            {
                ["status"] = AttestationStatuses.Attested,
                ["comments"] = "Seen at the office",
                ["valueHash"] = (string?)field!["valueHash"],
                ["method"] = "document",
            };
            using var answer = await http.PutAsJsonAsync(
                $"/api/v1/registrants/{PersonId}/attestations/{field["field"]}",
                statement,
                cancellationToken
            );
            await ReadAsync(answer, cancellationToken);
        }

        return $"{fields.Count} fields ATTESTED";
    }

    public async Task<string> SearchDciAsync(Identifier identifier, CancellationToken cancellationToken)
    {
        var answer = await PostAsync(
            "/registry/sync/search",
            DciSearch.Request(DemoSecrets.Partner, identifier),
            cancellationToken
        );
        var item = answer["message"]!["search_response"]![0]!;
        return (string?)item["status"] == "succ" && item["data"]!["reg_records"]!.AsArray() is [{ } record]
            ? $"succ, one record with {record.AsObject().Count} members"
            : throw new OperatorException("The DCI search did not find the person: " + item["status_reason_code"]);
    }

    public async Task<string> OfferAsync(CancellationToken cancellationToken)
    {
        offer = await MakeOfferAsync(
            ["SocialRegistryPerson_dc+sd-jwt", "SocialRegistryPerson_jwt_vc_json"],
            cancellationToken
        );
        return offer.Uri[..Math.Min(offer.Uri.Length, 60)] + "…";
    }

    /// <summary>One configuration an offer: the form that every wallet takes.</summary>
    public Task<(string Uri, string TxCode)> OfferForWalletAsync(CancellationToken cancellationToken) =>
        MakeOfferAsync(["SocialRegistryPerson_dc+sd-jwt"], cancellationToken);

    public async Task<string> FetchAsync(CancellationToken cancellationToken)
    {
        using var wallet = new TestWallet(new HttpClient { Timeout = TimeSpan.FromSeconds(30) });
        credentials.AddRange(await wallet.AcceptAsync(offer.Uri, offer.TxCode, cancellationToken));
        return $"{credentials.Count} credentials of {string.Join(" and ", credentials.Select(c => c.Length))} bytes";
    }

    public async Task<string> VerifyAsync(CancellationToken cancellationToken)
    {
        foreach (var credential in credentials)
        {
            var report = await VerifyAsync(credential, cancellationToken);
            if (!(bool)report["verified"]!)
            {
                throw new OperatorException(
                    "A credential that was just issued does not verify: " + report["checks"]?.ToJsonString()
                );
            }
        }

        return "signature, dates and issuer are good";
    }

    public async Task<string> VerifyTamperedAsync(CancellationToken cancellationToken)
    {
        foreach (var credential in credentials)
        {
            var report = await VerifyAsync(Tamper(credential), cancellationToken);
            if ((bool)report["verified"]!)
            {
                throw new OperatorException("A credential with a changed byte was taken for good.");
            }
        }

        return "neither verifies any more";
    }

    public void Dispose() => http.Dispose();

    /// <summary>Changes one character in the middle of the signed payload.</summary>
    private static string Tamper(string credential)
    {
        var first = credential.IndexOf('.', StringComparison.Ordinal);
        var at = first + ((credential.IndexOf('.', first + 1) - first) / 2);
        var text = new StringBuilder(credential);
        text[at] = text[at] == 'A' ? 'B' : 'A';
        return text.ToString();
    }

    private Task<JsonObject> VerifyAsync(string credential, CancellationToken cancellationToken) =>
        PostAsync("/credentials/verify", new JsonObject { ["verifiableCredential"] = credential }, cancellationToken);

    private async Task<(string Uri, string TxCode)> MakeOfferAsync(
        string[] configurations,
        CancellationToken cancellationToken
    )
    {
        var request = new JsonObject
        {
            ["registrant"] = PersonId,
            ["configurations"] = new JsonArray([.. configurations.Select(c => (JsonNode)c)]),
            ["txCode"] = true,
        };
        var made = await PostAsync("/api/v1/credential-offers", request, cancellationToken);
        return ((string)made["offer_uri"]!, (string)made["tx_code"]!);
    }

    private async Task<JsonObject> PostAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(path, body, cancellationToken);
        return await ReadAsync(answer, cancellationToken);
    }

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken) =>
        answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!
            : throw new OperatorException(
                $"{answer.RequestMessage?.Method} {answer.RequestMessage?.RequestUri?.AbsolutePath} answered {(int)answer.StatusCode}: "
                    + await answer.Content.ReadAsStringAsync(cancellationToken)
            );
}
